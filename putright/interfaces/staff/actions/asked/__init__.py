"""What each action is asked in: its labels, hints and what is said when it is done. One module a part of the work."""

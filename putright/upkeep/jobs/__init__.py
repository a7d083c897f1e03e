"""The work that is done with nobody at the screen: what runs when (`timetable`), and what it does."""

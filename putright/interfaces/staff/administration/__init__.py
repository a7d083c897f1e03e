"""The pages of an administrator: who signs in, teams, categories, the calendar, and compensation rates."""

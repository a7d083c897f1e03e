"""The work that runs by itself, for those who look after it."""

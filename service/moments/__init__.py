"""Private noticing, and patterns in it."""

"""What the goldseam command can do, one file per noun."""

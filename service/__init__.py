"""What we know, decide and show."""

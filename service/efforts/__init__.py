"""Work noticed."""

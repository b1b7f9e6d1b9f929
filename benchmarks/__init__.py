"""Goldseam beside what one would otherwise write, and what its numbers are learnt from."""

"""Each step, in the order of its number."""

"""Thanks given."""

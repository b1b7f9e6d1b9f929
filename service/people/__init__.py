"""Who is here, and the boundaries they set."""

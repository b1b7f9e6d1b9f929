"""What a circle may know about itself, never about one person."""

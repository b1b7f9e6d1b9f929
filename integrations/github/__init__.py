"""GitHub: signed deliveries in, efforts out."""

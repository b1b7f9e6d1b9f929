"""The shape of the database, one step at a time."""

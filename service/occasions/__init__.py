"""Days that matter."""

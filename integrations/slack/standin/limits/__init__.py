"""What Slack refuses: sizes, counts and required fields."""

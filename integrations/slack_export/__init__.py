"""Reading a Slack export archive, without keeping a word of it."""

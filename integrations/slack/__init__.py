"""Slack: signed requests in, nudges out."""

"""Calendars: days read from a file somebody brings, and a private feed of days for their own calendar."""

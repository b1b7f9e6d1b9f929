"""Signed repair: acknowledge, name, reconnect."""

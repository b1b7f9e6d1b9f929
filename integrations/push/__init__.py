"""Web push: a nudge on a device's own screen, for those who asked for it there."""

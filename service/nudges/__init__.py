"""The one door out, and when it is welcome."""

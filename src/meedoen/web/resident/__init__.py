"""Pages for residents about themselves."""

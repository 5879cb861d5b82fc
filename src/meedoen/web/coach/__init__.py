"""Pages for participation coaches and team leads."""

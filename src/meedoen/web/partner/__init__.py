"""Pages for partner coordinators."""

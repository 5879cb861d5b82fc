"""Waiting lists: who waits for a place or a kind of place, and who gets a seat that comes free."""

"""Placements and their moves for other software of who is signed in, at /api/v1/."""

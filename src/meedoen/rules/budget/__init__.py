"""Reads a published budget page: its goals, and its figures or the reason for refusing them."""

"""Open data for other software: no pages, no sign-in, nothing about people."""

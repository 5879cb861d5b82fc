"""Published figures as open data: CSV with its description, JSON-stat, and a catalogue (DCAT)."""

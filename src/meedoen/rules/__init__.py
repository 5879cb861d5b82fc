"""Rules decide: plain Python and mathematics. No Django, no clock, no chance, no database."""

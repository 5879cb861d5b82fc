"""The participation ladder: its rungs, how answers lead to one, and growth over time."""

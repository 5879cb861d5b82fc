"""How long texts may be, and how many hours a week somebody can learn."""

LONGEST_NAME = 200
LONGEST_REASON = 300
MOST_HOURS = 60

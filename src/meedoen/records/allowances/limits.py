"""How long texts may be, and from when and up to how much a payment can be written down."""

from datetime import date

LONGEST_PAYER = 200
LONGEST_REASON = 300
FIRST_DAY = date(2015, 1, 1)
"""The limits are known from here on."""
MOST_CENTS = 1_000_000
"""Ten thousand euros at once is a slip of the comma."""
MOST_HOURS = 744
"""The hours of a month of 31 days."""

"""How a file's numbers are kept, and how many rows are dealt with at a time."""

LEAVERS = "leavers"
"""In `CaseloadFile.counts`, beside the verdicts: of how many the benefit would end."""
PEOPLE = "people"
"""Likewise: how many people on benefit the one who imports has."""

ROWS_AT_ONCE = 500
"""Of a preview; each lot is a transaction, after which progress can be seen."""
APPLIED_AT_ONCE = 200

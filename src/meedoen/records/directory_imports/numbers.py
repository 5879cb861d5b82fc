"""How many rows are dealt with at a time."""

ROWS_AT_ONCE = 500
"""Of a preview; each lot is a transaction, after which progress can be seen."""
APPLIED_AT_ONCE = 200

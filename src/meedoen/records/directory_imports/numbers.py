"""How many rows are dealt with at a time, and how long a file is kept."""

ROWS_AT_ONCE = 500
"""Of a preview; each lot is a transaction, after which progress can be seen."""
APPLIED_AT_ONCE = 200

DAYS_KEPT = 14
"""How long a file waits for who sent it; then what it says is removed."""

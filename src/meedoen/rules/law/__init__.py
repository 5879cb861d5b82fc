"""What the law fixes, read from dated files: one file per rule, each value with its article."""

"""Files with a caseload: reading them, and what each row means for who is known."""

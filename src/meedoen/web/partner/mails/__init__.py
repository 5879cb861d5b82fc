"""Mails to organisations: what is asked of them, with a link for each question."""

"""Referrals: their moves, terms, what may be shared, and how well organisations find each other."""

"""Places for one person: what may be, what falls off and why, and in which order.

People are never ranked or scored here. What the facts may hold stands in published.py.
"""

"""The life that every file has that somebody sends to be taken over: held, changed, left off.

No tables of its own: what a file says and what becomes of it is of the app that takes it over.
"""

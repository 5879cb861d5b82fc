"""How people move between kinds of places and rungs, what does not fit, and what ends soon.

No tables of its own: everything is counted from the history and from the placements that run.
"""

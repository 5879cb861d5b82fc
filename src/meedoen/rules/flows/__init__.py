"""How people move: in, out and between kinds of places, what comes next, and who waits."""

"""Programmes of a budget: the first number of the code of a goal is its programme."""


def programme_of(goal_code: str) -> str:
    """Return the programme a goal belongs to: "4" for goal 4.1.2."""
    return goal_code.split(".", 1)[0]


def programme_anchor(programme: str, municipality_code: str = "") -> str:
    """Return the name of the place on a page where the goals of a programme stand.

    On a page with the goals of several municipalities the code of the municipality is in it.
    """
    place = f"programma-{programme}"
    return f"{municipality_code.lower()}-{place}" if municipality_code else place

"""Numbers that stay: the same thing has the same UUID at every answer, on every installation."""

import uuid

OF_MEEDOEN = uuid.UUID("5b0b2f0e-6f0c-5f3e-9a57-3d7f0d1c9a41")
"""Under which all derived numbers fall; changing it changes every one of them."""
_OTHER_KIND = 0x5E41_0000_0000_0000_0000_0000_0000_5E41
"""Leaves the bits alone that say which sort of UUID it is."""


def derived(*parts: str) -> str:
    """Return the UUID of what these parts name together, such as a term of a taxonomy."""
    return str(uuid.uuid5(OF_MEEDOEN, "\x1f".join(parts)))


def paired(key: uuid.UUID) -> uuid.UUID:
    """Return the number of what goes one to one with this key; of that number, the key again.

    A service has one location at most, so its service_at_location needs no number that is kept.
    """
    return uuid.UUID(int=key.int ^ _OTHER_KIND)

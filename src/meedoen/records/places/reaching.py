"""Whether somebody can be reached at what they wrote: a phone number or an e-mail address."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_CONTACT = 150
_PHONE = re.compile(r"\+?[0-9(][0-9 ()\-./]*")
_FEWEST_DIGITS, _MOST_DIGITS = 10, 15
"""Of a phone number in the Netherlands, and of one anywhere (E.164)."""


def can_be_reached(contact: str) -> bool:
    """Return whether a text is a phone number or an e-mail address."""
    text = contact.strip()
    if len(text) > LONGEST_CONTACT:
        return False
    if "@" not in text:
        digits = sum(sign.isdigit() for sign in text)
        return bool(_PHONE.fullmatch(text)) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True

"""What stands in the address of a link: the key of its row, signed for one purpose."""

import uuid

from django.core.signing import BadSignature, Signer

from meedoen.rules.vocabulary import LinkPurpose


def token_of(key: uuid.UUID, purpose: LinkPurpose) -> str:
    """Return what goes into the address of a link; it says nothing to who reads it."""
    return _signer(purpose).sign(key.hex)


def key_in(token: str, purpose: LinkPurpose) -> uuid.UUID | None:
    """Return the key in a token; None when it was not signed by us, or for another purpose."""
    try:
        return uuid.UUID(hex=_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: LinkPurpose) -> Signer:
    # A salt for each purpose: what was signed for one question is nothing under another.
    return Signer(salt=f"meedoen.links.{purpose}", sep=".")

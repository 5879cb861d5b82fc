"""Signing in with django-allauth: by invitation, with a second step."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from meedoen.records.people.encryption import decrypt, encrypt


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for themselves; a municipality gives roles to people it knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that signing up is closed."""
        return False


class EncryptingAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of the second step encrypted; allauth itself stores them in the clear."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret on its way to the database."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return decrypt(encrypted_text)

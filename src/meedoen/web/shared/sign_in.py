"""Signing in with django-allauth: by invitation, with a second step."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meedoen.records.people.encryption import decrypt, encrypt


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for themselves; a municipality gives roles to people it knows.

    The messages are ours because allauth's Dutch is less formal than the rest of the site.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dit account staat uit. Vraag de beheerder om hulp."),
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "incorrect_code": _("De code klopt niet. Kijk of u de nieuwste code hebt."),
        "incorrect_password": _("Het wachtwoord klopt niet."),
        "too_many_login_attempts": _("Het ging te vaak mis. Probeer het over vijf minuten weer."),
        "rate_limited": _("Dit ging te vaak achter elkaar. Wacht even en probeer het opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that signing up is closed."""
        return False


class EncryptingAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of the second step encrypted; allauth itself stores them in the clear."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("De code klopt niet. Kijk of u de nieuwste code hebt."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret on its way to the database."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return decrypt(encrypted_text)

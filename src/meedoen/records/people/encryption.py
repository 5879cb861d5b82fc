"""Keeping the citizen service number unreadable at rest, and yet findable.

The number is stored encrypted (Fernet; several keys, the first one writes, so keys can be
changed). Beside it stands a keyed digest, with which a known number can be looked up.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Encrypt with the newest key."""
    return _cipher(tuple(settings.BSN_KEYS)).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Decrypt with whichever key fits; raises cryptography's InvalidToken when none does."""
    return _cipher(tuple(settings.BSN_KEYS)).decrypt(text.encode()).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """Encrypt a whole file with the newest key."""
    return _cipher(tuple(settings.BSN_KEYS)).encrypt(content)


def decrypt_bytes(content: bytes) -> bytes:
    """Decrypt a whole file; raises cryptography's InvalidToken when no key fits."""
    return _cipher(tuple(settings.BSN_KEYS)).decrypt(content)


def blind_index(bsn: str) -> str:
    """Return the digest with which this number can be found, 64 hexadecimal characters."""
    key = settings.BSN_INDEX_KEY.encode()
    return hmac.new(key, bsn.encode(), hashlib.sha256).hexdigest()


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database and cannot be searched."""

    def deconstruct(self) -> Any:
        """Be plain text to migrations, which see what the database holds: the encrypted text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """Decrypt on the way out."""
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> NoReturn:
        """Refuse to search: the same number is encrypted differently each time."""
        raise FieldError(
            f"{self.name} is encrypted and knows no {lookup_name}: look it up by its blind index."
        )

"""Secrets: from the environment, or made once and kept in the data folder."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet


def read_secrets(data_folder: Path) -> Mapping[str, str]:
    """Return `secret_key`, `bsn_key` and `bsn_index_key` kept in the data folder.

    They are made on first use and readable by the owner only. Whoever loses the file loses
    the citizen service numbers; docs/how-to/run-on-postgresql.md says how to keep them elsewhere.
    """
    file = data_folder / "secrets.json"
    try:
        kept = json.loads(file.read_text())
    except FileNotFoundError:
        data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = {
            "secret_key": secrets.token_urlsafe(60),
            "bsn_key": Fernet.generate_key().decode(),
            "bsn_index_key": secrets.token_urlsafe(48),
        }
        _write_once(file, json.dumps(made))
        kept = json.loads(file.read_text())
    return {name: str(value) for name, value in kept.items()}


def _write_once(file: Path, text: str) -> None:
    """Write a file that must not be there yet; when another process was first, keep theirs."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()

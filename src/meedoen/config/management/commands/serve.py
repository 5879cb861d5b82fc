"""`meedoen serve`: serve the site on this machine, with a worker beside it."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from meedoen.config.supervisor import Supervisor


class Command(BaseCommand):
    """Run gunicorn with two processes of four threads, on the loopback address by default."""

    help = "Serve the site; put a web server with HTTPS before it for use by others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=2, help="how many processes answer the web"
        )
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="leave the work in the background to `meedoen work`, here or on another machine",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Get ready and serve until stopped."""
        call_command("prepare", verbosity=0)
        place = f"{options['host']}:{options['port']}"
        self.stdout.write(
            f"Meedoen listens at {place}, for the web server before it."
            if settings.HTTPS
            else f"Meedoen is at http://{place}/"
        )
        self.stdout.flush()
        site = [sys.executable, "-m", "gunicorn", *_arguments(options)]
        if options["no_worker"]:
            # The server takes the place of this process: a signal to stop reaches it directly.
            os.execv(sys.executable, site)  # noqa: S606
        _leave_the_database()
        sys.exit(Supervisor(site=site, worker=_worker(), tell=self.stderr.write).run())


def _leave_the_database() -> None:
    """Close what was needed to get ready: from now on the others use the database."""
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()


def _worker() -> list[str]:
    return [
        sys.executable,
        "-c",
        "from meedoen.config.command_line import main; main()",
        "work",
        f"--parent={os.getpid()}",
    ]


def _arguments(options: dict[str, Any]) -> list[str]:
    return [
        f"--bind={options['host']}:{options['port']}",
        f"--workers={options['workers']}",
        "--worker-class=gthread",
        "--threads=4",
        "--log-level=warning",
        # Drawing a picture starts threads that do not survive a fork: never preload.
        "meedoen.config.wsgi:application",
    ]

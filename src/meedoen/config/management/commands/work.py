"""`meedoen work`: do the work in the background."""

import logging
import sys
from argparse import ArgumentParser
from typing import Any

from meedoen.config.commands import OwnCommand
from meedoen.config.schedule import PERIODIC, ROUNDS
from meedoen.records.jobs.processes import end_with_parent
from meedoen.records.jobs.worker import Worker


class Command(OwnCommand):
    """Watch the clock and the queue until told to stop."""

    help = "Do the work in the background: signals, mail, files that were sent in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--once", action="store_true", help="do all that is due now, and stop")
        parser.add_argument(
            "--pause",
            type=float,
            default=1.0,
            help="seconds to wait when there is nothing to do; 1 unless given",
        )
        parser.add_argument(
            "--parent",
            type=int,
            help="number of the process that started this one; stop when it is gone",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until told to stop."""
        # Each piece of work would be a line; what goes wrong is told as a warning or an error.
        logging.getLogger("django_tasks").setLevel(logging.WARNING)
        worker = Worker(periodic=PERIODIC, rounds=ROUNDS)
        worker.stop_at_signals()
        if options["parent"] is not None and not end_with_parent(options["parent"]):
            sys.exit("The process that started this worker is gone.")
        if options["once"]:
            worker.run_once()
        else:
            worker.run(pause=options["pause"])

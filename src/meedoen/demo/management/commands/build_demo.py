"""`meedoen build_demo`: a made-up town to try Meedoen with."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meedoen.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from meedoen.demo.build import CannotBuildError, build_demo, is_built
from meedoen.demo.town import MEERDAM
from meedoen.records.organisations import clock


class Command(BaseCommand):
    """Builds the demo town, unless it is there."""

    help = "Builds the demo town Meerdam, with made-up people and over four years of history."
    # `meedoen prepare` checks the settings and every address; it goes before.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed, the size and the day on which the history ends."""
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same town")
        parser.add_argument("--residents", type=int, default=2_500, help="how many people")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            default=None,
            metavar="DATE",
            help="the day (YYYY-MM-DD) that the history reaches up to; today unless given",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build the town and say who can sign in."""
        if is_built():
            self.stdout.write(
                f"The demo town {MEERDAM.name} ({MEERDAM.code}) is there already; nothing changed."
            )
        else:
            self._build(options)
        self._tell_accounts()

    def _build(self, options: dict[str, Any]) -> None:
        try:
            build_demo(
                seed=options["seed"],
                residents=options["residents"],
                until=options["until"] or clock.today(),
                tell=self.stdout.write,
            )
        except CannotBuildError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"The demo town {MEERDAM.name} is ready."))

    def _tell_accounts(self) -> None:
        self.stdout.write(f"Sign in with the password {DEMO_PASSWORD} as:")
        for account in DEMO_ACCOUNTS:
            roles = " and ".join(role.value.replace("_", " ") for role in account.roles)
            self.stdout.write(f"  {account.email:34} {roles:22} {account.shows}")

"""`meedoen algorithm-register`: print the entry about matching for the register of algorithms."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.records.organisations.matching_queries import public_matching
from meedoen.rules.matching.rule_set import NoRuleSetError
from meedoen.rules.matching_register.standard import problems_of
from meedoen.web.shared.algorithm import entry_of


class Command(OwnCommand):
    """Print the entry of a municipality, or everything that keeps it from being sent in."""

    help = (
        "Print the entry about matching for the Dutch register of algorithms (publication "
        "standard 1.0), made from the rules in force; refuse an entry that is not ready."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it, or say all that is wrong at once."""
        code = options["municipality"]
        card = public_matching(code)
        if card is None:
            raise CommandError(f"There is no municipality with the code {code} here.")
        try:
            entry = entry_of(card)
        except NoRuleSetError as error:
            raise CommandError(str(error)) from error
        problems = problems_of(entry)
        if problems:
            sentences = " ".join(one.sentence for one in problems)
            raise CommandError(f"The entry is not ready. {sentences}")
        self.stdout.write(json.dumps(entry, ensure_ascii=False, indent=2))

"""Tables for a process that a test starts, as a new installation gets them."""

from django.core.management import call_command

from meedoen.config import first_tables


def make_tables() -> None:
    """Make every table straight from the models, with the locks on them."""
    first_tables.make_tables()
    call_command("migrate", verbosity=0, skip_checks=True)

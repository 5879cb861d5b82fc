"""What commands of our own have in common."""

from django.core.management.base import BaseCommand


class OwnCommand(BaseCommand):
    """A command that begins at once.

    Django would first look whether the site is put together rightly, for which it reads every page:
    two thirds of the time of a command that counts or invites. `prepare` and `serve` do look, and
    so does `meedoen check`.
    """

    requires_system_checks = ()

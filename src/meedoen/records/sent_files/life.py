"""From one state to the next: a file is held, changes when it may, and goes on after a stop."""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.files.words import FileState

F = TypeVar("F", bound=Model)


class Work(Protocol):
    """A piece of work on one file that is done in the background."""

    def enqueue(self, *, municipality_id: int, file_id: int) -> Any:
        """Put it in the queue."""


def held(files: QuerySet[F], key: uuid.UUID) -> F:
    """Return one of the files that somebody may see, held until the end of the transaction.

    Raises ActionRefusedError when it is not there.
    """
    file = files.defer("content").filter(key=key).select_for_update(of=("self",)).first()
    if file is None:
        raise ActionRefusedError(_("Dit bestand is er niet (meer)."))
    return file


def change_state(
    files: QuerySet[F], file: F, allowed: Sequence[FileState], **values: object
) -> None:
    """Change a file in one of these states; raise ActionRefusedError when it is in another."""
    if not files.filter(pk=file.pk, state__in=allowed).update(**values):
        raise wrong_state()


def put_in_queue_again(
    state: str, *, municipality_id: int, file_id: int, preview: Work, apply: Work
) -> None:
    """Put work on a file that stopped in the queue again; doing so too often does no harm.

    Raises ActionRefusedError when there is nothing to be done on it.
    """
    works = {FileState.PREVIEWING: preview, FileState.APPLYING: apply}
    work = works.get(FileState(state))
    if work is None:
        raise wrong_state()
    work.enqueue(municipality_id=municipality_id, file_id=file_id)


def wrong_state() -> ActionRefusedError:
    """Return the refusal of what cannot be done with a file now."""
    return ActionRefusedError(
        _("Dat kan nu niet met dit bestand. Open de pagina opnieuw en kijk hoe ver het is.")
    )

"""The one way to change data: a permission and a transaction around every action."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meedoen.records.organisations.viewer import Permission, Viewer

P = ParamSpec("P")
R = TypeVar("R")


class ActionRefusedError(ValueError):
    """What was asked cannot be done; the message says why and what to do, for people to read."""


def action(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Viewer, P], R]], Callable[Concatenate[Viewer, P], R]]:
    """Let only viewers with this permission act, all or nothing."""

    def decorate(act: Callable[Concatenate[Viewer, P], R]) -> Callable[Concatenate[Viewer, P], R]:
        @wraps(act)
        def guarded(viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not viewer.may(permission):
                raise PermissionDenied(f"{viewer.role} may not {permission}")
            with transaction.atomic():
                return act(viewer, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate

"""Querysets that refuse to answer until they know who is looking."""

from datetime import date
from functools import lru_cache
from threading import local
from typing import Any, Self, TypeVar

from django.db import models

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer

M = TypeVar("M", bound=models.Model)


class UnscopedQueryError(RuntimeError):
    """A query on people's data ran without .visible_to(viewer)."""


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of people's data: first say who is looking with `visible_to`."""

    _scoped = False

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None):
        """Begin as Django does, and remember whether anything was asked yet."""
        super().__init__(model, query, using, hints)
        self._is_all = query is None and using is None and not hints

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the rows of the viewer's municipality that this viewer may see."""
        if not self._is_all:
            return self.visible_part(viewer)
        kept: Any = _kept.visible(type(self), self.model, viewer, clock.today())
        visible: Self = kept.all()
        return visible

    def visible_part(self, viewer: Viewer) -> Self:
        """Return the part of these rows that this viewer may see."""
        visible = self.filter(municipality_id=viewer.municipality_id).narrowed(viewer)
        visible._scoped = True  # noqa: SLF001 - our own flag, on our own copy
        return visible

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the part that the viewer's role may see; each personal table says which.

        Raises NotImplementedError when a table does not say.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say what {viewer.role} may see.")

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def demand_scope(self) -> None:
        """Raise UnscopedQueryError when nobody said who is looking."""
        if not self._scoped:
            raise UnscopedQueryError(
                f"Ask for {self.model.__name__} with .visible_to(viewer): "
                "this query does not know who is looking."
            )

    def _combinator_query(self, combinator: str, *other_qs: Any, **options: Any) -> Self:
        for query in (self, *other_qs):
            if isinstance(query, ScopedQuerySet):
                query.demand_scope()
        combined: Self = super()._combinator_query(combinator, *other_qs, **options)  # type: ignore[misc]
        return combined

    def raw(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse: nobody can tell whose rows a piece of SQL brings."""
        raise UnscopedQueryError(f"No raw SQL on {self.model.__name__}.")

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """Explain a query that knows who is looking."""
        self.demand_scope()
        return super().explain(*args, **kwargs)

    def _fetch_all(self) -> None:
        self.demand_scope()
        super()._fetch_all()

    def count(self) -> int:
        self.demand_scope()
        return super().count()

    def exists(self) -> bool:
        self.demand_scope()
        return super().exists()

    def iterator(self, chunk_size: int | None = None) -> Any:
        self.demand_scope()
        return super().iterator(chunk_size)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **values: Any) -> int:
        self.demand_scope()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.demand_scope()
        return super().delete()


class _Kept(local):
    """What viewers may see of whole tables, as it was put together before.

    Putting that together takes longer than all else about a small question, and it follows from
    the viewer and the day alone. Every thread has its own: Django counts in a query while it
    writes it out.
    """

    def __init__(self) -> None:
        self.visible = lru_cache(maxsize=256)(_visible)


def _visible(
    kind: type[ScopedQuerySet[Any]], model: type[models.Model], viewer: Viewer, _today: date
) -> ScopedQuerySet[Any]:
    return kind(model).visible_part(viewer)


_kept = _Kept()

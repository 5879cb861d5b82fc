"""Querysets that refuse to answer until they know who is looking."""

from typing import Any, Self, TypeVar

from django.db import models

from meedoen.records.organisations.viewer import Viewer

M = TypeVar("M", bound=models.Model)


class UnscopedQueryError(RuntimeError):
    """A query on people's data ran without .visible_to(viewer)."""


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of people's data: first say who is looking with `visible_to`."""

    _scoped = False

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the rows of the viewer's municipality that this viewer may see."""
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

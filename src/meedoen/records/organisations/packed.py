"""Many whole numbers from the database in one value: a row for each costs more than finding it."""

from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, TextField
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray


class Packed(Aggregate):
    """The whole numbers of all rows in one text, in no order to rely on; see `unpacked`."""

    function = "GROUP_CONCAT"
    template = "%(function)s(CAST(%(expressions)s AS text), ',')"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, Any]:
        """Return the same as PostgreSQL calls it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **more)


def unpacked(text: str | None) -> NDArray[np.int64]:
    """Return the numbers that were packed; of no rows the database gives None."""
    return np.fromstring(text or "", np.int64, sep=",")

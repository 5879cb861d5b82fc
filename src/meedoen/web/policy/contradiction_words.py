"""Figures that contradict each other, each as one sentence with both values and their places."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from meedoen.records.budget.contradicting import CountedOtherwise
from meedoen.rules.budget.contradictions import Contradiction, ContradictionKind, Stated


def contradiction_sentences(found: Iterable[Contradiction]) -> list[str]:
    """Return a sentence for each contradiction."""
    return [_sentence(one) for one in found]


def counted_sentences(found: Iterable[CountedOtherwise]) -> list[str]:
    """Return a sentence for each printed figure that was counted otherwise."""
    return [
        _(
            "“%(name)s”: gedrukt is %(printed)s over %(year)s, en Meedoen telde op 31 december "
            "%(counted)s."
        )
        % {
            "name": one.name,
            "printed": one.printed,
            "year": one.year,
            "counted": one.counted,
        }
        for one in found
    ]


def _sentence(one: Contradiction) -> str:
    first, last = one.figures[0], one.figures[-1]
    words = {
        "name": first.name,
        "time": first.period or first.year or "-",
        "first": first.shown,
        "first_place": _place(first),
        "second": last.shown,
        "second_place": _place(last),
        "first_unit": first.unit,
        "second_unit": last.unit,
    }
    if one.kind is ContradictionKind.DOES_NOT_CLOSE:
        _before, came, out, _after = one.figures
        words |= {"came": came.shown, "out": out.shown, "made": f"{one.expected:f}"}
    return _text(one.kind) % words


def _text(kind: ContradictionKind) -> str:
    match kind:
        case ContradictionKind.OTHER_DOCUMENT | ContradictionKind.OTHER_DOCUMENT_PERIOD:
            return _(
                "“%(name)s” over %(time)s is %(first)s in %(first_place)s en %(second)s in "
                "%(second_place)s."
            )
        case ContradictionKind.TWO_RATES:
            return _(
                "“%(name)s” is %(first)s (%(first_unit)s) in %(first_place)s en %(second)s "
                "(%(second_unit)s) in %(second_place)s: twee noemers."
            )
        case ContradictionKind.TWO_UNITS:
            return _(
                "“%(name)s”: behaald is “%(first)s” en beoogd is “%(second)s”, in een andere "
                "eenheid (%(first_place)s)."
            )
        case ContradictionKind.DOES_NOT_CLOSE:
            return _(
                "“%(name)s” in %(first_place)s is geen kloppende som. Het begin is %(first)s. Er "
                "komen er %(came)s bij en er gaan er %(out)s af: dat maakt %(made)s. Er staat "
                "%(second)s."
            )


def _place(figure: Stated) -> str:
    """Say where a figure stands: its source, and the area when it is of one."""
    return f"{figure.source} ({figure.entity})" if figure.entity else figure.source

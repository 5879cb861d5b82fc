"""What an indicator that somebody writes still lacks, said beside its preview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meedoen.web.policy.indicator_form import IndicatorForm


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that must be otherwise; without an address where no field asks it."""

    said: str
    address: str = ""


def lacks_of(form: IndicatorForm) -> list[Lack]:
    """Return everything that is wrong in a form, in the order of its fields."""
    return [*_of_no_field(form), *_of_fields(form, list(form.fields))]


def in_the_way_of(form: IndicatorForm) -> list[Lack]:
    """Return what is wrong in how it counts, so that there is no preview."""
    counting = [name for name in form.fields if name in form.counting]
    return [*_of_fields(form, counting)] or [*_of_no_field(form)]


def _of_no_field(form: IndicatorForm) -> Iterator[Lack]:
    return (Lack(str(one)) for one in form.non_field_errors())


def _of_fields(form: IndicatorForm, names: Sequence[str]) -> Iterator[Lack]:
    for name in names:
        field = form[name]
        first = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
        yield from (Lack(f"{field.label} \N{EN DASH} {one}", f"#{first}") for one in field.errors)

"""What a resident got as a volunteer, and what that means for the benefit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.allowances.queries import PaymentCard, allowance_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.volunteer_allowance import YearCheck
from meedoen.web.shared.sheltered_words import euros_text


@dataclass(frozen=True, slots=True)
class ReceivedYear:
    """A year in sentences, with its payments; each payment with the amount in words."""

    year: int
    sentences: tuple[str, ...]
    payments: tuple[tuple[PaymentCard, str], ...]


def received(viewer: Viewer, *, pseudonym_id: int) -> list[ReceivedYear]:
    """Return every year in which somebody got something, the newest first."""
    card = allowance_of(viewer, pseudonym_id=pseudonym_id)
    return [
        ReceivedYear(
            year=one.year,
            sentences=tuple(_sentences(one)),
            payments=tuple(
                (payment, _money(payment.cents))
                for payment in card.payments
                if payment.paid_on.year == one.year
            ),
        )
        for one in card.years
    ]


def _sentences(year: YearCheck) -> Iterator[str]:
    words = {
        "year": year.year,
        "paid": _money(year.paid_cents),
        "limit": _money(year.limit_cents),
        "counts": _money(year.counts_cents),
    }
    yield _("In %(year)s kreeg u %(paid)s. De grens voor een heel jaar is %(limit)s.") % words
    if year.counts_cents:
        yield _("Hiervan telt %(counts)s mee voor uw uitkering. Praat erover met uw coach.") % words
    else:
        yield _("Dit telt niet mee voor uw uitkering.")


def _money(cents: int) -> str:
    return euros_text(Decimal(cents) / 100)

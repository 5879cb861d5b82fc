"""The articles of the law that a right or duty may come from, with dates and addresses.

The table stands in catalogue/plans/articles.toml. A code that is in use never changes: a plan
of years ago still names the article that it came from.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meedoen.rules.plans.reading import PlanTableError, Reading, in_force, parsed, shipped_texts
from meedoen.rules.vocabulary import DutyKind

LONGEST_CODE = 100
LONGEST_NAME = 200
LONGEST_ADDRESS = 200
TABLE = "articles.toml"


@dataclass(frozen=True, slots=True)
class Article:
    """An article: how it is cited, what it says in plain Dutch, and what may come from it."""

    code: str
    name: str
    says: str
    address: str
    kinds: frozenset[DutyKind]
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """Say whether the article is in force on that day."""
        return in_force(self.valid_from, self.valid_to, day)


def read_articles(text: str, file_name: str = TABLE) -> tuple[Article, ...]:
    """Read the articles from TOML, in the order of the file.

    Raises PlanTableError with every mistake at once.
    """
    reading = Reading(file_name, [])
    table = parsed(text, file_name)
    reading.refuse_unknown("", table, {"articles"})
    articles = tuple(
        _article(reading, f"article {at}", row)
        for at, row in enumerate(reading.rows("", table, "articles"), start=1)
    )
    times = Counter(article.code for article in articles if article.code)
    for code, found in times.items():
        if found > 1:
            reading.wrong("", f"the code {code!r} is used {found} times; give each its own")
    if reading.problems:
        raise PlanTableError(reading.problems)
    return articles


def shipped_articles() -> tuple[Article, ...]:
    """Read the articles that come with the package. Raises PlanTableError."""
    return read_articles(shipped_texts()[TABLE])


def articles_for(articles: Iterable[Article], kind: DutyKind, day: date) -> tuple[Article, ...]:
    """Return the articles from which this kind of right or duty may come on the day."""
    return tuple(one for one in articles if kind in one.kinds and one.in_force(day))


def _article(reading: Reading, where: str, row: dict[str, object]) -> Article:
    known = {"code", "name", "says", "address", "kinds", "valid_from", "valid_to"}
    reading.refuse_unknown(where, row, known)
    valid_from, valid_to = reading.dates(where, row)
    address = reading.text(where, row, "address", LONGEST_ADDRESS)
    if address and not address.startswith("https://"):
        reading.wrong(where, "address must begin with https://")
    return Article(
        code=reading.text(where, row, "code", LONGEST_CODE),
        name=reading.text(where, row, "name", LONGEST_NAME),
        says=reading.text(where, row, "says", LONGEST_NAME),
        address=address,
        kinds=_kinds(reading, where, row),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _kinds(reading: Reading, where: str, row: dict[str, object]) -> frozenset[DutyKind]:
    value = row.get("kinds")
    words = value if isinstance(value, list) else []
    if not words or any(word not in set(DutyKind) for word in words):
        reading.wrong(where, f"kinds must list one or more of {', '.join(DutyKind)}")
        return frozenset()
    return frozenset(DutyKind(word) for word in words)

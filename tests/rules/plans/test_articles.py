"""The table of articles is read whole or refused with a sentence for every mistake."""

from datetime import date

import pytest

from meedoen.rules.plans.articles import articles_for, read_articles, shipped_articles
from meedoen.rules.plans.reading import PlanTableError
from meedoen.rules.vocabulary import DutyKind

ARTICLE = """[[articles]]
code = "1(1)"
name = "Proefwet, artikel 1"
says = "Om te oefenen."
kinds = ["duty"]
valid_from = 2020-01-01
valid_to = 2026-01-01
address = "https://example.org/"
"""


def codes(kind: DutyKind, day: date) -> set[str]:
    return {one.code for one in articles_for(shipped_articles(), kind, day)}


def test_what_may_come_from_an_article_depends_on_the_day():
    articles = read_articles(ARTICLE)
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    found = [bool(articles_for(articles, DutyKind.DUTY, day)) for day in days]
    assert found == [False, True, True, False]
    assert not articles_for(articles, DutyKind.SUPPORT, date(2020, 1, 1))


def test_the_shipped_articles_are_those_of_the_law():
    in_2026 = date(2026, 11, 22)
    assert codes(DutyKind.DUTY, in_2026) == {"9(1)a", "9(1)b", "9(1)c", "44a"}
    assert codes(DutyKind.EXEMPTION, in_2026) == {"9(2)", "9a"}
    assert codes(DutyKind.SUPPORT, in_2026) == {"7(1)a", "7a(1)", "44a"}
    # Article 7a, help for who is younger than 27, came on 1 January 2026.
    assert codes(DutyKind.SUPPORT, date(2025, 12, 31)) == {"7(1)a", "44a"}


def test_every_shipped_article_can_be_looked_up():
    for article in shipped_articles():
        assert article.address.startswith(
            "https://wetten.overheid.nl/BWBR0015703/2026-07-01#Artikel"
        )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "articles are missing"),
        (ARTICLE + ARTICLE, "used 2 times"),
        (ARTICLE.replace('["duty"]', '["boon"]'), "kinds must list"),
        (ARTICLE.replace('["duty"]', "[]"), "kinds must list"),
        (ARTICLE.replace("https://", "http://"), "https://"),
        (ARTICLE.replace("valid_from = 2020-01-01\n", ""), "valid_from is missing"),
        (ARTICLE + "page = 3\n", "'page' is not known"),
        ("articles = ", "not TOML"),
    ],
)
def test_a_mistake_gets_a_sentence(text: str, wrong: str):
    with pytest.raises(PlanTableError, match=r"articles\.toml") as caught:
        read_articles(text)
    assert any(wrong in problem for problem in caught.value.problems)

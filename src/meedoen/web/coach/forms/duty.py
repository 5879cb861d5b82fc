"""A right or duty that the municipality fixes, with the article of the law that it comes from."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.plans.checks import LONGEST_SAYING
from meedoen.rules.plans.articles import Article, articles_for, shipped_articles
from meedoen.rules.vocabulary import DutyKind
from meedoen.web.coach.forms.plan import VersionField, WordsField
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.plan_words import DUTY_KINDS
from meedoen.web.shared.words import Words

Group = tuple[Words, list[tuple[str, str]]]


class DutyForm(forms.Form):
    """Help, a duty or an exemption: which article, what it means here, what follows."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False
    # What follows is needed for a duty, as its help says.
    marks_optional = False

    kind = forms.TypedChoiceField(
        label=_("Wat legt u vast?"),
        choices=lambda: choices(DUTY_KINDS),
        coerce=DutyKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u vastlegt.")},
    )
    article = forms.ChoiceField(
        label=_("Uit welk artikel volgt dit?"),
        error_messages={"required": _("Kies een artikel.")},
    )
    text = WordsField(
        label=_("Wat betekent dit voor deze inwoner?"),
        longest=LONGEST_SAYING,
        missing=_("Schrijf op wat er is vastgesteld."),
    )
    consequence = forms.CharField(
        label=_("Wat gebeurt er als de inwoner zich er niet aan houdt?"),
        help_text=_("Alleen bij een plicht. Dan is dit nodig (artikel 44a)."),
        max_length=LONGEST_SAYING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_diagnosis],
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, version: int) -> None:
        """Take the articles that are in force today, by what may come from them."""
        super().__init__(data, initial={"version": version})
        self.articles = shipped_articles()
        self.fields["article"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *_groups(self.articles),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that the article and the consequence go with what is fixed."""
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("kind")
        if kind is None:
            return given
        fitting = {one.code for one in articles_for(self.articles, kind, clock.today())}
        if "article" in given and given["article"] not in fitting:
            self.add_error("article", _("Uit dit artikel kan dit niet volgen. Kies een ander."))
        consequence = given.get("consequence")
        if kind is DutyKind.DUTY and consequence == "":
            self.add_error(
                "consequence",
                _("Schrijf op wat er gebeurt als de inwoner zich niet aan de plicht houdt."),
            )
        if kind is not DutyKind.DUTY and consequence:
            self.add_error("consequence", _("Alleen bij een plicht hoort een gevolg."))
        return given


def _groups(articles: Sequence[Article]) -> Iterator[Group]:
    """Give the articles under what may come from them; one may stand under two."""
    for kind, word in DUTY_KINDS.items():
        fitting = articles_for(articles, kind, clock.today())
        yield word, [(one.code, f"{one.name}: {one.says}") for one in fitting]

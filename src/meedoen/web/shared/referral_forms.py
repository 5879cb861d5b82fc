"""Writing a referral: what is asked, of whom, and what the receiver is told."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.referrals.drafts import LONGEST_ASKED, LONGEST_FACT, Receiver, Told
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.sending import MOST_RECEIVERS
from meedoen.rules.referrals.shared import FieldSet
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import (
    LegalGround,
    LegalTask,
    ObtainedHow,
    ReferralState,
    Shared,
    Theme,
    Urgency,
)
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.referral_answers import receiver_from, receiver_value
from meedoen.web.shared.referral_words import URGENCIES
from meedoen.web.shared.sharing_words import (
    LEGAL_GROUNDS,
    LEGAL_TASKS,
    OBTAINED_HOW,
    SHARED,
)
from meedoen.web.shared.words import THEMES

WAYS = (ObtainedHow.SPOKEN, ObtainedHow.WRITTEN)
LONGEST_EXPLANATION = 500
Fields = tuple[forms.BoundField, forms.BoundField | None]
"""The box of something that may be told, and its text; the name has none."""
_RECEIVER = re.compile(r"[0-9]{0,9}-[0-9]{0,9}-[0-9]{0,9}", re.ASCII)


class QuestionForm(forms.Form):
    """For what, how quickly, and what is asked; without a person also for which district."""

    use_required_attribute = False

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waarvoor?"),
        choices=lambda: [CHOOSE, *choices(THEMES, REFERRED_FOR)],
        coerce=Theme,
        error_messages={"required": gettext_lazy("Kies waarvoor u verwijst.")},
    )
    urgency = forms.TypedChoiceField(
        label=gettext_lazy("Hoe snel is een antwoord nodig?"),
        choices=lambda: choices(URGENCIES),
        coerce=Urgency,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe snel een antwoord nodig is.")},
    )
    asked = forms.CharField(
        label=gettext_lazy("Wat vraagt u?"),
        help_text=gettext_lazy(
            "Zoals: zoekt een plek om twee ochtenden in de week met planten te werken. Schrijf "
            "geen naam op."
        ),
        max_length=LONGEST_ASKED,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf op wat u vraagt.")},
    )
    district = forms.TypedChoiceField(
        label=gettext_lazy("In welke wijk?"), coerce=int, empty_value=None, required=False
    )
    # Made with the page: sent twice, it is still one referral.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any],
        districts: Sequence[DistrictCard] | None = None,
        written: ReferralCard | None = None,
    ) -> None:
        """Take what stands there already; `districts` only for a question without a person."""
        super().__init__(data, initial={"urgency": Urgency.NORMAL.value} | dict(initial))
        if districts is None:
            del self.fields["district"]
        else:
            self.fields["district"].choices = [  # type: ignore[attr-defined]
                ("", _("Maakt niet uit")),
                *((str(one.district_id), one.name) for one in districts),
            ]
        if written is not None and written.state is not ReferralState.DRAFT:
            # What receivers were asked about stays what it was about.
            self.fields["theme"].disabled = True
            self.initial["theme"] = written.theme
            if "district" in self.fields:
                self.fields["district"].disabled = True
                self.initial["district"] = written.district_id or ""


class ReceiversForm(forms.Form):
    """Whom to ask, and a search for somebody who was not suggested."""

    use_required_attribute = False

    to = forms.MultipleChoiceField(
        label=gettext_lazy("Naar wie?"),
        error_messages={
            "required": gettext_lazy("Kies naar wie u verwijst."),
            "invalid_choice": gettext_lazy("Kies iemand uit de lijst."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Een andere organisatie zoeken"),
        max_length=100,
        required=False,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
    )
    names_after_yes = forms.BooleanField(
        label=gettext_lazy("Vertel pas na een ja over wie het gaat"),
        help_text=gettext_lazy("Vraagt u er meer dan één? Dan gebeurt dit altijd."),
        required=False,
    )

    def __init__(self, data: Any = None, *, known: Sequence[Receiver], card: ReferralCard) -> None:
        """Take who may be chosen; `card` is the referral as it stands."""
        initial = {
            "to": [receiver_value(one) for one in card.wanted],
            "names_after_yes": card.names_after_yes,
        }
        super().__init__(data, initial=initial)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (receiver_value(one), receiver_value(one)) for one in known
        ]

    @property
    def chosen(self) -> set[str]:
        """Return what is ticked, as it was sent or as it stands."""
        value = self["to"].value()
        return {str(one) for one in value or ()}

    def clean_to(self) -> list[Receiver]:
        """Return the receivers: each once, and not more than may be asked at once."""
        receivers = [receiver_from(one) for one in self.cleaned_data["to"]]
        organisations = [one.organisation_id for one in receivers if one.organisation_id]
        if len(organisations) != len(set(organisations)):
            raise ValidationError(_("U koos een organisatie twee keer. Kies daar één plek."))
        if len(receivers) > MOST_RECEIVERS:
            raise ValidationError(
                _("Vraag hoogstens %(most)s organisaties tegelijk.") % {"most": MOST_RECEIVERS}
            )
        return receivers


def sent_receivers(values: Sequence[str]) -> list[Receiver]:
    """Return the receivers that a page sent; what cannot be one is left out."""
    found = [receiver_from(value) for value in values if _RECEIVER.fullmatch(value)]
    return [one for one in found if one.organisation_id is None or one.team_id is None]


class WayField(forms.TypedChoiceField):
    """How somebody was told or said something; empty as long as that did not happen."""

    def __init__(self, *, label: Any) -> None:
        """Take the label of the field."""
        super().__init__(
            label=label,
            choices=lambda: [("", _("Nog niet gedaan")), *choices(OBTAINED_HOW, WAYS)],
            coerce=ObtainedHow,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )


class ToldForm(forms.Form):
    """What receivers are told: a box and a text for each thing that the theme allows.

    And apart from that: how the person knows, and whether they want this help. Both may be left
    for later; sending asks for them.
    """

    use_required_attribute = False
    marks_optional = False

    explanation = forms.CharField(
        label=gettext_lazy("Waarom is dit nodig?"),
        help_text=gettext_lazy("Zoals: om te kijken of deze plek past."),
        max_length=LONGEST_EXPLANATION,
        validators=[refuse_diagnosis],
        error_messages={"required": gettext_lazy("Schrijf op waarom dit nodig is.")},
    )
    legal_task = forms.TypedChoiceField(label=gettext_lazy("Voor welke wet?"), coerce=LegalTask)
    ground = forms.TypedChoiceField(
        label=gettext_lazy("Op welke grond?"),
        choices=lambda: choices(LEGAL_GROUNDS),
        coerce=LegalGround,
        help_text=gettext_lazy(
            "Gewoon is: taak van algemeen belang. Toestemming is zelden vrij, want de inwoner is "
            "afhankelijk van de gemeente."
        ),
    )
    free_choice = forms.BooleanField(
        label=gettext_lazy("De inwoner kan weigeren zonder nadeel, en weet dat intrekken kan"),
        help_text=gettext_lazy("Alleen nodig bij toestemming."),
        required=False,
    )
    told_how = WayField(label=gettext_lazy("Hoe heeft u de inwoner laten zien wat u deelt?"))
    told_on = PastDayField(label=gettext_lazy("Op welke dag?"))
    agreed_how = WayField(label=gettext_lazy("Hoe zei de inwoner dat deze hulp gewenst is?"))
    agreed_on = PastDayField(label=gettext_lazy("Op welke dag?"))

    def __init__(
        self,
        data: Any = None,
        *,
        allowed: FieldSet,
        begin: Mapping[Shared, str],
        card: ReferralCard,
    ) -> None:
        """Take what may be told and the texts to begin from; `card` is what stands there."""
        super().__init__(data, initial=_told_initial(card, allowed, begin))
        self.card = card
        self.words = tuple(word for word in Shared if word in allowed.allowed)
        for word in self.words:
            self.fields[box_name(word)] = forms.BooleanField(
                label=str(SHARED[word]), required=False
            )
            if word is not Shared.NAME_AND_PHONE:
                self.fields[text_name(word)] = forms.CharField(
                    label=_("Wat leest de ontvanger?"),
                    max_length=LONGEST_FACT,
                    required=False,
                    validators=[refuse_diagnosis],
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.fields["legal_task"].choices = choices(LEGAL_TASKS, allowed.tasks)  # type: ignore[attr-defined]
        for name in ("told_on", "agreed_on"):
            self.fields[name].required = False

    @property
    def told_fields(self) -> list[Fields]:
        """Return the box of each thing that may be told, with its text."""
        return [
            (
                self[box_name(word)],
                None if word is Shared.NAME_AND_PHONE else self[text_name(word)],
            )
            for word in self.words
        ]

    @property
    def ready_fields(self) -> list[Fields]:
        """Return those that are ticked, or have a text to begin from."""
        return [one for one in self.told_fields if _is_ready(*one)]

    @property
    def more_fields(self) -> list[Fields]:
        """Return the others."""
        return [one for one in self.told_fields if not _is_ready(*one)]

    def clean(self) -> dict[str, Any]:
        """Ask for a text with every box that is ticked, and that consent is a free choice."""
        given: dict[str, Any] = super().clean() or {}
        for word in self.words:
            if word is Shared.NAME_AND_PHONE or not given.get(box_name(word)):
                continue
            if text_name(word) in given and not given[text_name(word)].strip():
                self.add_error(
                    text_name(word), _("Schrijf op wat u hierover vertelt, of vink het uit.")
                )
        if given.get("ground") is LegalGround.CONSENT and not given.get("free_choice"):
            self.add_error(
                "free_choice",
                _(
                    "Toestemming geldt alleen als de inwoner echt vrij kan kiezen. Bevestig dat, "
                    "of kies een andere grond."
                ),
            )
        for how, day in (("told_how", "told_on"), ("agreed_how", "agreed_on")):
            if given.get(how) and day in given and given[day] is None:
                self.add_error(day, _("Vul de dag in."))
        return given

    def told(self, *, name: str, phone: str) -> Told:
        """Return what is told; the name and telephone number only when that box is ticked."""
        given = self.cleaned_data
        named = given.get(box_name(Shared.NAME_AND_PHONE), False)
        return Told(
            facts={
                word: given[text_name(word)]
                for word in self.words
                if word is not Shared.NAME_AND_PHONE and given[box_name(word)]
            },
            name=name if named else "",
            phone=phone if named else "",
            legal_task=given["legal_task"],
            ground=given["ground"],
            explanation=given["explanation"],
            told_how=given["told_how"],
            told_on=given["told_on"] if given["told_how"] else None,
        )

    def agreed(self) -> tuple[ObtainedHow | None, date | None]:
        """Return how and when the person said that this help is wanted."""
        how = self.cleaned_data["agreed_how"]
        return how, self.cleaned_data["agreed_on"] if how else None


def _told_initial(
    card: ReferralCard, allowed: FieldSet, begin: Mapping[Shared, str]
) -> dict[str, Any]:
    """Return the form as it stands; as long as nothing was chosen, what is proposed."""
    told = card.told
    chosen = told.what if told is not None and told.what else None
    texts = dict(begin) | (dict(told.facts) if told is not None else {})
    initial: dict[str, Any] = {
        "legal_task": told.legal_task if chosen and told else allowed.tasks[0],
        "ground": told.ground if chosen and told else LegalGround.PUBLIC_TASK,
        "explanation": told.explanation if told else "",
        "told_how": told.told_how if told and told.told_how else "",
        "told_on": told.told_on if told and told.told_on else clock.today(),
        "agreed_how": card.agreed_how or "",
        "agreed_on": card.agreed_on or clock.today(),
    }
    for word in allowed.allowed:
        proposed = word in allowed.proposed and bool(
            word is Shared.NAME_AND_PHONE or texts.get(word)
        )
        initial[box_name(word)] = word in chosen if chosen is not None else proposed
        initial[text_name(word)] = texts.get(word, "")
    return initial


def _is_ready(box: forms.BoundField, text: forms.BoundField | None) -> bool:
    return text is None or bool(box.value() or text.value() or text.errors)


def box_name(word: Shared) -> str:
    """Return the name of the box of a thing that may be told."""
    return f"tell_{word}"


def text_name(word: Shared) -> str:
    """Return the name of the text with that box."""
    return f"text_{word}"

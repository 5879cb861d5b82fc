"""The check on displacement in words: its questions, answers, how it comes out and why."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meedoen.rules.places.displacement import Answers, Reply, SignedFor, WhyVerdict
from meedoen.rules.vocabulary import DisplacementVerdict
from meedoen.web.shared.words import Words

REPLIES: Mapping[Reply, Words] = {
    Reply.YES: _("Ja"),
    Reply.NO: _("Nee"),
    Reply.UNKNOWN: _("Weet ik niet"),
}

SIGNED_FOR: Mapping[SignedFor, Words] = {
    SignedFor.EMPLOYER: _("De werkgever of het bestuur"),
    SignedFor.WORKS_COUNCIL: _("De ondernemingsraad"),
    SignedFor.NOBODY: _("Nog niemand"),
}

VERDICTS: Mapping[DisplacementVerdict, Words] = {
    DisplacementVerdict.ADDITIONAL: _("Het werk is extra"),
    DisplacementVerdict.DISPLACES: _("Het werk verdringt betaald werk"),
    DisplacementVerdict.UNCLEAR: _("Het is niet duidelijk"),
}

VERDICT_KINDS: Mapping[DisplacementVerdict, str] = {
    DisplacementVerdict.ADDITIONAL: "success",
    DisplacementVerdict.DISPLACES: "danger",
    DisplacementVerdict.UNCLEAR: "warning",
}
"""The kind of status badge that goes with a verdict; its words say the same."""

WHY_VERDICT: Mapping[WhyVerdict, Words] = {
    WhyVerdict.NOT_ADDITIONAL: _("Het werk hoort bij het gewone werk van de organisatie."),
    WhyVerdict.PAID_BEFORE: _("Iemand deed dit werk kort geleden nog betaald."),
    WhyVerdict.VACANCY: _("Voor dit werk staat een vacature open."),
    WhyVerdict.NEEDS_THE_PERSON: _("Zonder deze inwoner kan de organisatie niet verder."),
    WhyVerdict.ADDITIONAL_UNKNOWN: _("Het is niet bekend of het werk extra is."),
    WhyVerdict.PAID_BEFORE_UNKNOWN: _("Het is niet bekend of iemand dit werk betaald deed."),
    WhyVerdict.VACANCY_UNKNOWN: _("Het is niet bekend of er een vacature is."),
    WhyVerdict.GOES_ON_UNKNOWN: _(
        "Het is niet bekend of de organisatie zonder deze inwoner verder kan."
    ),
    WhyVerdict.NOT_SIGNED: _("Nog niemand van de organisatie heeft getekend."),
    WhyVerdict.ALL_WELL: _(
        "Het werk is extra, niemand deed het betaald, er is geen vacature, de organisatie kan ook "
        "zonder deze inwoner verder, en zij heeft getekend."
    ),
}

ADDITIONAL = _("Is dit extra werk, naast het gewone werk van de organisatie?")
VACANCY = _("Staat er een vacature open voor dit werk?")
GOES_ON = _("Kan de organisatie ook verder als deze inwoner er niet is?")
SIGNED = _("Wie tekent voor de organisatie?")


def paid_before_question(years: int) -> str:
    """Return the question whether anybody did the work for pay in the last years."""
    return ngettext(
        "Deed iemand dit werk het laatste jaar betaald?",
        "Deed iemand dit werk de laatste %(years)s jaar betaald?",
        years,
    ) % {"years": years}


def answered(answers: Answers, years: int) -> list[tuple[Words, Words]]:
    """Return each question with what was answered, and who signed."""
    signer = f"{answers.signer_name}, {answers.signer_function}" if answers.is_signed else ""
    return [
        (ADDITIONAL, REPLIES[answers.additional]),
        (paid_before_question(years), REPLIES[answers.paid_before]),
        (VACANCY, REPLIES[answers.vacancy]),
        (GOES_ON, REPLIES[answers.goes_on]),
        (SIGNED, signer or SIGNED_FOR[SignedFor.NOBODY]),
    ]

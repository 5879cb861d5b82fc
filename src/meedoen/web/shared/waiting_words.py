"""Waiting lists in words: how seats are given, and why somebody got one."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.waiting.actions import DOES_NOT_GO_TOGETHER, NO_ROOM_ON_HALF_DAYS
from meedoen.rules.flows.waiting_order import LAPSED, Passed, Promotion
from meedoen.rules.flows.waiting_rule import Criterion
from meedoen.rules.vocabulary import LeftWaiting, PromotionWay
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import Words

PROMOTION_WAYS: Mapping[PromotionWay, Words] = {
    PromotionWay.BY_HAND: gettext_lazy("Een coach kiest wie een vrije plaats krijgt"),
    PromotionWay.AUTOMATIC: gettext_lazy("Meedoen geeft een vrije plaats aan wie aan de beurt is"),
}

LEFT_WAITING: Mapping[LeftWaiting, Words] = {
    LeftWaiting.PLACED: gettext_lazy("Heeft een plek"),
    LeftWaiting.NO_WISH_ANY_MORE: gettext_lazy("Wil dit niet meer"),
    LeftWaiting.OTHER_STEP_FIRST: gettext_lazy("Eerst een andere stap"),
    LeftWaiting.MOVED_AWAY: gettext_lazy("Is verhuisd"),
    LeftWaiting.DIED: gettext_lazy("Is overleden"),
    LeftWaiting.BENEFIT_ENDED: gettext_lazy("Heeft geen uitkering meer"),
}

BECAUSE: Mapping[str, Words] = {
    LAPSED: gettext_lazy("liet eerder een vrijgehouden plaats lopen"),
    NO_ROOM_ON_HALF_DAYS: gettext_lazy("komt op dagdelen waarop de plek vol is"),
    DOES_NOT_GO_TOGETHER: gettext_lazy("heeft een plek die hier niet mee samengaat"),
}
"""Why somebody further ahead did not get the seat; what a coach wrote stays as it is."""

DECIDED_BY: Mapping[Criterion, Words] = {
    Criterion.LOST_PLACE: gettext_lazy("verloor buiten eigen schuld een plek"),
    Criterion.OWN_WISH_FIRST: gettext_lazy("noemde deze plek zelf als eerste"),
    Criterion.SINCE: gettext_lazy("wacht langer dan wie erna komt"),
    Criterion.KEY: gettext_lazy("staat gelijk met wie erna komt; een vast nummer besliste"),
}


def days_text(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(number)s dag", "%(number)s dagen", days) % {"number": number_text(days)}


def standing_text(position: int, waiting: int, age: int) -> str:
    """Return where somebody stands on a list, and for how long they wait."""
    return _("%(position)s van %(waiting)s, wacht %(days)s") % {
        "position": number_text(position),
        "waiting": number_text(waiting),
        "days": days_text(age),
    }


def promotion_lines(promotion: Promotion, reason: str) -> Sequence[str]:
    """Return why somebody got the seat, in sentences, for who may know of them."""
    told = [standing_text(promotion.position, promotion.waiting, promotion.age)]
    if promotion.decided_by is not None:
        told.append(str(DECIDED_BY[promotion.decided_by]))
    if reason:
        told.append(_("gekozen door een coach: %(reason)s") % {"reason": reason.removesuffix(".")})
    else:
        told += [_passed_text(one) for one in promotion.passed]
    return told


def _passed_text(passed: Passed) -> str:
    because = BECAUSE.get(passed.because, passed.because)
    return _("nummer %(position)s niet, want die %(because)s") % {
        "position": number_text(passed.position),
        "because": because,
    }

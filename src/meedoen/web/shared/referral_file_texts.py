"""What the file of somebody can tell, for a referral that is being written."""

from django.utils import translation

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.rules.vocabulary import Shared
from meedoen.web.shared.sharing_lines import told_texts


def file_texts(viewer: Viewer, person: ResidentCard) -> dict[Shared, str]:
    """Return what the file says about what may be told, in Dutch: receivers read that."""
    wishes = wishes_of(viewer, pseudonym_id=person.pseudonym_id)
    rungs = latest_rungs(viewer, pseudonym_ids=[person.pseudonym_id])
    with translation.override("nl"):
        return told_texts(wishes, rungs.get(person.pseudonym_id))

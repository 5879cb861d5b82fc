"""The words of a directory import; the stored ones never change their spelling."""

import dataclasses
from enum import StrEnum

from meedoen.rules.files.words import Facts


class FileForm(StrEnum):
    """What kind of file it is."""

    TABLE = "table"
    """Rows under headings: CSV, XLSX, XLS or ODS."""
    HSDS = "hsds"
    """Services in JSON, as Open Referral (HSDS) has them."""


class RowVerdict(StrEnum):
    """What a row of a file means for the directory."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNCERTAIN = "uncertain"
    """The organisation may be one that is known, or another: somebody has to say."""
    REFUSED = "refused"
    MISSING = "missing"
    """Read in from this source before, and not in the file any more; only told."""


class RowDecision(StrEnum):
    """What somebody decided about a row."""

    SAME = "same"
    """The organisation is the one that is known."""
    OTHER = "other"
    """Another organisation, that is new."""
    SKIP = "skip"
    """Leave the row out."""


class Field(StrEnum):
    """What a row can say; a mapping goes from these to headings."""

    ORGANISATION_ID = "organisation_id"
    """The number of the organisation at the source."""
    ORGANISATION = "organisation"
    ORGANISATION_KIND = "organisation_kind"
    KVK = "kvk"
    ABOUT = "about"
    """What the organisation is."""
    WEBSITE = "website"
    CONTACT = "contact"
    EMAIL = "email"
    PHONE = "phone"
    LOCATION = "location"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    TOWN = "town"
    DISTRICT = "district"
    PLACE_ID = "place_id"
    """The number of the place at the source."""
    TITLE = "title"
    KIND = "kind"
    DESCRIPTION = "description"
    TIMES = "times"
    CAPACITY = "capacity"
    LANGUAGE_LEVEL = "language_level"
    INTERESTS = "interests"
    COST = "cost"
    PUBLIC = "public"
    LOCATION_ID = "location_id"
    AREA = "area"
    """The name of where it is for; a district when we know it by that name."""
    POSITION = "position"
    """Latitude and longitude with a space between."""
    SESSIONS = "sessions"
    """Times as rules, in JSON."""
    TIMES_LEFT_OUT = "times_left_out"
    """How many times could not be read."""
    TERMS = "terms"
    """Codes and names that it is described with, each on a line; interests are among them."""
    COST_NOTE = "cost_note"
    STOPPED = "stopped"
    """The source says that it is there no more."""


ONLY_HSDS = frozenset(
    {
        Field.LOCATION_ID,
        Field.AREA,
        Field.POSITION,
        Field.SESSIONS,
        Field.TIMES_LEFT_OUT,
        Field.TERMS,
        Field.COST_NOTE,
        Field.STOPPED,
    }
)
"""What only services in HSDS say, so that no column is asked for it."""


class RowProblem(StrEnum):
    """What is wrong with a row, or (see `NOTES`) what is not taken over from it."""

    MISSING_VALUE = "missing_value"
    TOO_MANY_CELLS = "too_many_cells"
    """Facts: `cells` and `headings`, how many."""
    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    TOO_LONG = "too_long"
    """Facts: `most`, in characters."""
    KVK_NOT_DIGITS = "kvk_not_digits"
    KVK_WRONG_LENGTH = "kvk_wrong_length"
    KVK_ONLY_ZEROS = "kvk_only_zeros"
    KIND_UNKNOWN = "kind_unknown"
    ORGANISATION_KIND_UNKNOWN = "organisation_kind_unknown"
    POSTCODE_WRONG = "postcode_wrong"
    DISTRICT_UNKNOWN = "district_unknown"
    DISTRICT_AMBIGUOUS = "district_ambiguous"
    TIMES_UNCLEAR = "times_unclear"
    """Facts: `part`, what could not be read."""
    TIME_IMPOSSIBLE = "time_impossible"
    """Facts: `part`, such as 25:00 or 12-9."""
    RULE_NOT_SUPPORTED = "rule_not_supported"
    """A time that comes back in a way that a place cannot."""
    NOT_A_NUMBER = "not_a_number"
    """Facts: `most`."""
    LANGUAGE_LEVEL_UNKNOWN = "language_level_unknown"
    NOT_YES_OR_NO = "not_yes_or_no"
    STOPPED_AT_SOURCE = "stopped_at_source"
    NAME_OF_TWO = "name_of_two"
    """The file has two organisations with this name, and the row does not say which."""
    PLACE_TWICE = "place_twice"
    """Facts: `line` of the first."""
    PLACE_AMBIGUOUS = "place_ambiguous"
    """Several places here have this name and address."""
    PLACE_OF_OTHER = "place_of_other"
    """The place with this number belongs to another organisation here."""
    ORGANISATION_LEFT = "organisation_left"
    CHANGED_MEANWHILE = "changed_meanwhile"
    """It meant something else when it was to be taken over than it did in the report."""
    NOT_TAKEN = "not_taken"
    """Facts: `why`, the sentence with which it was refused."""
    NOT_TO_BE_KEPT = "not_to_be_kept"
    """The database does not take what stands in it."""

    SAME_NAME = "same_name"
    """An organisation here has this name, and another address or number, or none."""
    SIMILAR_NAME = "similar_name"
    """An organisation here has nearly this name, in the same postcode."""
    SAME_KVK_TWICE = "same_kvk_twice"
    """Several organisations here have this number."""
    NAME_ON_LINE = "name_on_line"
    """Facts: `line` of another organisation with this name in the file."""
    EMAIL_LEFT_OUT = "email_left_out"
    PHONE_LEFT_OUT = "phone_left_out"
    WEBSITE_LEFT_OUT = "website_left_out"
    INTEREST_LEFT_OUT = "interest_left_out"
    """Facts: `names`."""
    TIMES_LEFT_OUT = "times_left_out"
    """Facts: `count`."""
    CAPACITY_LEFT_OUT = "capacity_left_out"
    """Facts: `taken`: more people than the file has room for are at the place."""
    DISTRICT_BY_ADDRESS = "district_by_address"
    """The file does not say it; another address with this postcode does, or the position."""
    PLACE_CLOSED = "place_closed"
    """It was closed here, and a file does not open it again."""


NOTES = frozenset(
    {
        RowProblem.SAME_NAME,
        RowProblem.SIMILAR_NAME,
        RowProblem.SAME_KVK_TWICE,
        RowProblem.NAME_ON_LINE,
        RowProblem.EMAIL_LEFT_OUT,
        RowProblem.PHONE_LEFT_OUT,
        RowProblem.WEBSITE_LEFT_OUT,
        RowProblem.INTEREST_LEFT_OUT,
        RowProblem.TIMES_LEFT_OUT,
        RowProblem.CAPACITY_LEFT_OUT,
        RowProblem.DISTRICT_BY_ADDRESS,
        RowProblem.PLACE_CLOSED,
    }
)
"""Problems that do not keep a row from being taken over; they say what is left as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, in which column."""

    problem: RowProblem
    field: Field | None = None
    facts: Facts = dataclasses.field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Return whether the row can be taken over all the same."""
        return self.problem in NOTES

"""Which organisation here a file means; who is only alike is left to people to decide."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from meedoen.rules.directory_file.groups import Group
from meedoen.rules.directory_file.words import RowProblem
from meedoen.rules.files.cells import plain
from meedoen.rules.files.spelling import distance
from meedoen.rules.search.words import words_of

_LEGAL_FORMS = frozenset(
    ["stichting", "vereniging", "cooperatie", "bv", "nv", "vof", "st", "ver", "de", "het", "van"]
)
_DOTS = re.compile(r"(?<=\w)\.(?=\w?)")
_SHORTEST_WORD = 4
_LONG_NAME, _SHORT_NAME = 10, 5


@dataclass(slots=True)
class Register:
    """The organisations here, as far as they can be told apart; grows while a file is read in."""

    names: dict[int, str] = field(default_factory=dict)
    kvks: dict[int, str] = field(default_factory=dict)
    by_kvk: dict[str, set[int]] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    by_postcode: dict[str, set[int]] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    """The district of a postcode, by an address that is known."""

    def add_organisation(self, number: int, name: str, kvk: str) -> None:
        """Take an organisation into account."""
        self.names[number], self.kvks[number] = name, kvk
        self.by_name.setdefault(plain(name), set()).add(number)
        if kvk:
            self.by_kvk.setdefault(kvk, set()).add(number)

    def add_address(self, number: int, code: str, district_id: int) -> None:
        """Take an address of an organisation into account."""
        if code:
            self.by_postcode.setdefault(code, set()).add(number)
            self.districts.setdefault(code, district_id)

    def at(self, codes: Iterable[str]) -> set[int]:
        """Return the organisations with an address in one of these postcodes."""
        return {number for code in codes for number in self.by_postcode.get(code, ())}


@dataclass(frozen=True, slots=True)
class Match:
    """The organisation that is meant, or one that is alike and why; neither for who is new."""

    organisation_id: int | None = None
    like_id: int | None = None
    why: RowProblem | None = None


def find(group: Group, register: Register, seen: int | None, in_file: Collection[str]) -> Match:
    """Return which organisation a group of rows means.

    In order: seen before from this source, the KVK number, the name in the same postcode. The
    same name elsewhere, or nearly the same name in the same postcode, is only alike. `in_file`
    are the plain names in the file: who is in it by name is not somebody else in it.
    """
    if seen is not None:
        return Match(seen)
    with_kvk = register.by_kvk.get(group.kvk, set()) if group.kvk else set()
    if with_kvk:
        return _by_kvk(group, register, with_kvk)
    return _by_name(group, register, in_file)


def _by_kvk(group: Group, register: Register, with_kvk: set[int]) -> Match:
    found = with_kvk
    if len(found) > 1:
        found = with_kvk & register.by_name.get(group.name, set())
    if len(found) == 1:
        return Match(min(found))
    return Match(like_id=min(found or with_kvk), why=RowProblem.SAME_KVK_TWICE)


def _by_name(group: Group, register: Register, in_file: Collection[str]) -> Match:
    same_name, near = register.by_name.get(group.name, set()), register.at(group.postcodes)
    here = {one for one in same_name & near if not _other_kvk(group, register, one)}
    if len(here) == 1:
        return Match(min(here))
    if same_name:
        return Match(like_id=min(here or same_name), why=RowProblem.SAME_NAME)
    names = {one: register.names[one] for one in sorted(near)}
    others = {one: name for one, name in names.items() if plain(name) not in in_file}
    alike = [one for one, name in others.items() if is_similar(group.called, name)]
    return Match(like_id=alike[0], why=RowProblem.SIMILAR_NAME) if alike else Match()


def _other_kvk(group: Group, register: Register, number: int) -> bool:
    return bool(group.kvk and register.kvks[number] and group.kvk != register.kvks[number])


def is_similar(one: str, other: str) -> bool:
    """Return whether two names may well be of one organisation.

    The same words but for “stichting” and the like, all words of the other and more, or a slip of
    the pen: one letter, in longer names two.
    """
    left, right = plain(one), plain(other)
    bare, other_bare = _words(one), _words(other)
    if bare and other_bare and (bare <= other_bare or other_bare <= bare):
        return any(len(word) >= _SHORTEST_WORD for word in bare & other_bare)
    shortest = min(len(left), len(right))
    allowed = 2 if shortest >= _LONG_NAME else int(shortest >= _SHORT_NAME)
    return bool(allowed) and distance(left, right, most=allowed) <= allowed


def _words(name: str) -> frozenset[str]:
    return frozenset(words_of(_DOTS.sub("", name))) - _LEGAL_FORMS

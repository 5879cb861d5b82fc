"""Which rows of one file are about the same organisation.

By the number at the source, else the KVK number, else the name. A row with only a name joins the
one organisation in the file that has it; with two of those nobody can say which is meant.
"""

from dataclasses import dataclass, field

from meedoen.rules.directory_file.values import OrganisationSaid, Parsed
from meedoen.rules.files.cells import plain

NUMBER, KVK, NAME = "id:", "kvk:", "name:"


@dataclass(slots=True)
class Group:
    """The rows about one organisation: what it is called, and where it is."""

    key: str
    """Also how the organisation is remembered at its source."""
    called: str
    name: str
    """The same without spaces, points and capitals, to compare by."""
    kvk: str
    first_line: int
    postcodes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Told:
    line: int
    number: str
    kvk: str
    called: str
    name: str
    postcode: str


@dataclass(slots=True)
class Groups:
    """All groups of a file: first tell every row, then close, then ask."""

    told: list[_Told] = field(default_factory=list)
    by_key: dict[str, Group] = field(default_factory=dict)
    numbers_by_kvk: dict[str, set[str]] = field(default_factory=dict)
    keys_by_name: dict[str, set[str]] = field(default_factory=dict)
    first_by_name: dict[str, Group] = field(default_factory=dict)

    def tell(self, line: int, parsed: Parsed) -> None:
        """Take one row into account."""
        said = parsed.organisation
        if not said.name:
            return
        name, code = plain(said.name), parsed.address.postcode
        one = _Told(line, said.number, said.kvk, said.name, name, code)
        self.told.append(one)
        if said.number and said.kvk:
            self.numbers_by_kvk.setdefault(said.kvk, set()).add(said.number)

    def close(self) -> None:
        """Work out the groups, once all rows are told."""
        for one in self.told:
            if strong := self._strong(one.number, one.kvk):
                self.keys_by_name.setdefault(one.name, set()).add(strong)
        for one in self.told:
            key = self._key(one.number, one.kvk, one.name)
            if not key:
                continue
            group = self.by_key.get(key)
            if group is None:
                group = self.by_key[key] = Group(key, one.called, one.name, one.kvk, one.line)
                self.first_by_name.setdefault(one.name, group)
            group.kvk = group.kvk or one.kvk
            if one.postcode:
                group.postcodes.add(one.postcode)
        self.told.clear()

    def of(self, said: OrganisationSaid) -> Group | None:
        """Return the group of a row; None when the name alone does not say which."""
        return self.by_key.get(self._key(said.number, said.kvk, plain(said.name)))

    def earlier_namesake(self, group: Group) -> Group | None:
        """Return another organisation with the same name, further up in the file."""
        first = self.first_by_name[group.name]
        return None if first.key == group.key else first

    def _key(self, number: str, kvk: str, name: str) -> str:
        if strong := self._strong(number, kvk):
            return strong
        keys = self.keys_by_name.get(name, set())
        if len(keys) > 1:
            return ""
        return next(iter(keys), f"{NAME}{name}")

    def _strong(self, number: str, kvk: str) -> str:
        if number:
            return f"{NUMBER}{number}"
        numbers = self.numbers_by_kvk.get(kvk, set()) if kvk else set()
        if len(numbers) == 1:
            return f"{NUMBER}{next(iter(numbers))}"
        return f"{KVK}{kvk}" if kvk else ""

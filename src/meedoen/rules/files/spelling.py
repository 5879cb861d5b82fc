"""How far two spellings are apart, and what is the same however it is spelled."""


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters to add, leave out, change or swap with the next; `most` + 1 is more.

    The optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, start=1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def phone_digits(phone: str) -> str:
    """Return a phone number's digits, the Dutch country code written as a nought."""
    bare = "".join(sign for sign in phone if sign.isdigit())
    for country in ("0031", "31"):
        if bare.startswith(country) and (country == "0031" or phone.strip().startswith("+")):
            return "0" + bare.removeprefix(country).removeprefix("0")
    return bare

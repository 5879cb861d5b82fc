"""What several words ask of the same columns is worked out once.

Three indicators about falling back look at the same placements, and a share looks at the people of
two other figures. An answer is kept for as long as the columns it is about.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

About = TypeVar("About")
Others = ParamSpec("Others")
Answer = TypeVar("Answer")


def shared(
    work_out: Callable[Concatenate[About, Others], Answer],
) -> Callable[Concatenate[About, Others], Answer]:
    """Remember what a function says of columns, which never change, and of other plain values.

    Threads that ask the same wait for the one that works it out.
    """
    kept: WeakKeyDictionary[Any, dict[Hashable, _Kept]] = WeakKeyDictionary()
    looking = Lock()

    @wraps(work_out)
    def remembered(about: About, /, *others: Others.args, **named: Others.kwargs) -> Answer:
        key = (others, tuple(named.items()))
        with looking:
            mine = kept.setdefault(about, {}).setdefault(key, _Kept())
        with mine.working:
            if not mine.answers:
                mine.answers.append(work_out(about, *others, **named))
            answer: Answer = mine.answers[0]
            return answer

    return remembered


class _Kept:
    """An answer, and the lock of who works it out; no answer yet is an empty list."""

    def __init__(self) -> None:
        self.working = Lock()
        self.answers: list[Any] = []

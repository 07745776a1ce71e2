"""What is kept about people: each subject says once what is its own.

The accounts know no subject. A subject's app registers in ``ready`` how its part is given out, how
it is erased and by which names it knows somebody; and what becomes of the address of a person
without an account who withdraws a consent.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class OwnData:
    """A subject's part of what is kept about somebody.

    Attributes
    ----------
    export : callable
        Gets a user and returns plain values for JSON by chapter.
    erase : callable
        Gets a user, whose address still stands there, and deletes or blanks.
    may_go : callable, optional
        Gets a user before anything is erased; raises a ``StateError`` if the person has to stay.
    names : callable, optional
        Gets a user and returns names around the person: a password may not consist of them.
    """

    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]
    may_go: Callable[[Any], None] | None = None
    names: Callable[[Any], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of a subject on which people stand by their address.

    Attributes
    ----------
    forget : callable
        Gets an address and today's date and takes it off: who stands on a list of a day to come is
        not expected any more, of earlier ones the count stays.
    erase : callable
        Gets an address and deletes everything under it.
    """

    forget: Callable[[str, date], None]
    erase: Callable[[str], None]


_PARTS: Final[list[OwnData]] = []
_LISTS: Final[list[Lists]] = []


def keep_own_data(part: OwnData) -> None:
    """Give out and erase a subject's part from now on; its app says so once, in ``ready``."""
    _PARTS.append(part)


def keep_lists(lists: Lists) -> None:
    """Take addresses off a subject's lists from now on; its app says so once, in ``ready``."""
    _LISTS.append(lists)


def forget_address(email: str, *, today: date) -> None:
    """Take an address off the lists of all subjects."""
    for lists in _LISTS:
        lists.forget(email, today)


def erase_address(email: str) -> None:
    """Delete what all lists keep under an address."""
    for lists in _LISTS:
        lists.erase(email)


def export_parts(user: Any) -> dict[str, Any]:
    """Return what all subjects keep about somebody, by chapter."""
    return {chapter: kept for part in _PARTS for chapter, kept in part.export(user).items()}


def require_may_go(user: Any) -> None:
    """Ask every subject whether somebody may go; call it in the transaction that erases.

    Raises
    ------
    StateError
        What the first subject says that needs the person.
    """
    for part in _PARTS:
        if part.may_go is not None:
            part.may_go(user)


def erase_parts(user: Any) -> None:
    """Erase what all subjects keep about somebody."""
    for part in _PARTS:
        part.erase(user)


def names_around(user: Any) -> Iterator[str]:
    """Return the names by which subjects know somebody."""
    for part in _PARTS:
        if part.names is not None:
            yield from part.names(user)

"""The guests of a hall: places with or without a name, what they speak, where they must sit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import models, transaction

from alpclusters.analysis.errors import RecordError, RecordsError, StateError, Where
from alpclusters.platform.cafe.domain.seat_plans import current_plan, extend_plan, shrink_plan
from alpclusters.platform.cafe.models import AlpCafe, Apart, Guest, Invitation, Seat
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.heads import LANGUAGES, NAME

MOST_GUESTS: Final = 2_000
_SEPARATORS: Final = re.compile(r"[\s,/|+]+")
_WHEELCHAIR: Final = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """One guest of a pasted list."""

    name: str
    languages: tuple[str, ...] = ()
    needs_access: bool = False


def parse_list(text: str) -> list[Line]:
    r"""Read "name; languages" line by line; an asterisk asks for a table within reach.

    Raises
    ------
    RecordsError
        With a ``guests.not_a_language`` for each line that names something else.

    Examples
    --------
    >>> parse_list("Maria Huber; de, it\n\nJanez *; sl")[1]
    Line(name='Janez', languages=('sl',), needs_access=True)
    """
    found: list[Line] = []
    errors: list[RecordError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (not found and not errors and _is_head(line)):
            continue
        try:
            found.append(_parse_line(line, number))
        except RecordError as error:
            errors.append(error)
    if errors:
        raise RecordsError(errors, n_all=len(errors))
    return found


def _is_head(line: str) -> bool:
    """Say whether a line names the columns of a table that was copied with its head."""
    first, _mark, rest = line.replace("\t", ";").partition(";")
    second = rest.partition(";")[0]
    return normalised(first) in NAME and normalised(second) in LANGUAGES


def _parse_line(line: str, number: int) -> Line:
    name, _mark, rest = line.replace("\t", ";").partition(";")
    codes = [code for code in _SEPARATORS.split(rest.replace(";", " ").lower()) if code]
    foreign = [code for code in codes if code not in LANGUAGE_CODES and code != _WHEELCHAIR]
    if foreign:
        code, where = "guests.not_a_language", Where(line=number)
        expected = ", ".join(LANGUAGE_CODES)
        raise RecordError(code, where=where, found=foreign[0], expected=expected)
    return Line(
        name=name.replace(_WHEELCHAIR, "").strip()[:120],
        languages=tuple(dict.fromkeys(code for code in codes if code != _WHEELCHAIR)),
        needs_access=_WHEELCHAIR in name or _WHEELCHAIR in codes,
    )


@transaction.atomic
def add_guests(cafe: AlpCafe, lines: Sequence[Line]) -> list[Guest]:
    """Add guests; where a plan exists they get a place in it and nobody else moves.

    Raises
    ------
    StateError
        ``cafe.too_many_guests``.
    """
    if cafe.guests.count() + len(lines) > MOST_GUESTS:
        raise StateError("cafe.too_many_guests", expected=str(MOST_GUESTS))
    first = next_number(cafe)
    return [_add(cafe, number, line) for number, line in enumerate(lines, start=first)]


def add_unnamed(cafe: AlpCafe, number: int) -> list[Guest]:
    """Add places without a name, for a hall where nobody is known before."""
    return add_guests(cafe, [Line("")] * max(0, number))


def add_registered(cafe: AlpCafe) -> list[Guest]:
    """Add everybody who has registered and is not among the guests yet."""
    known = set(cafe.guests.exclude(name="").values_list("name", flat=True))
    coming = cafe.invitations.filter(state=Invitation.State.REGISTERED).exclude(name__in=known)
    lines = [Line(one.name, tuple(one.languages or [one.language])) for one in coming]
    return add_guests(cafe, lines)


@transaction.atomic
def change_guest(guest: Guest, line: Line, *, pins: dict[str, int]) -> None:
    """Change one guest; the seats of a plan stay until it is computed anew."""
    guest.name, guest.languages = line.name, list(line.languages)
    guest.needs_access, guest.pins = line.needs_access, pins
    guest.save()


@transaction.atomic
def remove_guest(guest: Guest) -> None:
    """Take a guest out; the others keep their number and their seats.

    Raises
    ------
    StateError
        ``cafe.seats_taken`` once the guest was led to a table.
    """
    if guest.seats.exists():
        raise StateError("cafe.seats_taken")
    plan = current_plan(guest.cafe)
    if plan is not None:
        shrink_plan(plan, guest)
    guest.delete()


@transaction.atomic
def remove_all(cafe: AlpCafe) -> None:
    """Begin anew: no guest, no plan.

    Raises
    ------
    StateError
        ``cafe.seats_taken`` once people have been led to tables.
    """
    if Seat.objects.filter(guest__cafe=cafe).exists():
        raise StateError("cafe.seats_taken")
    cafe.seat_plans.update(is_current=False)
    cafe.guests.all().delete()


def keep_apart(cafe: AlpCafe, first: int, second: int) -> Apart | None:
    """Say that two guests, by number, should never sit together; None if there is no such pair."""
    pair = {guest.number: guest for guest in cafe.guests.filter(number__in=[first, second])}
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        return None
    one, two = (pair[number] for number in sorted(pair))
    return Apart.objects.get_or_create(cafe=cafe, first=one, second=two)[0]


def allow_together(apart: Apart) -> None:
    """Take back that two guests should not sit together."""
    apart.delete()


def next_number(cafe: AlpCafe) -> int:
    """Return the number of the next guest: numbers are never used twice."""
    return (cafe.guests.aggregate(last=models.Max("number"))["last"] or 0) + 1


def table_sums(guests: Iterable[Guest]) -> dict[str, int]:
    """Count how many guests speak each language."""
    found: dict[str, int] = {}
    for guest in guests:
        for code in guest.languages:
            found[code] = found.get(code, 0) + 1
    return found


def _add(cafe: AlpCafe, number: int, line: Line) -> Guest:
    guest = Guest.objects.create(
        cafe=cafe,
        number=number,
        name=line.name,
        languages=list(line.languages),
        needs_access=line.needs_access,
    )
    plan = current_plan(cafe)
    if plan is not None:
        extend_plan(plan, guest)
    return guest

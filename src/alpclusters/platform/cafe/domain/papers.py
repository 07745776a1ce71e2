"""Rating sheets on paper: entered once, above twenty twice, honest about what cannot be read.

A number is one person: drawn by chance, without a name; the second rating is a sheet of its own
with the same number. An entry is written at once; the second one
is compared with it, what differs is shown, and a person who looks at the paper decides.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.answers import are_results_shown
from alpclusters.platform.cafe.domain.codes import ALPHABET
from alpclusters.platform.cafe.domain.proxies import Entry, Writer, add_person, write_entry
from alpclusters.platform.cafe.models import AlpCafe, PaperSheet, Source

# --- Numbers of paper rating sheets: four digits and a character that shows a typing error --------


DIGITS: Final = 4
# Prime, so that every single wrong digit and every swap of two neighbours changes the character.
_BASE: Final = 19
_CHECKS: Final = "".join(char for char in ALPHABET if char.isalpha())[:_BASE]


def sheet_number(number: int) -> str:
    """Return a number as it is printed.

    Examples
    --------
    >>> sheet_number(42), is_sheet_number(sheet_number(42)), is_sheet_number("0024-" + "D")
    ('0042-W', True, False)
    """
    digits = f"{number:0{DIGITS}d}"
    return f"{digits}-{_check(digits)}"


def normalise_sheet_number(text: str) -> str:
    """Write a typed number as it is printed: ``42w`` and ``0042 W`` are ``0042-W``.

    Examples
    --------
    >>> normalise_sheet_number(" 42w ")
    '0042-W'
    """
    kept = "".join(char for char in text.upper() if char.isalnum())
    digits, check = kept[:-1], kept[-1:]
    return f"{digits.zfill(DIGITS)}-{check}" if digits else kept


def is_sheet_number(text: str) -> bool:
    """Say whether a number is one of ours, read and typed without an error."""
    digits, mark, check = text.partition("-")
    is_shaped = len(digits) >= DIGITS and digits.isascii() and digits.isdigit() and bool(mark)
    return is_shaped and check == _check(digits)


@transaction.atomic
def issue_sheets(cafe: AlpCafe, n: int) -> list[PaperSheet]:
    """Return ``n`` sheets nobody has filled in, new ones where there are too few.

    Numbers are drawn by chance, so that their order says nothing about who took which.
    """
    AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    unused = cafe.paper_sheets.filter(round=1, entered_at__isnull=True, participant=None)
    sheets = list(unused.order_by("number")[:n])
    known = set(PaperSheet.objects.filter(cafe=cafe).order_by().values_list("number", flat=True))
    fresh = [PaperSheet(cafe=cafe, number=text) for text in _fresh(known, n - len(sheets))]
    return [*sheets, *PaperSheet.objects.bulk_create(fresh)]


def _fresh(known: set[str], n: int) -> Sequence[str]:
    found: list[str] = []
    # Half of the numbers stay free, so that drawing does not take long.
    is_roomy = len(known) + n < 10**DIGITS // 2
    size = 10**DIGITS if is_roomy else 10 ** (DIGITS + 2)
    while len(found) < n:
        text = sheet_number(secrets.randbelow(size))
        if text not in known:
            known.add(text)
            found.append(text)
    return sorted(found)


def _check(digits: str) -> str:
    total = sum((place + 2) * int(digit) for place, digit in enumerate(reversed(digits)))
    return _CHECKS[total % _BASE]


# --- Rating sheets on paper: entered once, above twenty twice, honest about what cannot be read


# From so many sheets on each is entered a second time.
TWICE_ABOVE: Final = 20
# What stands in a field of an entry that is not a step of the scale.
CANNOT_JUDGE: Final = "n"
INVALID: Final = "x"
TOP_THREE: Final = "top3"
# The box with which a person keeps the answers out of files for research.
NO_RESEARCH: Final = "no_research"
TICKED: Final = "yes"
_NO_QUESTIONS: Final = frozenset({TOP_THREE, NO_RESEARCH})

type Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A sheet as it was typed.

    Attributes
    ----------
    fields : dict of str to str
        ``<measure>:<criterion>`` -> a step, ``n`` for "cannot judge", ``x`` for a mark that
        cannot be read or was made twice; ``top3`` -> measures separated by blanks, or ``x``;
        ``no_research`` -> ``yes`` where the box is ticked.
        An empty line of the paper has no field.
    language : str
    round : int
    comments : mapping of int to str
    """

    fields: Fields
    language: str
    round: int = 1
    comments: Mapping[int, str] = field(default_factory=dict)

    @property
    def n_invalid(self) -> int:
        """How many marks were unreadable; counted, never guessed."""
        return sum(value == INVALID for value in self.fields.values())

    def entry(self) -> Entry:
        """Return the readable part."""
        answers = {
            _question(name): None if value == CANNOT_JUDGE else int(value)
            for name, value in self.fields.items()
            if name not in _NO_QUESTIONS and value != INVALID
        }
        chosen = self.fields.get(TOP_THREE)
        is_readable = chosen is not None and chosen != INVALID
        top = tuple(int(m) for m in chosen.split()) if chosen and is_readable else None
        profile = {NO_RESEARCH: True} if NO_RESEARCH in self.fields else {}
        return Entry(self.language, self.round, answers, top, self.comments, profile)

    def as_record(self) -> dict[str, Any]:
        """Return it as it is stored."""
        comments = {str(measure): text for measure, text in self.comments.items()}
        return {
            "fields": self.fields,
            "language": self.language,
            "round": self.round,
            "comments": comments,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two entries of one sheet differ; empty where one has none."""

    name: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the entry of paper sheets is.

    Attributes
    ----------
    n_printed, n_entered, n_again, n_twice : int
        Numbers printed; sheets of the first and of the second rating entered; those entered a
        second time.
    n_invalid : int
        Marks that could not be read.
    n_compared, n_differing : int
        Fields of sheets entered twice, and how many of them differed.
    needs_second : bool
        More than twenty sheets were entered.
    """

    n_printed: int
    n_entered: int
    n_again: int
    n_twice: int
    n_invalid: int
    n_compared: int
    n_differing: int

    @property
    def needs_second(self) -> bool:
        """Say whether every sheet is to be entered twice."""
        return self.n_entered + self.n_again > TWICE_ABOVE

    @property
    def disagreement_share(self) -> float | None:
        """Differing fields among those compared; None while nothing was compared."""
        return self.n_differing / self.n_compared if self.n_compared else None


def find_sheet(cafe: AlpCafe, text: str) -> PaperSheet:
    """Return the sheet of the first rating with a typed number.

    Raises
    ------
    InputError
        ``cafe.sheet_mistyped`` (the check character does not fit), ``cafe.unknown_sheet``.
    """
    number = normalise_sheet_number(text)
    if not is_sheet_number(number):
        raise InputError("cafe.sheet_mistyped", found=text)
    sheet: PaperSheet | None = cafe.paper_sheets.filter(number=number, round=1).first()
    if sheet is None:
        raise InputError("cafe.unknown_sheet", found=number)
    return sheet


def sheet_of_round(sheet: PaperSheet, round: int) -> PaperSheet:  # noqa: A002 - as the model
    """Return the sheet of the same person in a round of rating, a new one where there is none.

    Raises
    ------
    InputError
        ``cafe.no_second_rating`` where people rate once.
    """
    if round == sheet.round:
        return sheet
    if not has_second_sheets(sheet.cafe):
        raise InputError("cafe.no_second_rating", found=str(round))
    same = sheet.cafe.paper_sheets.filter(number=sheet.number, round=round).first()
    fresh = PaperSheet(number=sheet.number, round=round, participant_id=sheet.participant_id)
    found: PaperSheet = same or fresh
    found.cafe = sheet.cafe
    return found


def has_second_sheets(cafe: AlpCafe) -> bool:
    """Say whether people rate twice, so that each number has two sheets."""
    return bool(cafe.in_hall and cafe.has_second_rating)


def require_entry_open(cafe: AlpCafe) -> None:
    """Refuse once the protocol is approved, and before the AlpCafé was opened.

    Raises
    ------
    StateError
        ``cafe.entry_over``, ``cafe.not_open``.
    """
    if cafe.state == AlpCafe.State.DRAFT:
        raise StateError("cafe.not_open", found=cafe.state, expected=AlpCafe.State.OPEN)
    if cafe.protocols.filter(approved_at__isnull=False).exists():
        raise StateError("cafe.entry_over")


def enter_sheet(
    sheet: PaperSheet, typed: Typed, *, by: User, writer: Writer, now: datetime
) -> list[Difference]:
    """Store the first or the second entry of a sheet.

    Returns
    -------
    list of Difference
        What the second entry has otherwise than the first; empty after a first entry.

    Raises
    ------
    StateError
        ``cafe.entry_over``, ``cafe.not_open``, ``cafe.sheet_done`` (entered twice already),
        ``cafe.entry_refused``.
    InputError
        ``cafe.empty_entry``.
    """
    require_entry_open(sheet.cafe)
    if not typed.fields and not typed.comments:
        raise InputError("cafe.empty_entry")
    typed = replace(typed, round=sheet.round)
    if sheet.entered_at is None:
        _enter_first(sheet, typed, by=by, writer=writer, now=now)
        return []
    return _enter_second(sheet, typed, by=by)


def differences_of(sheet: PaperSheet) -> list[Difference]:
    """Return the fields in which the two entries of a sheet differ, in their order."""
    first: Fields = sheet.first_entry.get("fields", {})
    second: Fields = sheet.second_entry.get("fields", {})
    if not sheet.second_entry:
        return []
    names = dict.fromkeys([*first, *second])
    return [
        Difference(name, first.get(name, ""), second.get(name, ""))
        for name in names
        if first.get(name, "") != second.get(name, "")
    ]


def settle_sheet(sheet: PaperSheet, chosen: Mapping[str, str], *, by: User, writer: Writer) -> None:
    """Write the fields on which a person decided after a look at the paper.

    Parameters
    ----------
    sheet : PaperSheet
        Entered twice.
    chosen : mapping of str to str
        Field -> ``first`` or ``second``; a field that is not named keeps the first entry.
    """
    require_entry_open(sheet.cafe)
    typed = typed_from(sheet.first_entry)
    fields = dict(typed.fields)
    for difference in differences_of(sheet):
        if chosen.get(difference.name) == "second":
            _put(fields, difference.name, difference.second)
    changed = {n: v for n, v in fields.items() if typed.fields.get(n) != v}
    gone = [name for name in typed.fields if name not in fields or fields[name] == INVALID]
    correction = replace(typed, fields=changed, comments={})
    _write(sheet, correction, by=by, writer=writer, withdrawn=gone)
    sheet.n_invalid = replace(typed, fields=fields).n_invalid
    sheet.second_entry = {**sheet.second_entry, "settled": fields}
    sheet.save(update_fields=["n_invalid", "second_entry"])


def is_settled(sheet: PaperSheet) -> bool:
    """Say whether nothing of a sheet waits for a decision."""
    return "settled" in sheet.second_entry or not differences_of(sheet)


def read_progress(cafe: AlpCafe) -> Progress:
    """Count the sheets of an AlpCafé in one query."""
    sheets = list(cafe.paper_sheets.order_by("pk"))
    twice = [sheet for sheet in sheets if sheet.second_entry]
    compared = [
        {*sheet.first_entry.get("fields", {}), *sheet.second_entry.get("fields", {})}
        for sheet in twice
    ]
    return Progress(
        n_printed=sum(sheet.round == 1 for sheet in sheets),
        n_entered=sum(sheet.round == 1 and sheet.entered_at is not None for sheet in sheets),
        n_again=sum(sheet.round > 1 and sheet.entered_at is not None for sheet in sheets),
        n_twice=len(twice),
        n_invalid=sum(sheet.n_invalid for sheet in sheets),
        n_compared=sum(map(len, compared)),
        n_differing=sum(len(differences_of(sheet)) for sheet in twice),
    )


def typed_from(record: Mapping[str, Any]) -> Typed:
    """Read what `Typed.as_record` wrote."""
    comments = {int(measure): text for measure, text in record.get("comments", {}).items()}
    return Typed(dict(record["fields"]), record["language"], record["round"], comments)


def _enter_first(
    sheet: PaperSheet, typed: Typed, *, by: User, writer: Writer, now: datetime
) -> None:
    entry = typed.entry()
    if sheet.participant_id is None:
        # Kept at once: an entry that breaks off later finds the same person again, and so does
        # the other rating.
        sheet.participant_id = add_person(sheet.cafe, entry, Source.PAPER, writer)
        same = sheet.cafe.paper_sheets.filter(number=sheet.number)
        same.update(participant=sheet.participant_id)
    _write(sheet, typed, by=by, writer=writer)
    sheet.first_entry, sheet.first_by = typed.as_record(), by
    sheet.entered_at, sheet.n_invalid = now, typed.n_invalid
    sheet.after_release = are_results_shown(sheet.cafe, now=now)
    sheet.save()


@transaction.atomic
def _enter_second(sheet: PaperSheet, typed: Typed, *, by: User) -> list[Difference]:
    if sheet.second_entry:
        raise StateError("cafe.sheet_done", found=sheet.number)
    sheet.second_entry, sheet.second_by = typed.as_record(), by
    sheet.save(update_fields=["second_entry", "second_by"])
    return differences_of(sheet)


def _write(
    sheet: PaperSheet,
    typed: Typed,
    *,
    by: User,
    writer: Writer,
    withdrawn: list[str] | None = None,
) -> None:
    entry = typed.entry()
    if withdrawn:
        entry = _without(entry, withdrawn)
    if entry.is_empty and not entry.profile and not withdrawn:
        return
    write_entry(
        sheet.cafe,
        sheet.participant_id or 0,
        entry,
        source=Source.PAPER,
        writer=writer,
        by=by.pk,
    )


def _without(entry: Entry, names: list[str]) -> Entry:
    """Take answers back that the second look found to be none."""
    taken_back = frozenset(_question(name) for name in names if name not in _NO_QUESTIONS)
    top = () if TOP_THREE in names else entry.top_three
    profile = {NO_RESEARCH: False} if NO_RESEARCH in names else entry.profile
    return replace(entry, top_three=top, profile=profile, taken_back=taken_back)


def _put(fields: Fields, name: str, value: str) -> None:
    if value:
        fields[name] = value
    else:
        fields.pop(name, None)


def _question(name: str) -> tuple[int, int]:
    measure, _, criterion = name.partition(":")
    return int(measure), int(criterion)

"""What the checker finds in one step and in all: ceilings with their room, and what is violated."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- What the checker finds: every ceiling with its room, and what is violated --------------------


type CeilingKind = Literal["ceiling", "floor"]
# A limit binds when less than this part of it, one twentieth, is left.
TIGHT_PART: Final = 20


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One limit, how much of it is used, and the room that is left.

    ``subject`` says of whom or what: ``line:L3``, ``partner:P1``, ``offer:X``,
    ``undertaking:U1/DE``. ``rule`` is an id of the rule-books or of the case (``case.cap``,
    ``case.own_means``, ...); ``book`` the rule-book, ``status`` how sure the figure is. Amounts are
    cents, or whole numbers where ``unit`` is ``count``. ``slack`` is negative where it is violated;
    for a floor used minus limit. ``set_by`` names the article that sets the limit of a line.
    ``is_by_construction`` says that one offer alone is counted against its own cost: no single
    grant can pass it, so a cost declared in full uses it up and nothing is refused by it.
    """

    kind: CeilingKind
    subject: str
    rule: str
    act: str
    article: str
    limit_ct: int
    used_ct: int
    slack_ct: int
    book: str
    status: Literal["verified", "unverified", "case"]
    unit: Literal["ct", "count"] = "ct"
    note_key: str = ""
    set_by: str = ""
    is_by_construction: bool = False

    @property
    def is_tight(self) -> bool:
        """Say whether the limit binds: in use, kept, and less than 5 per cent of it left."""
        is_kept = 0 <= self.slack_ct * TIGHT_PART < self.limit_ct
        return bool(self.used_ct) and is_kept and not self.is_by_construction


@dataclass(frozen=True, slots=True)
class Violation:
    """What is against a rule; ``pointer`` leads into the case (JSON Pointer)."""

    code: str
    pointer: str
    rule: str
    over_ct: int | None = None
    missing: str | None = None
    params: Mapping[str, int | str] = field(default_factory=dict)
    message_key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know though nothing is violated: flags, warnings, information."""

    code: str
    subject: str
    rule: str
    params: Mapping[str, int | str] = field(default_factory=dict)
    message_key: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The checker's word on a mix.

    ``valid`` is None where nothing is violated and the law of a grant's day is not known: whether
    all that is offered was weighed can then not be said.
    """

    valid: bool | None
    violations: tuple[Violation, ...]
    ceilings: tuple[Ceiling, ...]
    notes: tuple[Note, ...] = ()
    undecided: tuple[Note, ...] = ()


# --- What one step of the check finds, and how a limit becomes a ceiling and, if passed, a fault


OVER = "over_ceiling"
UNDER = "under_floor"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; empty where nothing is to be said."""

    ceilings: tuple[Ceiling, ...] = ()
    violations: tuple[Violation, ...] = ()
    notes: tuple[Note, ...] = ()
    undecided: tuple[Note, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(
            self.ceilings + other.ceilings,
            self.violations + other.violations,
            self.notes + other.notes,
            self.undecided + other.undecided,
        )


NOTHING = Findings()


@dataclass(frozen=True, slots=True)
class Law:
    """Whose limit it is: a rule on a day, or the case itself (no act, no book)."""

    rule: str
    act: str = ""
    article: str = ""
    book: str = ""
    status: Literal["verified", "unverified", "case"] = "case"
    set_by: str = ""


def law_of(ground: Ground, rule: Rule, day: dt.date, *figures: str, set_by: str = "") -> Law:
    """Return what a ceiling says of a rule; one of its figures unverified makes it so."""
    is_unsure = rule.status == "unverified" or bool(set(figures) & set(rule.unverified_params))
    status: Literal["verified", "unverified"] = "unverified" if is_unsure else "verified"
    return Law(rule.id, rule.act, rule.article, ground.book(day), status, set_by)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit and what is used of it.

    ``subject`` says of whom; ``pointer`` where it stands in the case; ``params`` go into sentences.
    """

    law: Law
    subject: str
    pointer: str
    limit: int
    used: int
    kind: CeilingKind = "ceiling"
    unit: Literal["ct", "count"] = "ct"
    params: Mapping[str, int | str] | None = None
    is_by_construction: bool = False


def weigh(limit: Limit) -> Findings:
    """Return the ceiling of a limit, and the violation where it is passed."""
    is_floor = limit.kind == "floor"
    slack = limit.used - limit.limit if is_floor else limit.limit - limit.used
    ceiling = Ceiling(
        limit.kind,
        limit.subject,
        limit.law.rule,
        limit.law.act,
        limit.law.article,
        limit.limit,
        limit.used,
        slack,
        limit.law.book,
        limit.law.status,
        limit.unit,
        f"ceiling.{limit.law.rule}",
        limit.law.set_by,
        limit.is_by_construction,
    )
    if slack >= 0:
        return Findings((ceiling,))
    code = UNDER if is_floor else OVER
    params = {
        "subject": limit.subject,
        "limit": limit.limit,
        "used": limit.used,
        "unit": limit.unit,
        **(limit.params or {}),
    }
    return Findings(
        (ceiling,),
        (_violation(code, limit.pointer, limit.law.rule, -slack, params),),
    )


def fault(code: str, pointer: str, rule: str, **params: int | str) -> Findings:
    """Return one violation that is no matter of an amount."""
    return Findings(violations=(_violation(code, pointer, rule, None, params),))


def note(code: str, subject: str, rule: str, **params: int | str) -> Findings:
    """Return one note."""
    return Findings(notes=(Note(code, subject, rule, params, f"note.{code}"),))


def undecided(code: str, subject: str, rule: str, **params: int | str) -> Findings:
    """Return one thing that cannot be decided."""
    return Findings(undecided=(Note(code, subject, rule, params, f"note.{code}"),))


def together(findings: "list[Findings] | tuple[Findings, ...]") -> Findings:
    """Join what several steps found."""
    return Findings(
        tuple(c for f in findings for c in f.ceilings),
        tuple(v for f in findings for v in f.violations),
        tuple(n for f in findings for n in f.notes),
        tuple(u for f in findings for u in f.undecided),
    )


def _violation(
    code: str, pointer: str, rule: str, over: int | None, params: Mapping[str, int | str]
) -> Violation:
    missing = str(params["missing"]) if "missing" in params else None
    return Violation(code, pointer, rule, over, missing, dict(params), f"violation.{code}")


# --- A mix in cents, looked up by offer, by line and by partner -----------------------------------


type Place = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """The cells of a mix.

    Attributes
    ----------
    cells : mapping of (str, str) to Cell
        By offer and line, as stated; also those that the case does not know.
    doubled : frozenset of (str, str)
        Cells that were stated twice; the last stands.
    by_offer, by_line, by_partner : mapping of str to sequence of Cell
        Cells with a declared cost above 0 whose offer and line the case knows, in order of offer
        and line. Amounts below 0 are violations and hide nothing here: they are left out.
    """

    cells: Mapping[Place, Cell]
    doubled: frozenset[Place]
    by_offer: Mapping[str, Sequence[Cell]]
    by_line: Mapping[str, Sequence[Cell]]
    by_partner: Mapping[str, Sequence[Cell]]

    def is_used(self, offer: str) -> bool:
        """Say whether something is declared to an offer."""
        return offer in self.by_offer

    def grants(self, offer: str) -> int:
        """Return what an offer grants in all."""
        return sum(cell.grant_ct for cell in self.by_offer.get(offer, ()))

    def takes_part(self, offer: str, partner: str, ground: Ground) -> bool:
        """Say whether a partner declares something to an offer."""
        cells = self.by_offer.get(offer, ())
        return any(ground.lines[cell.line].partner == partner for cell in cells)


def amounts_of(cells: Iterable[Cell], ground: Ground) -> Amounts:
    """Look up cells by what they are about."""
    stated: dict[Place, Cell] = {}
    doubled: set[Place] = set()
    for cell in cells:
        place = (cell.offer, cell.line)
        if place in stated:
            doubled.add(place)
        stated[place] = cell
    return _indexed(stated, frozenset(doubled), ground)


def changed(amounts: Amounts, cell: Cell, ground: Ground) -> Amounts:
    """Return a mix with one cell changed, added, or removed (nothing declared, nothing granted)."""
    place = (cell.offer, cell.line)
    cells = {**amounts.cells, place: cell}
    if cell.declared_ct == 0 and cell.grant_ct == 0:
        del cells[place]
    return _indexed(cells, amounts.doubled - {place}, ground)


def cells_of_group(amounts: Amounts, group: str, ground: Ground) -> list[Cell]:
    """Return the cells of all partners of a single undertaking."""
    partners = ground.partners_of.get(group, ())
    return [cell for partner in partners for cell in amounts.by_partner.get(partner, ())]


def by_partner(cells: Iterable[Cell], ground: Ground) -> Mapping[str, list[Cell]]:
    """Return cells by the partner whose cost they pay."""
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[ground.lines[cell.line].partner].append(cell)
    return found


def _indexed(cells: Mapping[Place, Cell], doubled: frozenset[Place], ground: Ground) -> Amounts:
    by_offer: dict[str, list[Cell]] = defaultdict(list)
    by_line: dict[str, list[Cell]] = defaultdict(list)
    known = [cell for cell in cells.values() if _counts(cell, ground)]
    for cell in sorted(known):
        by_offer[cell.offer].append(cell)
        by_line[cell.line].append(cell)
    partners = by_partner(sorted(known), ground)
    return Amounts(cells, doubled, dict(by_offer), dict(by_line), dict(partners))


def _counts(cell: Cell, ground: Ground) -> bool:
    is_known = cell.offer in ground.offers and cell.line in ground.lines
    return is_known and cell.declared_ct > 0 and cell.grant_ct >= 0

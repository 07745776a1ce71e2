"""What one step of the check finds, and how a limit becomes a ceiling and, if passed, a fault."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.records import Ceiling, CeilingKind, Note, Violation
from alpclusters.analysis.funding.rulebooks.records import Rule

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

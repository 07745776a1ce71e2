"""The certainty of a lesson as pages show it: letter, reasons in words, what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.evidence.domain.grading.words import reason_words
from alpclusters.platform.evidence.models import Lesson


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One rule: how many grades it took off (negative) or added, and why in words."""

    rule: str
    change: int
    text: str


@dataclass(frozen=True, slots=True)
class ShownGrade:
    """What a page says of the certainty of a lesson.

    Attributes
    ----------
    grade : str
        The letter that stands: A to D, or ``none``. A person's own grade, while it holds.
    computed : str
        The letter by the rules.
    own : str
        The letter a person set, also if it no longer holds; else empty.
    is_expired : bool
        The evidence has changed since a person set it.
    reason : str
        Why the person set it.
    reasons : tuple of ShownReason
        All rules in their order, in the active language.
    n_for, n_against, n_mixed : int
        Families.
    n_activities, n_undecided : int
        Activities behind them; those about whose stance coders still differ.
    lasting : tuple of (int, int)
        Supporting families that lasted, of those with a known outcome.
    coding : mapping
        ``is_once``, ``alpha``, ``n_twice``, ``n_activities`` and ``fields`` (each with alpha,
        n_units and its basis: lesson or corpus).
    families : tuple of mapping
        What each family says.
    convention : str
    """

    grade: str
    computed: str
    own: str
    is_expired: bool
    reason: str
    reasons: tuple[ShownReason, ...]
    n_for: int
    n_against: int
    n_mixed: int
    n_activities: int
    n_undecided: int
    lasting: tuple[int, int]
    coding: Mapping[str, Any]
    families: tuple[Mapping[str, Any], ...]
    convention: str

    @property
    def is_own(self) -> bool:
        """Whether a person's grade stands."""
        return bool(self.own) and not self.is_expired

    @property
    def n_families(self) -> int:
        """All families behind it."""
        return self.n_for + self.n_against + self.n_mixed


def shown_grade(lesson: Lesson) -> ShownGrade:
    """Read what was computed for a lesson; a lesson never graded has ``none``. No queries."""
    kept: Mapping[str, Any] = lesson.grading or {}
    own = lesson.own_grade
    is_expired = bool(own) and lesson.own_grade_digest != kept.get("digest", "")
    coding = kept.get("coding", {})
    return ShownGrade(
        grade=own if own and not is_expired else lesson.grade,
        computed=lesson.grade,
        own=own,
        is_expired=is_expired,
        reason=lesson.own_grade_reason,
        reasons=tuple(
            ShownReason(r["rule"], r["change"], reason_words(r["rule"], r["numbers"], coding))
            for r in kept.get("reasons", ())
            if isinstance(r, Mapping)
        ),
        n_for=kept.get("n_for", 0),
        n_against=kept.get("n_against", 0),
        n_mixed=kept.get("n_mixed", 0),
        n_activities=kept.get("n_activities", 0),
        n_undecided=kept.get("n_undecided", 0),
        lasting=(kept.get("n_lasting", 0), kept.get("n_known", 0)),
        coding=coding,
        families=tuple(kept.get("families", ())),
        convention=kept.get("convention", ""),
    )

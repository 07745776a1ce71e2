"""The certainty of a lesson as pages show it: letter, reasons in words, what it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.history import sign
from alpclusters.platform.languages.catalogues import gettext_noop, ngettext_noop

# --- The reasons of a grade as sentences in the active language -----------------------------------


# What is said of a lesson in numbers; reports/claims/subjects.py finds these again on pages.
AMOUNT: Final = ngettext_noop(
    "%(n)s independent family of initiatives supports it; five or more would be enough.",
    "%(n)s independent families of initiatives support it; five or more are enough.",
)
LASTING: Final = gettext_noop(
    "Of %(supporting)s supporting families the outcome after the funding is known for "
    "%(known)s; %(lasting)s of them went on for a year or longer."
)
SOURCE: Final = gettext_noop(
    "For %(families)s of %(supporting)s supporting families somebody else than the "
    "initiative itself says so."
)
RELEVANCE: Final = gettext_noop(
    "%(families)s of %(supporting)s supporting families are from the Alps or another macro-region."
)
AGAINST: Final = gettext_noop(
    "Families against it: %(against)s, both ways: %(mixed)s, weight %(share)s %%"
)
NOTHING_AGAINST: Final = gettext_noop("Nothing speaks against it.")

type Numbers = Mapping[str, float]
type Coding = Mapping[str, Any]


def reason_words(rule: str, numbers: Numbers, coding: Coding) -> str:
    """Say in one sentence what a rule found; an unknown rule is named."""
    said = _WORDS.get(rule)
    return said(numbers, coding) if said else rule


def _n(numbers: Numbers, name: str) -> int:
    return int(numbers.get(name, 0))


def _amount(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001 - all say the same way
    n = _n(numbers, "supporting")
    return ngettext(*AMOUNT, n) % {"n": n}


def _lasting(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(LASTING) % {name: _n(numbers, name) for name in ("supporting", "known", "lasting")}


def _coding(numbers: Numbers, coding: Coding) -> str:
    alpha = number_format(numbers.get("alpha", 0), 2)
    of_corpus = any(field["basis"] == "corpus" for field in coding.get("fields", ()))
    if of_corpus:
        return _(
            "Two people coded it; their agreement (Krippendorff’s alpha, the lowest of type, "
            "outcome and stance) is %(alpha)s, measured in part on the whole corpus."
        ) % {"alpha": alpha}
    return _(
        "Two people coded it; their agreement (Krippendorff’s alpha, the lowest of type, "
        "outcome and stance) is %(alpha)s."
    ) % {"alpha": alpha}


def _once(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Most of it was coded by one person only.")


def _undefined(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Two people coded it, but too little to say how far they agree.")


def _contradiction(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    if not numbers.get("share"):
        return _(NOTHING_AGAINST)
    return _("%(told)s, and nobody has answered that.") % {"told": _against(numbers)}


def _answered(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("%(told)s; an answer says under which condition.") % {"told": _against(numbers)}


def _against(numbers: Numbers) -> str:
    share = number_format(round(numbers["share"] * 100), 0)
    return _(AGAINST) % {
        "against": _n(numbers, "contradicting"),
        "mixed": _n(numbers, "mixed"),
        "share": share,
    }


def _source(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(SOURCE) % {name: _n(numbers, name) for name in ("families", "supporting")}


def _relevance(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(RELEVANCE) % {name: _n(numbers, name) for name in ("families", "supporting")}


def _bonus(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    n = _n(numbers, "families")
    return ngettext(
        "%(n)s supporting family was alive three years after the funding, and nothing speaks "
        "against it.",
        "%(n)s supporting families were alive three years after the funding, and nothing speaks "
        "against it.",
        n,
    ) % {"n": n}


def _cap(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Without measured agreement of two people the grade is B at most.")


def _eu_only(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    n = _n(numbers, "families")
    return ngettext(
        "%(n)s of the families that went on lives on European follow-up money only.",
        "%(n)s of the families that went on live on European follow-up money only.",
        n,
    ) % {"n": n}


def _nothing(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    if _n(numbers, "contradicting") or _n(numbers, "mixed"):
        return _("No family of initiatives supports it, so there is nothing to grade.")
    return _("No evidence counts yet, so there is nothing to grade.")


_WORDS: Final[dict[str, Callable[[Numbers, Coding], str]]] = {
    "amount": _amount,
    "lasting": _lasting,
    "coding": _coding,
    "coding_once": _once,
    "coding_undefined": _undefined,
    "contradiction": _contradiction,
    "contradiction_answered": _answered,
    "source": _source,
    "relevance": _relevance,
    "bonus": _bonus,
    "cap": _cap,
    "eu_followup_only": _eu_only,
    "nothing_for_it": _nothing,
}


# --- The certainty of a lesson as pages show it: letter, reasons in words, what it rests on -------


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


# --- A grade set by a person, with a reason; it ends when the evidence changes --------------------


SHORTEST_REASON: Final = 20
FARTHEST: Final = 2
LETTERS: Final = "ABCD"


def set_own_grade(lesson: Lesson, grade: str, reason: str, by: User) -> None:
    """Set another grade than the computed one.

    Parameters
    ----------
    lesson : Lesson
        As it was graded last.
    grade : str
        A to D, at most two away from the computed one.
    reason : str
        At least 20 characters.
    by : User
        Who answers for it.

    Raises
    ------
    InputError
        No such grade, one too far away, or a reason that is too short.
    StateError
        There is nothing to grade.
    """
    reason = reason.strip()
    if lesson.grade == Lesson.Grade.NONE:
        raise StateError("grade.nothing_to_grade")
    _check(lesson.grade, grade, reason)
    lesson.own_grade = grade
    lesson.own_grade_reason = reason
    lesson.own_grade_by = by
    lesson.own_grade_at = timezone.now()
    lesson.own_grade_digest = lesson.grading.get("digest", "")
    sign(lesson, by, reason=reason)
    lesson.save()


def clear_own_grade(lesson: Lesson, by: User) -> None:
    """Let the computed grade stand again; the history keeps what was set."""
    lesson.own_grade = ""
    lesson.own_grade_reason = ""
    lesson.own_grade_by = None
    lesson.own_grade_at = None
    lesson.own_grade_digest = ""
    sign(lesson, by)
    lesson.save()


def _check(computed: str, grade: str, reason: str) -> None:
    where = Where(field="own_grade")
    if len(grade) != 1 or grade not in LETTERS:
        expected = ", ".join(LETTERS)
        raise InputError("grade.unknown", where=where, found=grade, expected=expected)
    if abs(LETTERS.index(grade) - LETTERS.index(computed)) > FARTHEST:
        values = {"computed": computed}
        raise InputError("grade.too_far", where=where, found=grade, values=values)
    if len(reason) < SHORTEST_REASON:
        where = Where(field="own_grade_reason")
        expected = str(SHORTEST_REASON)
        raise InputError("grade.short_reason", where=where, found=reason, expected=expected)

"""The four rules of the European Cluster Collaboration Platform, with three answers each.

Formula, limits and what could not be read in the source: docs/methods/profiles.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from alpclusters.platform.actors.domain.profiles import Profile

MIN_FTE: Final = 0.5
MIN_MEMBERS: Final = 15
MIN_TYPES: Final = 2
# Our limit: the source asks for "signs of activity" and names no period.
ACTIVE_WITHIN: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which rules were tested.

    Attributes
    ----------
    version : str
        Ours; it changes when a rule does.
    checked_on : date
        When the rules were last compared with the source.
    is_complete : bool
        False where the source may list more rules.
    """

    version: str
    checked_on: date
    is_complete: bool


RULE_SET: Final = RuleSet(version="1", checked_on=date(2026, 11, 25), is_complete=False)


class Outcome(StrEnum):
    """What one rule says."""

    PASS = "pass"  # noqa: S105 - the word of a rule, not a secret
    FAIL = "fail"
    UNKNOWN = "unknown"


class Validity(StrEnum):
    """What all rules say together."""

    VALID = "valid"
    INVALID = "invalid"
    OPEN = "open"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule with what is missing to answer it.

    Attributes
    ----------
    key : str
        management, activity, members or mix.
    outcome : Outcome
        What the known facts say.
    missing : tuple of str
        Names of fields of `Profile` that are unknown and could decide it; empty unless unknown.
    """

    key: str
    outcome: Outcome
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Validation:
    """The four rules, the result, and on which rule set it rests."""

    rules: tuple[RuleResult, ...]
    result: Validity
    programme: str = ""
    rule_set: RuleSet = RULE_SET

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing over all rules, each field once."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.missing))


def validate(profile: Profile, *, today: date) -> Validation:
    """Test the four rules.

    Parameters
    ----------
    profile : Profile
        What is known.
    today : date
        The day from which the age of the last activity counts.

    Returns
    -------
    Validation
        Waived where a programme recognises it and is named; else a failed rule beats an unknown
        one, and an unknown one a passed one. The four rules are shown in any case.

    Examples
    --------
    >>> found = validate(Profile(staff_fte=0.4), today=date(2026, 1, 1))
    >>> found.result.value, found.rules[0].outcome.value
    ('invalid', 'fail')
    """
    rules = (
        _management(profile),
        _activity(profile, today),
        _members(profile),
        _mix(profile),
    )
    if profile.is_recognised and profile.programme:
        return Validation(rules, Validity.WAIVED, profile.programme)
    return Validation(rules, _together(rules))


def _together(rules: Sequence[RuleResult]) -> Validity:
    outcomes = {rule.outcome for rule in rules}
    if Outcome.FAIL in outcomes:
        return Validity.INVALID
    return Validity.OPEN if Outcome.UNKNOWN in outcomes else Validity.VALID


def _management(profile: Profile) -> RuleResult:
    fte = profile.staff_fte
    return _rule("management", ["staff_fte"], answer=None if fte is None else fte >= MIN_FTE)


def _activity(profile: Profile, today: date) -> RuleResult:
    last = profile.last_activity_on
    active = None if last is None else today - last <= ACTIVE_WITHIN
    page = profile.has_english_page
    missing = [
        name
        for name, value in (("has_english_page", page), ("last_activity_on", active))
        if value is None
    ]
    return _rule("activity", missing, answer=_all([page, active]))


def _members(profile: Profile) -> RuleResult:
    counts = profile.counts
    known = sum(count for count in counts.values() if count is not None)
    unknown = [name for name, count in counts.items() if count is None]
    if known >= MIN_MEMBERS:
        return _rule("members", answer=True)
    return _rule("members", unknown, answer=None if unknown else False)


def _mix(profile: Profile) -> RuleResult:
    """At least two types; and a public body, or visible work with public bodies."""
    counts = profile.counts
    has = {name: None if n is None else n > 0 for name, n in counts.items()}
    # Firms of any size are one type.
    types = [_any([has["sme"], has["large"]])]
    types += [has[name] for name in ("research", "public", "civil", "other")]
    several = _at_least(types, MIN_TYPES)
    with_public = _any([has["public"], profile.public_cooperation])
    missing = [name for name, n in counts.items() if n is None] if several is None else []
    if with_public is None:
        missing += _missing_public(profile)
    return _rule("mix", dict.fromkeys(missing), answer=_all([several, with_public]))


def _missing_public(profile: Profile) -> list[str]:
    names = ["public"] if profile.public is None else []
    return [*names, "public_cooperation"] if profile.public_cooperation is None else names


def _rule(key: str, missing: Iterable[str] = (), *, answer: bool | None) -> RuleResult:
    if answer is None:
        return RuleResult(key, Outcome.UNKNOWN, tuple(missing))
    return RuleResult(key, Outcome.PASS if answer else Outcome.FAIL)


# --- Kleene's strong logic: None is unknown -------------------------------------------------------


def _all(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _any(answers: Sequence[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _at_least(answers: Sequence[bool | None], wanted: int) -> bool | None:
    sure, possible = answers.count(True), answers.count(True) + answers.count(None)
    if sure >= wanted:
        return True
    return None if possible >= wanted else False

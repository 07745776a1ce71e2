"""What is known of a cluster organisation and what follows: labels, freshness, the rules."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone

from alpclusters.platform.actors.domain.completeness import Completeness, filled_fields, score
from alpclusters.platform.actors.models import ClusterOrganisation

# --- What is known of a cluster organisation, as plain values: the input of all that judges it


# Types that rule 3 counts; start-ups are among the small and medium-sized firms.
MEMBER_TYPES: Final = ("sme", "large", "research", "public", "civil", "other")


@dataclass(frozen=True, slots=True)
class Term:
    """The period of one label; `None` where the source does not say."""

    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile at one moment.

    Attributes
    ----------
    staff_fte : float or None
        Staff of the management in full-time equivalents.
    has_english_page : bool or None
        Whether the website has an English version.
    last_activity_on : date or None
        The last visible activity.
    sme, large, research, public, civil, other : int or None
        Members by type.
    public_cooperation : bool or None
        Whether it works visibly with public bodies.
    is_recognised : bool or None
        Whether a cluster programme recognises it officially.
    programme : str, default ""
        The name of that programme.
    confirmed_on : date or None
        When its manager last said that everything is right.
    terms : sequence of Term
        The periods of its labels.
    filled : frozenset of str
        Names of required fields (`completeness.REQUIRED`) that are filled.
    """

    staff_fte: float | None = None
    has_english_page: bool | None = None
    last_activity_on: date | None = None
    sme: int | None = None
    large: int | None = None
    research: int | None = None
    public: int | None = None
    civil: int | None = None
    other: int | None = None
    public_cooperation: bool | None = None
    is_recognised: bool | None = None
    programme: str = ""
    confirmed_on: date | None = None
    terms: Sequence[Term] = ()
    filled: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int | None]:
        """Members by type, in the order of `MEMBER_TYPES`."""
        return {name: getattr(self, name) for name in MEMBER_TYPES}


def profile_of(cluster: Any, terms: Sequence[Term], filled: frozenset[str]) -> Profile:
    """Read the row of a cluster organisation into plain values."""
    fte = cluster.staff_fte
    return Profile(
        staff_fte=None if fte is None else float(fte),
        has_english_page=True if cluster.english_page else cluster.has_english_page,
        last_activity_on=cluster.last_activity_on,
        public_cooperation=cluster.public_cooperation,
        is_recognised=cluster.is_recognised,
        programme=cluster.programme,
        confirmed_on=cluster.confirmed_on,
        terms=terms,
        filled=filled,
        **{name: getattr(cluster, f"n_{name}") for name in MEMBER_TYPES},
    )


# --- Labels of cluster organisations: how long they are valid -------------------------------------
#
# Periods and sources: docs/methods/profiles.md. The level is no order over time: a gold label may
# be followed by a bronze one.


# First validity of bronze and silver as the source says it; of gold from one holder's timeline.
FIRST_YEARS: Final = 2
_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29


class LabelState(StrEnum):
    """What a label is worth today."""

    VALID = "valid"
    IN_GRACE = "in_grace"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


def label_state(term: Term, *, today: date) -> LabelState:
    """Return whether a label is valid, may still be renewed (one year), or has expired.

    Examples
    --------
    >>> label_state(Term(None, date(2026, 5, 31)), today=date(2026, 6, 1)).value
    'in_grace'
    """
    if term.valid_from and today < term.valid_from:
        return LabelState.NOT_YET
    if term.valid_to is None:
        return LabelState.UNKNOWN
    if today <= term.valid_to:
        return LabelState.VALID
    return LabelState.IN_GRACE if today <= years_after(term.valid_to, 1) else LabelState.EXPIRED


def has_valid_label(terms: Iterable[Term], *, today: date) -> bool:
    """Say whether one of the labels is valid today; one in grace is not."""
    return any(label_state(term, today=today) is LabelState.VALID for term in terms)


def proposed_term(awarded_on: date, *, years: int = FIRST_YEARS) -> Term:
    """Return the period that follows from an award: whole months.

    Examples
    --------
    >>> proposed_term(date(2026, 5, 17)).valid_to.isoformat()
    '2028-04-30'
    """
    begin = awarded_on.replace(day=1)
    return Term(begin, begin.replace(year=begin.year + years) - timedelta(days=1))


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; the leap day becomes the last of February."""
    year = day.year + years
    if (day.month, day.day) == (_FEBRUARY, _LEAP_DAY) and not calendar.isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


# --- How long ago somebody said that a profile is right -------------------------------------------


FRESH_WITHIN: Final = timedelta(days=365)
AGEING_WITHIN: Final = timedelta(days=730)


class Freshness(StrEnum):
    """Age of the last confirmation."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    NEVER = "never"


def freshness(confirmed_on: date | None, *, today: date) -> Freshness:
    """Return how fresh a profile is; limits are inclusive.

    A stale profile, or one that was never confirmed, stays in the directory with a mark and is
    left out of counts called "active".

    Examples
    --------
    >>> freshness(date(2025, 1, 1), today=date(2026, 1, 1)).value
    'fresh'
    """
    if confirmed_on is None:
        return Freshness.NEVER
    age = today - confirmed_on
    if age <= FRESH_WITHIN:
        return Freshness.FRESH
    return Freshness.AGEING if age <= AGEING_WITHIN else Freshness.STALE


def is_active(confirmed_on: date | None, *, today: date) -> bool:
    """Say whether a profile is in counts called "active"."""
    return freshness(confirmed_on, today=today) in {Freshness.FRESH, Freshness.AGEING}


# --- The four rules of the European Cluster Collaboration Platform, with three answers each -------
#
# Formula, limits and what could not be read in the source: docs/methods/profiles.md.


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


# --- Store what follows from a profile on its row, so that lists can filter and sort by it --------


COMPUTED = ("completeness", "validity", "has_valid_label", "computed_on")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from a profile on one day."""

    profile: Profile
    validation: Validation
    completeness: Completeness
    freshness: Freshness
    has_valid_label: bool


def read_profile(cluster: ClusterOrganisation) -> Profile:
    """Return a row with its labels as plain values; reads labels as they were prefetched."""
    terms = [] if cluster.pk is None else [_term(label) for label in cluster.labels.all()]
    return profile_of(cluster, terms, filled_fields(cluster, has_label=bool(terms)))


def judge(cluster: ClusterOrganisation, *, today: date | None = None) -> Judgement:
    """Say what follows from a profile."""
    day = today or timezone.localdate()
    profile = read_profile(cluster)
    return Judgement(
        profile=profile,
        validation=validate(profile, today=day),
        completeness=score(profile.filled),
        freshness=freshness(profile.confirmed_on, today=day),
        has_valid_label=has_valid_label(profile.terms, today=day),
    )


def set_computed(cluster: ClusterOrganisation, *, today: date | None = None) -> bool:
    """Write what follows from a profile into the row without saving it; say if it differs."""
    day = today or timezone.localdate()
    found = judge(cluster, today=day)
    new = (found.completeness.score, found.validation.result.value, found.has_valid_label)
    old = (cluster.completeness, cluster.validity, cluster.has_valid_label)
    cluster.completeness, cluster.validity, cluster.has_valid_label = new
    cluster.computed_on = day
    return new != old


def store_computed(cluster: ClusterOrganisation, *, today: date | None = None) -> None:
    """Compute and store on the row; this is no change of the profile and makes no version."""
    set_computed(cluster, today=today)
    values = {name: getattr(cluster, name) for name in COMPUTED}
    ClusterOrganisation.objects.filter(pk=cluster.pk).update(**values)


def recompute(
    clusters: Iterable[ClusterOrganisation] | None = None, *, today: date | None = None
) -> list[int]:
    """Compute again what depends on the day; return the organisations where it changed."""
    if clusters is None:
        every = ClusterOrganisation.objects.select_related("organisation")
        clusters = every.prefetch_related("labels").order_by("pk")
    rows = list(clusters)
    changed = [row.organisation_id for row in rows if set_computed(row, today=today)]
    ClusterOrganisation.objects.bulk_update(rows, COMPUTED, batch_size=BATCH)
    return changed


def _term(label: object) -> Term:
    return Term(label.valid_from, label.valid_to)  # type: ignore[attr-defined]

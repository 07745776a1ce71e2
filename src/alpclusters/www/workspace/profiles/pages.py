"""What the pages of a profile show, ready to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.completeness import Completeness
from alpclusters.platform.actors.domain.judging import judge
from alpclusters.platform.actors.domain.labels import label_state
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.profiles import Term
from alpclusters.platform.actors.domain.staleness import freshness
from alpclusters.platform.actors.domain.validation import RuleResult, Validation
from alpclusters.platform.actors.models import Claim, ClusterLabel, ClusterOrganisation
from alpclusters.platform.actors.rules import in_care_of, is_coordinator, kept_by, visible_to
from alpclusters.www.site.profile_words import (
    FRESHNESS,
    LABEL_STATES,
    OUTCOMES,
    RESULTS,
    RULES,
    WHY,
    name_of,
    points,
)
from alpclusters.www.workspace.profiles.parts import PARTS, Part, part_of

MOST_FOUND = 30


@dataclass(frozen=True)
class Sign:
    """A word with its badge."""

    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class Missing:
    """A fact that is missing, and where it is filled in."""

    name: str
    url: str


@dataclass(frozen=True)
class RuleRow:
    """One validation rule."""

    text: Any
    sign: Sign
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Next:
    """The next most useful field."""

    name: str
    why: Any
    points: str
    url: str


@dataclass(frozen=True)
class PartRow:
    """A part with how much of it is filled."""

    part: Part
    url: str
    n_filled: int
    n_required: int


@dataclass(frozen=True)
class Overview:
    """The page on which a manager begins."""

    cluster: ClusterOrganisation
    completeness: int
    next: Next | None
    parts: Sequence[PartRow]
    rules: Sequence[RuleRow]
    result: Sign
    validation: Validation
    freshness: Sign


def read_overview(cluster: ClusterOrganisation) -> Overview:
    """Judge a profile and say what comes next."""
    found = judge(cluster)
    slug = cluster.slug
    return Overview(
        cluster=cluster,
        completeness=found.completeness.score,
        next=_next(found.completeness, slug),
        parts=[_part(part, slug, found.profile.filled) for part in PARTS],
        rules=[_rule(rule, slug) for rule in found.validation.rules],
        result=Sign(*RESULTS[found.validation.result.value]),
        validation=found.validation,
        freshness=Sign(*FRESHNESS[found.freshness.value]),
    )


def _next(completeness: Completeness, slug: str) -> Next | None:
    if not completeness.field:
        return None
    part = part_of(completeness.field)
    return Next(
        name=name_of(completeness.field),
        why=WHY[completeness.group],
        points=points(completeness.gain),
        url=part.url(slug) if part else "#confirm",
    )


def _part(part: Part, slug: str, filled: frozenset[str]) -> PartRow:
    n_filled = len(filled.intersection(part.required))
    return PartRow(part, part.url(slug), n_filled, len(part.required))


def _rule(rule: RuleResult, slug: str) -> RuleRow:
    missing = []
    for field in rule.missing:
        part = part_of(field)
        missing.append(Missing(name_of(field), part.url(slug) if part else ""))
    return RuleRow(RULES[rule.key], Sign(*OUTCOMES[rule.outcome.value]), missing)


@dataclass(frozen=True)
class LabelRow:
    """A label with what it is worth today."""

    label: ClusterLabel
    name: str
    sign: Sign


def read_labels(cluster: ClusterOrganisation, *, today: date | None = None) -> list[LabelRow]:
    """Return the labels of a profile, newest first."""
    day = today or timezone.localdate()
    return [_label(label, day) for label in cluster.labels.all()]


def _label(label: ClusterLabel, today: date) -> LabelRow:
    language = get_language()
    scheme = choice_label("label_scheme", label.scheme, language)
    level = choice_label("label_level", label.level, language)
    state = label_state(Term(label.valid_from, label.valid_to), today=today)
    name = f"{scheme}: {level}" if label.level else scheme
    return LabelRow(label, name, Sign(*LABEL_STATES[state.value]))


@dataclass(frozen=True)
class ProfileRow:
    """A profile in a list."""

    cluster: ClusterOrganisation
    freshness: Sign


@dataclass(frozen=True)
class Profiles:
    """What a person keeps, asked for, coordinates and finds."""

    kept: Sequence[ProfileRow]
    asked: Sequence[Claim]
    in_care: Sequence[ProfileRow]
    n_in_care: int
    found: Sequence[ClusterOrganisation]
    query: str
    n_claims: int
    may_add: bool
    coordinates: bool


def read_profiles(user: User, query: str) -> Profiles:
    """Read the lists of the start page in a fixed number of queries."""
    coordinates = bool(is_coordinator(user))
    care = in_care_of(user)
    claims = Claim.objects.filter(user=user).exclude(state=Claim.State.APPROVED)
    waiting = Claim.objects.filter(state=Claim.State.PENDING)
    return Profiles(
        kept=_rows(kept_by(user)),
        asked=list(claims.select_related("cluster__organisation")[:MOST_FOUND]),
        in_care=_rows(care.order_by("-organisation__changed_at", "pk")) if coordinates else [],
        n_in_care=care.count() if coordinates else 0,
        found=_found(user, query),
        query=query,
        n_claims=waiting.filter(cluster__in=care).count() if coordinates else 0,
        may_add=user.has_perm("actors.add_cluster"),
        coordinates=coordinates,
    )


def _rows(clusters: Any) -> list[ProfileRow]:
    today = timezone.localdate()
    rows = clusters.select_related("organisation")[:MOST_FOUND]
    return [
        ProfileRow(row, Sign(*FRESHNESS[freshness(row.confirmed_on, today=today).value]))
        for row in rows
    ]


def _found(user: User, query: str) -> list[ClusterOrganisation]:
    if not query:
        return []
    named = visible_to(user).filter(organisation__name__icontains=query)
    return list(named.select_related("organisation__region")[:MOST_FOUND])

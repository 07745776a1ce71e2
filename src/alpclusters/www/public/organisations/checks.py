"""What follows from a profile: the four rules, how complete it is, how fresh, its labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.judging import judge
from alpclusters.platform.actors.domain.labels import label_state
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.profiles import Term
from alpclusters.platform.actors.domain.validation import RuleResult
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation
from alpclusters.www.components.outside_links import outside_link
from alpclusters.www.public.organisations.facts import day
from alpclusters.www.site.profile_words import (
    FRESHNESS,
    LABEL_STATES,
    OUTCOMES,
    RESULTS,
    RULES,
    name_of,
)


@dataclass(frozen=True)
class Mark:
    """A badge with its words."""

    tone: str
    icon: str
    text: str


@dataclass(frozen=True)
class RuleView:
    """One rule: what it asks, whether it is met, what is missing to say so."""

    text: str
    mark: Mark
    missing: str


@dataclass(frozen=True)
class LabelView:
    """One label with its period."""

    name: str
    mark: Mark
    period: str
    score: str
    certificate: str
    source: str


@dataclass(frozen=True)
class ChecksView:
    """All that follows from a profile."""

    result: Mark
    programme: str
    rules: Sequence[RuleView]
    checked_on: date
    version: str
    is_complete: bool
    completeness: int
    most_useful: str
    freshness: Mark


def read_checks(profile: ClusterOrganisation, today: date) -> ChecksView:
    """Judge a profile as it is today."""
    found = judge(profile, today=today)
    rule_set = found.validation.rule_set
    next_field = found.completeness.field
    return ChecksView(
        result=_mark(RESULTS[found.validation.result]),
        programme=found.validation.programme,
        rules=[_rule(rule) for rule in found.validation.rules],
        checked_on=rule_set.checked_on,
        version=rule_set.version,
        is_complete=rule_set.is_complete,
        completeness=found.completeness.score,
        most_useful=name_of(next_field) if next_field else "",
        freshness=_mark(FRESHNESS[found.freshness]),
    )


def read_labels(profile: ClusterOrganisation, today: date) -> list[LabelView]:
    """Return the labels with what they are worth today, the newest first."""
    return [_label(label, today) for label in profile.labels.all()]


def _rule(rule: RuleResult) -> RuleView:
    missing = ", ".join(map(name_of, rule.missing))
    return RuleView(str(RULES[rule.key]), _mark(OUTCOMES[rule.outcome]), missing)


def _label(label: ClusterLabel, today: date) -> LabelView:
    language = get_language()
    scheme = choice_label("label_scheme", label.scheme, language)
    level = choice_label("label_level", label.level, language)
    state = label_state(Term(label.valid_from, label.valid_to), today=today)
    return LabelView(
        name=f"{scheme}: {level}",
        mark=_mark(LABEL_STATES[state]),
        period=_period(label),
        score="" if label.score is None else f"{label.score.normalize():f}",
        certificate=outside_link(label.certificate_url),
        source=label.source,
    )


def _period(label: ClusterLabel) -> str:
    if label.valid_from and label.valid_to:
        words = {"from": day(label.valid_from), "to": day(label.valid_to)}
        return _("%(from)s to %(to)s") % words
    if label.valid_to:
        return _("valid until %(date)s") % {"date": day(label.valid_to)}
    return ""


def _mark(parts: tuple[Any, str, str]) -> Mark:
    text, icon, tone = parts
    return Mark(tone, icon, str(text))

"""What follows from a profile: rules, how complete and fresh it is; who changed what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.editing import Version, versions
from alpclusters.platform.actors.domain.judging import RuleResult, Term, judge, label_state
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.models import Claim, ClusterLabel, ClusterOrganisation
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.www.components.marked_text import outside_link
from alpclusters.www.public.organisations.facts import day
from alpclusters.www.site.profile_words import (
    FRESHNESS,
    LABEL_STATES,
    OUTCOMES,
    RESULTS,
    RULES,
    language_of,
    name_of,
    stem_of,
)

# --- What follows from a profile: the four rules, how complete it is, how fresh, its labels -------


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


# --- Who changed what in public: roles, never names -----------------------------------------------


MOST: Final = 10
MOST_FIELDS: Final = 6

type Key = tuple[str, int]


@dataclass(frozen=True)
class ChangeView:
    """One change: the day, who as a role, what."""

    day: date
    who: str
    what: str


def read_changes(profile: ClusterOrganisation) -> list[ChangeView]:
    """Return the newest changes of a profile that people or sources made."""
    told = [v for v in versions(profile) if v.changes or v.event != "~"][:MOST]
    people = _people(profile, told)
    roles = _roles(profile, people.values())
    views = (
        ChangeView(
            day=timezone.localtime(version.made_at).date(),
            who=_who(version, people, roles),
            what=_what(version),
        )
        for version in told
    )
    # The body and its profile are made in one go: one line.
    return list(dict.fromkeys(views))


def _who(version: Version, people: Mapping[Key, int], roles: Mapping[int, str]) -> str:
    person = people.get((version.kind, version.number))
    if person is None:
        return _("a source, taken over by the program")
    return roles.get(person, _("a person with an account"))


def _what(version: Version) -> str:
    if version.kind == "label":
        return {
            "+": _("Label added"),
            "-": _("Label taken away"),
        }.get(version.event, _("Label changed"))
    if version.event == "+":
        return _("Entry made")
    if version.reason.startswith(("merge:", "unmerge:")):
        return _("Duplicate entries joined or parted")
    return _listed(_fields([change.field for change in version.changes]))


def _fields(names: Sequence[str]) -> list[str]:
    """Name fields; a text that changed in several languages stands there once."""
    stems = Counter(stem_of(name) for name in names)
    told = (_field(name, alone=stems[stem_of(name)] == 1) for name in names)
    return list(dict.fromkeys(told))


def _field(name: str, *, alone: bool) -> str:
    code = language_of(name)
    label = name_of(name)
    return f"{label}, {dict(LANGUAGES)[code]}" if code and alone else label


def _listed(labels: Sequence[str]) -> str:
    text = ", ".join(labels[:MOST_FIELDS])
    n = len(labels) - MOST_FIELDS
    if n <= 0:
        return text
    more = ngettext("%(fields)s and %(n)s more field", "%(fields)s and %(n)s more fields", n)
    return more % {"fields": text, "n": n}


def _people(profile: ClusterOrganisation, told: Sequence[Version]) -> dict[Key, int]:
    """Return who made each version; the versions themselves say it in names."""
    found: dict[Key, int] = {}
    records = {
        "organisation": history_of(profile.organisation),
        "profile": history_of(profile),
        "label": history_of(ClusterLabel).filter(cluster_id=profile.pk),
    }
    for kind in dict.fromkeys(version.kind for version in told):
        numbers = [version.number for version in told if version.kind == kind]
        rows = records[kind].filter(history_id__in=numbers, history_user__isnull=False)
        pairs = rows.order_by("history_id").values_list("history_id", "history_user")
        found |= {(kind, number): person for number, person in pairs}
    return found


def _roles(profile: ClusterOrganisation, people: Iterable[int]) -> dict[int, str]:
    """Return each person's role towards the profile: its manager, or the highest role."""
    wanted = set(people)
    if not wanted:
        return {}
    labels = {Role.ADMINISTRATOR: _("administrator"), Role.PARTNER_COORDINATOR: _("coordinator")}
    rows = RoleAssignment.objects.filter(user__in=wanted).order_by("pk")
    found: dict[int, str] = {}
    for person, role in rows.values_list("user", "role"):
        if role in labels:
            found[person] = labels[Role(role)]
    approved = Claim.objects.filter(
        cluster=profile, user__in=wanted, state=Claim.State.APPROVED
    ).order_by("pk")
    keepers = dict.fromkeys(approved.values_list("user", flat=True), _("manager of the profile"))
    return found | keepers

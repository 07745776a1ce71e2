"""A recommendation in a list: code, title, state, level, strength; and the filters of lists."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.policy.domain.strengths.computing import ShownStrength
from alpclusters.platform.policy.models import Level, Recommendation
from alpclusters.www.components.parts import Chip, Facet, FacetOption
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.recommendations.strength import StrengthBadge, badge_of

FILTERS: Final = {
    "state": (_("State"), Recommendation.State.choices),
    "level": (_("Level"), Level.choices),
    "strength": (_("Strength"), Recommendation.Strength.choices),
}
TONES: Final = {
    "draft": ("pencil", ""),
    "in_consultation": ("users", "info"),
    "revised": ("pencil", ""),
    "adopted": ("check", "good"),
    "rejected": ("x", "bad"),
    "published": ("check", "good"),
    "superseded": ("clock", ""),
    "withdrawn": ("undo-2", "warn"),
}

type Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class StateBadge:
    """The state in a word with its shape."""

    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class RecommendationCard:
    """One line of a list."""

    pk: int
    code: str
    title: Said
    text: Said
    url: str
    state: StateBadge
    level: Any
    strength: StrengthBadge
    is_overridden: bool
    addressee: str
    findings: Sequence[str]
    actions: Sequence[str]
    project: str
    is_simulated: bool


def state_badge(recommendation: Recommendation) -> StateBadge:
    """Return the state with its shape."""
    icon, tone = TONES[recommendation.state]
    return StateBadge(recommendation.get_state_display(), icon, tone)


def card_of(
    one: Recommendation, shown: ShownStrength, page: str, actions: Sequence[str] = ()
) -> RecommendationCard:
    """Put a recommendation into a card that leads to its page."""
    return RecommendationCard(
        pk=one.pk,
        code=one.code,
        title=said(one, "title"),
        text=said(one, "text"),
        url=reverse(page, args=[one.pk]),
        state=state_badge(one),
        level=one.get_level_display(),
        strength=badge_of(shown.shown),
        is_overridden=bool(shown.override),
        addressee=one.addressee,
        findings=[finding.code for finding in one.findings.all()],
        actions=actions,
        project=one.project.acronym,
        is_simulated=one.project.is_simulated,
    )


def read_chosen(data: QueryDict) -> Chosen:
    """Read the filters; values that do not exist are left out."""
    return {
        name: frozenset(v for v in data.getlist(name) if v in dict(choices))
        for name, (_label, choices) in FILTERS.items()
    }


def value_of(one: Recommendation, name: str, strengths: Mapping[int, ShownStrength]) -> str:
    """Return what a recommendation counts as in a filter."""
    return strengths[one.pk].shown if name == "strength" else str(getattr(one, name))


def fits(
    one: Recommendation,
    chosen: Chosen,
    strengths: Mapping[int, ShownStrength],
    *,
    but: str = "",
) -> bool:
    """Say whether a recommendation passes all filters, or all but one."""
    return all(
        not values or value_of(one, name, strengths) in values
        for name, values in chosen.items()
        if name != but
    )


def facets_of(
    rows: Collection[Recommendation], chosen: Chosen, strengths: Mapping[int, ShownStrength]
) -> list[Facet]:
    """Return the filters with the hits each value would leave."""
    found = []
    for name, (label, choices) in FILTERS.items():
        counts = Counter(
            value_of(one, name, strengths) for one in rows if fits(one, chosen, strengths, but=name)
        )
        present = {value_of(one, name, strengths) for one in rows} | chosen[name]
        options = [
            FacetOption(value, text, counts[value], value in chosen[name])
            for value, text in choices
            if value in present
        ]
        if len(options) > 1 or chosen[name]:
            found.append(Facet(name, label, options))
    return found


def chips_of(chosen: Chosen, address: Callable[[], str]) -> list[Chip]:
    """Return the chosen filters, each leading to the page without it."""
    names = {name: dict(choices) for name, (_label, choices) in FILTERS.items()}
    return [
        Chip(names[name][value], without(chosen, name, value, address()))
        for name, values in chosen.items()
        for value in sorted(values)
    ]


def without(chosen: Chosen, name: str, value: str, address: str) -> str:
    """Return the address of a list without one chosen value."""
    data = QueryDict(mutable=True)
    for other, values in chosen.items():
        data.setlist(other, sorted(values - ({value} if other == name else set())))
    query = data.urlencode()
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{query}"

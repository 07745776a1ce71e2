"""What became of a card or a rating, in words and with addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.models import Card
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.tracing.domain.outcomes import (
    CardOutcome,
    FindingOutcome,
    InsightOutcome,
)
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_n,
)


@dataclass(frozen=True)
class Linked:
    """A text with the page that tells more; without an address it stands alone."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class FindingView:
    """A finding and what rests on it."""

    finding: Linked
    recommendations: Sequence[Linked]
    actions: Sequence[Linked]


@dataclass(frozen=True)
class InsightView:
    """An insight and the findings it went into."""

    title: str
    language: str
    measure: Linked | None
    findings: Sequence[FindingView]


@dataclass(frozen=True)
class CardView:
    """A card with everything that became of it."""

    card: Card
    url: str
    insights: Sequence[InsightView]
    state: str

    @property
    def is_hidden(self) -> bool:
        """Say whether facilitators took it off the wall."""
        return bool(self.card.state == Card.State.HIDDEN)


def card_view(outcome: CardOutcome) -> CardView:
    """Return a card as its page shows it."""
    card = outcome.card
    return CardView(
        card=card,
        url=reverse("public:card_trail", args=[card.cafe_id, card.public_id]),
        insights=[_insight(found) for found in outcome.insights],
        state=_state(outcome),
    )


def finding_view(outcome: FindingOutcome) -> FindingView:
    """Return a finding with recommendations and actions."""
    finding = outcome.finding
    rated: Any = finding  # both: a card shows findings from ratings only
    return FindingView(
        finding=Linked(
            f"{finding.code}: {rated.measure.name}, {rated.criterion.name}",
            _finding_address(finding),
            _figures(finding),
        ),
        recommendations=[
            Linked(f"{r.code} {r.title}", reverse("public:recommendation", args=[r.pk]))
            for r in outcome.recommendations
        ],
        actions=[
            Linked(f"{a.code} {a.title}", reverse("public:plan-action", args=[a.plan.slug, a.code]))
            for a in outcome.actions
        ],
    )


def _insight(outcome: InsightOutcome) -> InsightView:
    insight = outcome.insight
    measure = insight.measure
    return InsightView(
        title=insight.title,
        language=insight.language,
        measure=Linked(measure.name, reverse("public:measure", args=[measure.key]))
        if measure
        else None,
        findings=[finding_view(found) for found in outcome.findings],
    )


def _state(outcome: CardOutcome) -> str:
    """Say in a few words how far a card came."""
    words = (
        _("noted; part of no insight yet"),
        _("part of an insight"),
        _("behind a finding"),
        _("behind a recommendation"),
        _("behind an action"),
    )
    return words[outcome.n_steps]


def _finding_address(finding: Any) -> str:
    if finding.snapshot.released_at is None:
        return ""
    return reverse("public:evaluation", args=[finding.snapshot_id])


def _figures(finding: Any) -> str:
    """Give estimate, interval and n: a number never stands bare."""
    language = nearest_language(get_language())
    if finding.estimate is None:
        return format_n(finding.n, language)
    scale = finding.criterion.scale if finding.criterion else None
    value = format_figure(finding.estimate, scale, language)
    if finding.low is None or finding.high is None:
        return f"{value}, {format_n(finding.n, language)}"
    ends = format_figures(finding.low, finding.high, scale, language)
    return f"{value} ({ends}), {format_n(finding.n, language)}"

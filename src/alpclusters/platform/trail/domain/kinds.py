"""Which ties there are, in the order of the argument; everything else is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.apps import apps
from django.db.models import Model

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.trail.models import Edge


class Thing(StrEnum):
    """What a tie can join, named as the model is."""

    DOCUMENT = "document"
    ACTIVITY = "activity"
    LESSON = "lesson"
    MEASURE = "measure"
    ALPCAFE = "alpcafe"
    CARD = "card"
    INSIGHT = "insight"
    SNAPSHOT = "snapshot"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    NETWORK = "networksnapshot"
    MIX = "mixrun"
    CONSULTATION = "consultation"
    FUNDING_LINE = "fundingline"
    INDICATOR = "indicator"
    VALUE = "indicatorvalue"


# Evidence is tied by its own tables (tracing/domain/evidence.py), money and values by theirs
# (tracing/domain/money_values.py). Cards, insights, pictures of the network, funding mixes and
# consultations join the way at the findings.
_BESIDE: Final[frozenset[Thing]] = frozenset(
    {Thing.CARD, Thing.INSIGHT, Thing.NETWORK, Thing.MIX, Thing.CONSULTATION}
)
CHAIN: Final[tuple[Thing, ...]] = tuple(thing for thing in Thing if thing not in _BESIDE)
# A finding is stated by what it was read from: a snapshot, or one of the others.
STATING: Final[tuple[Thing, ...]] = (
    Thing.SNAPSHOT,
    Thing.LESSON,
    Thing.NETWORK,
    Thing.MIX,
    Thing.CONSULTATION,
)
ENDS: Final[Mapping[str, tuple[tuple[Thing, Thing], ...]]] = {
    Edge.Kind.SHOWN_AS: ((Thing.MEASURE, Thing.ALPCAFE),),
    Edge.Kind.GATHERED_IN: ((Thing.CARD, Thing.INSIGHT),),
    Edge.Kind.INFORMS: ((Thing.INSIGHT, Thing.FINDING),),
    Edge.Kind.RATES: ((Thing.ALPCAFE, Thing.SNAPSHOT),),
    Edge.Kind.STATES: tuple((thing, Thing.FINDING) for thing in STATING),
    Edge.Kind.GROUNDS: ((Thing.FINDING, Thing.RECOMMENDATION),),
    Edge.Kind.CARRIED_BY: ((Thing.RECOMMENDATION, Thing.ACTION),),
}


_MODELS: Final[Mapping[Thing, str]] = {
    Thing.DOCUMENT: "evidence.Document",
    Thing.ACTIVITY: "evidence.Activity",
    Thing.LESSON: "evidence.Lesson",
    Thing.MEASURE: "measures.Measure",
    Thing.ALPCAFE: "cafe.AlpCafe",
    Thing.CARD: "cafe.Card",
    Thing.INSIGHT: "cafe.Insight",
    Thing.SNAPSHOT: "evaluation.Snapshot",
    Thing.FINDING: "policy.Finding",
    Thing.RECOMMENDATION: "policy.Recommendation",
    Thing.ACTION: "policy.Action",
    Thing.NETWORK: "network.NetworkSnapshot",
    Thing.MIX: "funding.MixRun",
    Thing.CONSULTATION: "policy.Consultation",
    Thing.FUNDING_LINE: "policy.FundingLine",
    Thing.INDICATOR: "policy.Indicator",
    Thing.VALUE: "policy.IndicatorValue",
}


class TieRefusedError(InputError):
    """A tie that the table of kinds does not know."""


def model_of(thing: Thing) -> type[Model]:
    """Return the model whose rows are things of a kind."""
    return apps.get_model(_MODELS[thing])


def thing_of(obj: Model) -> Thing:
    """Return the name under which an object takes part in the trail."""
    name = obj._meta.model_name or ""
    if name not in set(Thing):
        code = "trail.not_a_station"
        raise TieRefusedError(code, where=Where(argument="obj"), found=name)
    return Thing(name)


def checked_ends(kind: str, source: Model, target: Model) -> tuple[Thing, Thing]:
    """Return the names of both ends, or refuse the tie."""
    ends = (thing_of(source), thing_of(target))
    allowed = ENDS.get(kind, ())
    if ends not in allowed:
        code = "trail.tie_refused"
        raise TieRefusedError(
            code,
            where=Where(argument="kind"),
            found=f"{ends[0]} {kind} {ends[1]}",
            expected=", ".join(" -> ".join(pair) for pair in allowed) or ", ".join(ENDS),
        )
    return ends

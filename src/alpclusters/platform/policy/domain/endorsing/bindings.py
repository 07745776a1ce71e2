"""Which text a body is asked about and endorses: its version, since when it stands, its hash.

Bodies are asked about a text that nobody rewrites any more: a published plan; a recommendation that
is adopted or published, or frozen for a consultation that is open. What a body said stays bound to
it: a text that changed later was never endorsed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alpclusters.analysis.errors import StateError
from alpclusters.platform.evaluation.domain.storage import digest_of
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.consulting.steps import freeze
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION, plain
from alpclusters.platform.policy.domain.records.plans import record_of, text_digest_of, today_of
from alpclusters.platform.policy.domain.states import DECIDED
from alpclusters.platform.policy.models import (
    ActionPlan,
    Consultation,
    Endorsement,
    Recommendation,
)

TEXT_OPEN = "endorsement.text_open"


@dataclass(frozen=True, slots=True)
class BoundText:
    """A text as it stands: the number of its version, the day since which, the hash."""

    version: int
    text_on: date
    text_digest: str


def thing_of(row: Endorsement) -> Recommendation | ActionPlan:
    """Return what an endorsement is about."""
    thing = row.plan or row.recommendation
    if thing is None:  # the database refuses it (endorsement_of_one_thing)
        raise StateError(TEXT_OPEN)
    return thing


def askable_text(thing: Recommendation | ActionPlan, *, now: datetime) -> BoundText:
    """Return the text a body can be asked about.

    Raises
    ------
    StateError
        It is neither published nor frozen (``endorsement.text_open``): it may still change.
    """
    found = (
        _of_plan(thing, now) if isinstance(thing, ActionPlan) else _of_recommendation(thing, now)
    )
    if found is None:
        raise StateError(TEXT_OPEN, found=thing.state)
    return found


def is_askable(thing: Recommendation | ActionPlan) -> bool:
    """Say whether the text is published or frozen."""
    if isinstance(thing, ActionPlan):
        return thing.is_published
    return thing.state in DECIDED or _frozen_in(thing) is not None


def is_about_current_text(row: Endorsement, thing: Recommendation | ActionPlan) -> bool:
    """Say whether what a body was asked, or said, is about the text as it stands now.

    No query: a published plan keeps its text until it is taken back and its version goes on.
    """
    if isinstance(thing, ActionPlan):
        return row.plan_id == thing.pk and row.version == thing.version
    return row.text_digest != "" and row.text_digest == recommendation_digest(thing)


def recommendation_digest(recommendation: Any) -> str:
    """Return the SHA-256 of the texts of a recommendation in all languages."""
    names = input_names(RECOMMENDATION.texts)
    return digest_of({name: plain(read_input(recommendation, name)) for name in names})


def _of_plan(plan: ActionPlan, now: datetime) -> BoundText | None:
    record = record_of(plan, today=today_of(plan, now))
    if not plan.is_published or record.text_on is None:
        return None
    return BoundText(plan.version, record.text_on, text_digest_of(record))


def _of_recommendation(recommendation: Recommendation, now: datetime) -> BoundText | None:
    digest = recommendation_digest(recommendation)
    if recommendation.state in DECIDED:
        day = recommendation.decided_on or now.date()
        return BoundText(recommendation.version, day, digest)
    held = _frozen_in(recommendation)
    if held is None:
        return None
    version = int(held.versions.get(str(recommendation.pk), recommendation.version))
    return BoundText(version, held.opens_on or now.date(), digest)


def _frozen_in(recommendation: Recommendation) -> Consultation | None:
    """Return the open consultation that discusses the text as it stands now."""
    rows = recommendation.consultations.filter(state=Consultation.State.OPEN)
    key = str(recommendation.pk)
    return next((one for one in rows if one.texts.get(key) == freeze(recommendation)), None)

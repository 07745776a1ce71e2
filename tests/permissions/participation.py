"""Consultations, endorsements and joint approaches for the table of rights and the town."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from alpclusters.platform.policy.domain.approaches import (
    Aim,
    NextStep,
    Task,
    add_region,
    create_approach,
    record_step,
)
from alpclusters.platform.policy.domain.consulting.commenting import (
    Said,
    add_comment,
    invite,
    token_of,
)
from alpclusters.platform.policy.domain.consulting.steps import Wanted, create_consultation, freeze
from alpclusters.platform.policy.domain.endorsing import deciding
from alpclusters.platform.policy.domain.endorsing.deciding import token_of as endorsement_token
from alpclusters.platform.policy.models import ActionPlan, Consultation, Recommendation
from tests.factories.evaluation import NOW, in_five, make_region

DISTANT = date(2099, 12, 31)
REGIONS = ("AT32", "ITH1", "SI04")


def participation_things(
    recommendations: Sequence[Recommendation], plan: ActionPlan, n: int = 1
) -> dict[str, Any]:
    """Build open and planned consultations with comments, endorsements, approaches; n of each."""
    held = [_consultation(recommendations, state="open") for _ in range(n)]
    over = [_consultation(recommendations, state="published") for _ in range(n)]
    for one in over:
        _comments(one, n, state="accepted", answer="Done.")
    comments = _comments(held[0], n)
    emails = [f"ana{number}@example.si" for number in range(n)]
    invitation = invite(held[0], emails, language="sl")[0]
    asked = [_endorsements(thing, n) for thing in (recommendations[0], plan)]
    approaches = [_approach(recommendations, n) for _ in range(n)]
    return {
        "consultation": held[0],
        "over_consultation": over[0],
        "planned_consultation": _consultation(recommendations, state="planned"),
        "invited_consultation": SimpleNamespace(token=token_of(invitation)),
        "comment_link": SimpleNamespace(token=comments[0]),
        "endorsement_link": SimpleNamespace(token=endorsement_token(asked[0])),
        "approach": approaches[0],
    }


def _consultation(recommendations: Sequence[Recommendation], *, state: str) -> Consultation:
    project = recommendations[0].project
    texts = {**in_five("title", ["Consultation"] * 5), **in_five("introduction", ["Read."] * 5)}
    wanted = Wanted(texts, "public", date(2026, 1, 1), DISTANT, recommendations)
    made = create_consultation(project, wanted, by=None)
    if state != "planned":
        made.versions = {str(one.pk): one.version for one in recommendations}
        made.texts = {str(one.pk): freeze(one) for one in recommendations}
        made.state = state
        made.save()
    return made


def _comments(held: Consultation, n: int, **answer: str) -> list[str]:
    state, held.state = held.state, Consultation.State.OPEN
    held.save()
    pk = held.recommendations.order_by("pk").values_list("pk", flat=True)[0]
    said = Said(pk, "title", "en", 0, "Who pays for it?", "Timber Cluster")
    tokens = [add_comment(held, said, now=NOW)[1] for _ in range(n)]
    held.comments.update(**answer)
    held.state = state
    held.save()
    return tokens


def _endorsements(thing: Any, n: int) -> Any:
    """Ask bodies while the text is fixed; the thing is left as it was."""
    kept = {
        name: getattr(thing, name) for name in ("state", "published_at") if hasattr(thing, name)
    }
    fixed = {"state": "published", "published_at": NOW}
    _put(thing, {name: fixed[name] for name in kept})
    for number in range(n):
        body = deciding.Body(f"Body {number}", "AT", make_region(REGIONS[number]))
        said = deciding.Decision("endorsed", "yes", "Head of unit", date(2026, 1, 1))
        deciding.decide(deciding.ask_body(thing, body, by=None, now=NOW), said, by=None, now=NOW)
    for number in range(n):
        waiting = deciding.Body(f"Waiting {number}", "AT")
        last = deciding.ask_body(thing, waiting, by=None, now=NOW)
    _put(thing, kept)
    return last


def _put(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def _approach(recommendations: Sequence[Recommendation], n: int) -> Any:
    texts = {**in_five("title", ["Together"] * 5), **in_five("objective", ["One window."] * 5)}
    aim = Aim(texts, "Body", is_public=True, recommendations=recommendations)
    made = create_approach(recommendations[0].project, aim, by=None)
    for number in range(n):
        task = Task(make_region(REGIONS[number]), "Body", "A decree", DISTANT)
        step = NextStep("informed", date(2026, 1, 1))
        record_step(add_region(made, task), step, by=None, now=NOW)
    return made

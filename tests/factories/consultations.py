"""Consultations for tests."""

from datetime import date, timedelta
from typing import Any

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.consulting.commenting import Said, add_comment
from alpclusters.platform.policy.domain.consulting.steps import (
    Wanted,
    create_consultation,
    open_consultation,
)
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from tests.factories.evaluation import NOW, in_five
from tests.factories.policy import make_recommendations

ENDS = NOW.date() + timedelta(days=30)
PARAGRAPHS = "Regions share a test bench.\n\nStart-ups may use it for free."


def ready_recommendation(**changes: Any) -> Recommendation:
    """Return a recommendation that can go into consultation."""
    one = make_recommendations()[0]
    return make_ready(one, **changes)


def make_ready(one: Recommendation, **changes: Any) -> Recommendation:
    """Complete what a consultation needs of a recommendation."""
    values = {"addressee": "Region", **in_five("text", [PARAGRAPHS] * 5), **changes}
    for name, value in values.items():
        setattr(one, name, value)
    one.save()
    return one


def make_consultation(
    *recommendations: Recommendation,
    audience: str = "public",
    closes_on: date | None = date.max,
    is_open: bool = True,
    now: Any = NOW,
) -> Consultation:
    """Build a consultation, open by default; it ends 30 days later if no day is given."""
    if closes_on == date.max:
        closes_on = now.date() + timedelta(days=30)
    chosen = recommendations or (ready_recommendation(),)
    titles = [f"Consultation {code}" for code in LANGUAGE_CODES]
    wanted = Wanted(in_five("title", titles), audience, None, closes_on, chosen)
    made = create_consultation(chosen[0].project, wanted, by=None)
    return open_consultation(made, by=None, now=now) if is_open else made


def make_comment(
    consultation: Consultation, text: str = "Who pays for it?", *, now: Any = NOW, **changes: Any
) -> tuple[Comment, str]:
    """Comment on the second paragraph of the text."""
    pk = consultation.recommendations.order_by("pk").values_list("pk", flat=True)[0]
    values = {"recommendation": pk, "field": "text", "language": "en", "paragraph": 1}
    return add_comment(consultation, Said(**{**values, "text": text, **changes}), now=now)

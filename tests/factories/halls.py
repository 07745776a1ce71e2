"""An AlpCafé with a hall: rounds at tables, rating, top three, second rating."""

from datetime import datetime
from typing import Any

from alpclusters.platform.cafe.domain.events import open_cafe
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe, Entry, Phase, Question, Table
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import join_all, rate_all

VALUES = (5, 4, 4, 3, 2, 5, 4, 1) * 2


def make_hall(**changes: Any) -> AlpCafe:
    """Build an AlpCafé of two rounds in preparation, with two tables and its questions."""
    decisions = {k: changes.pop(k) for k in ("project", "region", "measures") if k in changes}
    cafe = make_draft(**decisions)
    values = {"in_hall": True, "n_rounds": 2, "has_second_rating": True, **changes}
    for name, value in values.items():
        setattr(cafe, name, value)
    cafe.cloud_x, cafe.cloud_y = list(cafe.criteria.order_by("pk"))[:2]
    cafe.save()
    for number in (1, 2):
        Table.objects.create(
            cafe=cafe, number=number, topic={"en": f"Topic {number}"}, languages=["de"]
        )
        Question.objects.update_or_create(
            cafe=cafe,
            round_index=number,
            defaults={"text": {"en": f"What do we need in round {number}?", "de": "Was fehlt?"}},
        )
    return cafe


def make_open_hall(**changes: Any) -> AlpCafe:
    """Build one whose people have begun to come."""
    return open_cafe(make_hall(**changes), by=None, now=NOW)


def do(cafe: AlpCafe, command: str, *, now: datetime = NOW, **arguments: Any) -> Entry:
    """Give a command on a screen that is up to date."""
    entry = act(cafe, command, arguments, seen=None, by=None, now=now)
    cafe.refresh_from_db()
    return entry


def go(cafe: AlpCafe, phase: Phase, round_index: int = 0) -> AlpCafe:
    """Lead an AlpCafé to a phase."""
    do(cafe, "go_to", phase=phase, round_index=round_index)
    return cafe


def fill_hall(cafe: AlpCafe, values: tuple[int, ...] = VALUES) -> None:
    """Let people rate every measure on every criterion, each in another way."""
    measures = list(cafe.measures.values_list("key", flat=True))
    criteria = list(cafe.criteria.values_list("key", flat=True))
    asked = [(measure, criterion) for measure in measures for criterion in criteria]
    people = join_all(cafe, ["AT32"] * len(values), role="firm_sme")
    rate_all(
        (person, 1 + (value + turn * number) % 5, *what)
        for number, (person, value) in enumerate(zip(people, values, strict=True))
        for turn, what in enumerate(asked)
    )

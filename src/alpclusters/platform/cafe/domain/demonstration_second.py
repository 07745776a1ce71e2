"""A second rating and a top three in a simulated AlpCafé: drawn by chance, marked as simulated."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.models import AlpCafe, Participant, Rating, TopThree

STAYS: Final = 0.84
"""Share of the people who rate again."""
FINDS_AN_ANSWER: Final = 0.4
"""Share of those who could not judge and now can."""
PULL: Final = 0.45
"""How far the middle of the hall draws an answer."""
SHIFTS: Final = {"shared_test_facility": 0.45, "contact_voucher": -0.35}
"""What the talk about the results changed for everybody, by measure."""

type Answers = Mapping[tuple[int, int, int], int | None]
"""Standing value by person, measure and criterion; None is "cannot judge"."""


def rate_again(
    cafe: AlpCafe, people: Sequence[Participant], chance: random.Random, at: datetime
) -> None:
    """Let most people rate a second time after they saw results of the first."""
    first = _standing(cafe)
    shifts = {m.pk: SHIFTS.get(m.key, 0.0) for m in cafe.measures.all()}
    middles = {key: middle + shifts[key[0]] for key, middle in _middles(first).items()}
    scales = dict(cafe.criteria.values_list("pk", "scale"))
    rows = [
        _again(person, key, value, middles[key[1:]], shifts[key[1]], chance, scales[key[2]])
        for person in people
        if chance.random() < STAYS
        for key, value in first.items()
        if key[0] == person.pk
    ]
    for number, rating in enumerate(rows):
        rating.key = f"simulated-{cafe.pk}-again-{number}"
        rating.received_at = at + timedelta(seconds=number)
    Rating.objects.bulk_create(rows, batch_size=500)
    cafe.has_second_rating = True
    cafe.save(update_fields=["has_second_rating"])


def choose_three(
    cafe: AlpCafe, people: Sequence[Participant], chance: random.Random, at: datetime
) -> None:
    """Let everybody who rated choose the three measures they rated best, more or less."""
    keys = dict(cafe.measures.values_list("pk", "key"))
    liked: dict[int, dict[int, float]] = defaultdict(dict)
    for (person, measure, _), value in _standing(cafe).items():
        liked[person][measure] = liked[person].get(measure, chance.gauss(0, 1)) + (value or 0)
    rows = [
        TopThree(
            cafe=cafe,
            participant=person,
            key=f"simulated-{cafe.pk}-top-{number}",
            source=person.source,
            measures=[keys[m] for m in sorted(own, key=lambda m: -own[m])[:3]],
            received_at=at + timedelta(seconds=number),
        )
        for number, person in enumerate(people)
        for own in [liked.get(person.pk, {})]
        if own
    ]
    TopThree.objects.bulk_create(rows)


def _standing(cafe: AlpCafe) -> dict[tuple[int, int, int], int | None]:
    columns = ("participant_id", "measure_id", "criterion_id", "value")
    rows = Rating.objects.filter(cafe=cafe, round=1).order_by("pk").values_list(*columns)
    return {(person, measure, criterion): value for person, measure, criterion, value in rows}


def _middles(answers: Answers) -> dict[tuple[int, int], float]:
    values: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (_, *question), value in answers.items():
        if value is not None:
            values[question[0], question[1]].append(value)
    return {question: median(own) for question, own in values.items()}


def _again(
    person: Participant,
    key: tuple[int, int, int],
    value: int | None,
    middle: float,
    shift: float,
    chance: random.Random,
    scale: Scale,
) -> Rating:
    """Move an answer towards the middle of the hall, most not at all."""
    low, high = scale.ends
    if value is None and chance.random() < FINDS_AN_ANSWER:
        value = min(high, max(low, round(middle)))
    if value is not None:
        moved = value + shift + PULL * (middle - value - shift) + chance.gauss(0, 0.45)
        value = min(high, max(low, round(moved)))
    return Rating(
        cafe_id=person.cafe_id,
        participant=person,
        measure_id=key[1],
        criterion_id=key[2],
        round=2,
        source=person.source,
        is_informed=True,
        value=value,
        cannot_judge=value is None,
    )

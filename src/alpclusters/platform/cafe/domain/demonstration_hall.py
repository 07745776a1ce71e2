"""An AlpCafé with tables in preparation, so that a newcomer sees how one is set up."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.domain.guests import Line, add_guests
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.cafe.domain.seat_plans import make_plan
from alpclusters.platform.cafe.domain.tables import (
    lay_tables,
    propose_number,
    propose_questions,
    share_out_languages,
)
from alpclusters.platform.cafe.models import AlpCafe, Card, Insight, Participant, Rating, TopThree
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.models import Region

IN_DAYS: Final = 30
# What the simulated guests speak, and how many speak it.
SPOKEN: Final = (
    (("sl", "en"), 8),
    (("de", "en"), 5),
    (("it", "sl"), 4),
    (("de",), 3),
    (("it",), 2),
    (("fr", "en"), 2),
)
# Region, level, group of society of the simulated invitations.
INVITED: Final = (
    ("SI04", "regional", "intermediary", "sl"),
    ("AT21", "regional", "public", "de"),
    ("ITH4", "local", "business", "it"),
    ("FRK", "national", "research", "fr"),
)


def fill_hall(cafe: AlpCafe, *, word: str, now: datetime) -> AlpCafe:
    """Give an AlpCafé in preparation questions, tables, guests, a seat plan and invitations.

    Parameters
    ----------
    cafe : AlpCafe
        In preparation, of a demonstration project.
    word : str
        "simulated" in the language of the place; stands in every name.
    now : datetime
        When the seat plan is made.
    """
    _set_course(cafe)
    propose_questions(cafe)
    lines = [Line("", languages) for languages, n in SPOKEN for _ in range(n)]
    add_guests(cafe, lines)
    lay_tables(cafe, propose_number(len(lines)))
    share_out_languages(cafe)
    make_plan(cafe, weights="language_first", now=now)
    invite(cafe, [_person(number, row, word) for number, row in enumerate(INVITED, start=1)])
    return cafe


def _set_course(cafe: AlpCafe) -> None:
    cafe.in_hall, cafe.n_rounds = True, 3
    cafe.starts_at, cafe.ends_at_time = time(9, 30), time(13, 0)
    cafe.languages = ["sl", "de", "it", "en"]
    cafe.has_second_rating = True
    cafe.held_on += timedelta(days=IN_DAYS)
    cafe.save()


def _person(number: int, row: tuple[str, str, str, str], word: str) -> Person:
    code, level, helix, language = row
    region = Region.objects.filter(code=code).order_by("-last_vintage", "pk").first()
    name = f"N. N. {number} ({word})"
    return Person(name=name, region=region, level=level, helix=helix, language=language)


# --- What simulated people said they need, in the first round of AlpCafés: cards and insights -----


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds" / "demonstration_needs.csv"
# Place, region and how many days ago.
NEEDS: Final = (
    ("Hallein", "AT32", 640),
    ("Ulm", "DE1", 632),
    ("Grenoble", "FRK", 625),
    ("Brescia", "ITC4", 618),
    ("Locarno", "CH07", 611),
)


def say_needs(cafe: AlpCafe, people: Sequence[Participant], begin: datetime) -> list[Insight]:
    """Let people write cards; those that say the same are grouped to an insight."""
    rows = [row for row in read_rows(SEEDS) if row["place"] == cafe.place]
    insights: list[Insight] = []
    for row in rows:
        cards = [
            _card(cafe, people[(len(insights) * 5 + place) % len(people)], text, row["language"])
            for place, text in enumerate(row["cards"].split("|"))
        ]
        insights.append(_grouped(cafe, cards, row, begin))
    return insights


def _card(cafe: AlpCafe, person: Participant, text: str, language: str) -> Card:
    return Card(
        cafe=cafe,
        participant=person,
        text=text,
        language=language,
        round_index=1,
        state=Card.State.GROUPED,
        received_at=person.seen_at,
    )


def _grouped(cafe: AlpCafe, cards: Sequence[Card], row: dict[str, str], begin: datetime) -> Insight:
    known = cafe.cards.count()
    for number, card in enumerate(cards, start=known):
        card.public_id = f"simulated{cafe.pk:06d}{number:04d}"
        card.seq = number
        card.received_at = begin + timedelta(minutes=20 + number)
    made = Card.objects.bulk_create(cards)
    insight = Insight.objects.create(
        cafe=cafe,
        title=row["insight"],
        language=row["language"],
        created_at=begin + timedelta(hours=1, minutes=30),
    )
    insight.cards.set(made)
    return insight


# --- A second rating and a top three in a simulated AlpCafé: drawn by chance, marked as simulated


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

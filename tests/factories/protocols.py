"""AlpCafés that were held: people, seats, cards, ratings in two rounds, feedback."""

import random
from datetime import UTC, datetime, time, timedelta

from alpclusters.platform.cafe.domain.events import close_cafe, create_cafe
from alpclusters.platform.cafe.domain.insights import tie_cards
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.seat_plans import make_plan
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Card,
    Feedback,
    Guest,
    Insight,
    Invitation,
    Participant,
    Question,
    Rating,
    Seat,
    Summary,
    Table,
    TopThree,
)
from tests.factories.cafe import make_preparation
from tests.factories.evaluation import in_five, make_region

BEGIN = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
TEXTS = (
    ("de", "Ohne Wartungsvertrag steht die Anlage nach zwei Jahren."),
    ("sl", "Po prvem obisku ni bilo nikogar, ki bi spremljal pogodbe."),
    ("fr", "Qui le répare après le projet ?"),
    ("it", "Servono moduli uguali, non solo date uguali."),
    ("en", "Different funding rules on each side of the border."),
)
REGIONS = ("AT32", "SI04", "ITH4", "FRK2", "DE21")


def make_held_cafe(
    *,
    people: int = 24,
    measures: int = 4,
    cards: int = 20,
    tables: int = 5,
    project: object = None,
    seed: int = 1,
) -> AlpCafe:
    """Build an AlpCafé that went through all its phases and is closed."""
    chance = random.Random(seed)  # noqa: S311 - made-up people
    cafe = _prepared(measures, tables, people, project)
    moment = BEGIN
    act(cafe, "open", seen=None, by=None, now=moment)
    persons = _people(cafe, people, chance)
    moment = _walk(cafe, moment)
    _talk(cafe, persons, cards, chance)
    _rate(cafe, persons, chance)
    _feel(cafe, persons, chance)
    cafe.refresh_from_db()
    if cafe.is_open:
        close_cafe(cafe, by=None, now=moment)
    cafe.refresh_from_db()
    return cafe


def _prepared(measures: int, tables: int, people: int, project: object) -> AlpCafe:
    keys = [f"measure-{number}" for number in range(1, measures + 1)]
    cafe = create_cafe(make_preparation(measures=keys, project=project), by=None)
    cafe.in_hall, cafe.n_rounds, cafe.starts_at = True, 3, time(9, 0)
    cafe.has_second_rating = True
    cafe.welcome = in_five("welcome", ["Wozu wir uns treffen."] * 5)["welcome"]
    cafe.save()
    for index in range(1, 4):
        Question.objects.create(
            cafe=cafe, round_index=index, **in_five("text", [f"Frage {index}?"] * 5)
        )
    for number in range(1, tables + 1):
        Table.objects.create(
            cafe=cafe, number=number, host_name=f"Host {number}", languages=["de", "sl"],
            **in_five("topic", [f"Thema {number}"] * 5),
        )  # fmt: skip
    for number in range(1, people + 1):
        Guest.objects.create(cafe=cafe, number=number, languages=["de"])
    Invitation.objects.bulk_create(
        Invitation(
            cafe=cafe, name=f"Person {n}", region=make_region(REGIONS[n % 3]), level="regional",
            helix="business" if n % 2 else "public", attended=n % 2 == 0,
            state=Invitation.State.REGISTERED if n % 4 else Invitation.State.INVITED,
        )
        for n in range(people + 6)
    )  # fmt: skip
    make_plan(cafe, now=BEGIN)
    return cafe


def _people(cafe: AlpCafe, n: int, chance: random.Random) -> list[Participant]:
    regions = [make_region(code) for code in REGIONS]
    people = [
        Participant(
            cafe=cafe, token_hash=f"{cafe.pk}-{number}", language=TEXTS[number % 5][0],
            region=chance.choice(regions[:3]) if number % 9 else None,
            role=chance.choice(["firm_sme", "policy_maker", "cluster_manager", ""]),
            level=chance.choice(["regional", "national"]), consented_at=BEGIN,
            consent_version="2026-1", joined_at=BEGIN, seen_at=BEGIN,
            source="paper" if number % 11 == 0 else "phone",
        )
        for number in range(n)
    ]  # fmt: skip
    return Participant.objects.bulk_create(people)


def _walk(cafe: AlpCafe, moment: datetime) -> datetime:
    """Press "next" until the feedback; the second talk gets five minutes more."""
    for step in range(20):
        cafe.refresh_from_db()
        if cafe.phase == "feedback":
            break
        moment += timedelta(minutes=11)
        act(cafe, "next", seen=None, by=None, now=moment)
        if step == 4:
            cafe.refresh_from_db()
            act(cafe, "extend", {"minutes": 5}, seen=None, by=None, now=moment)
    Seat.objects.filter(guest__cafe=cafe).update(state=Seat.State.HERE)
    return moment + timedelta(minutes=10)


def _talk(cafe: AlpCafe, people: list[Participant], n: int, chance: random.Random) -> None:
    tables = list(cafe.tables.all())
    cards = [
        Card(
            cafe=cafe, public_id=f"card{cafe.pk:08d}{number:08d}", seq=number,
            participant=people[number % len(people)], table=tables[number % len(tables)],
            round_index=1 + number % 3, text=TEXTS[number % 5][1], language=TEXTS[number % 5][0],
            received_at=BEGIN,
        )
        for number in range(n)
    ]  # fmt: skip
    Card.objects.bulk_create(cards)
    measures = list(cafe.measures.order_by("pk"))
    for place, table in enumerate(tables):
        own = list(Card.objects.filter(cafe=cafe, table=table).order_by("pk"))
        grouped = own[: max(2, 2 * len(own) // 3)]
        insight = Insight.objects.create(
            cafe=cafe, table=table, title=f"Regeln passen nicht zusammen ({table.number})",
            language="de", measure=measures[place % len(measures)], created_at=BEGIN,
        )  # fmt: skip
        insight.cards.set(grouped)
        tie_cards(insight, by=None, now=BEGIN)
        Card.objects.filter(pk__in=[card.pk for card in grouped]).update(state=Card.State.GROUPED)
        Summary.objects.create(
            cafe=cafe, table=table, round_index=1, language="sl", handed_over_at=BEGIN,
            text="Pravila se razlikujejo. Potrebujemo skupne obrazce. Kdo začne?",
        )  # fmt: skip
    del chance


def _rate(cafe: AlpCafe, people: list[Participant], chance: random.Random) -> None:
    measures, criteria = list(cafe.measures.order_by("pk")), list(cafe.criteria.order_by("pk"))
    rows = []
    for round_, share in ((1, 1.0), (2, 0.85)):
        for person in people:
            if chance.random() > share:
                continue
            for place, measure in enumerate(measures):
                for criterion in criteria:
                    cannot = chance.random() < 0.08
                    value = min(5, max(1, round(chance.gauss(4.4 - 0.35 * place, 0.9))))
                    rows.append(
                        Rating(
                            cafe=cafe, participant=person, measure=measure, criterion=criterion,
                            key=f"r{round_}-{person.pk}-{measure.pk}-{criterion.pk}",
                            round=round_, source=person.source, is_informed=round_ == 2,
                            value=None if cannot else value, cannot_judge=cannot,
                            received_at=BEGIN,
                        )
                    )  # fmt: skip
    Rating.objects.bulk_create(rows, batch_size=1000)
    TopThree.objects.bulk_create(
        TopThree(
            cafe=cafe, participant=person, key=f"t-{person.pk}", received_at=BEGIN,
            measures=[m.key for m in chance.sample(measures, min(3, len(measures)))],
        )
        for person in people
    )  # fmt: skip


def _feel(cafe: AlpCafe, people: list[Participant], chance: random.Random) -> None:
    Feedback.objects.bulk_create(
        Feedback(
            cafe=cafe, participant=person, language="de", received_at=BEGIN,
            answers={name: chance.randint(2, 5) for name in ("heard", "learned", "again")},
        )
        for person in people
    )  # fmt: skip

"""AlpCafés of the demonstration project: people, ratings and comments drawn by chance.

Everything made here is simulated: the project is a demonstration, every title says so, every
participant is marked.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.cafe.domain.demonstration_hall import (
    NEEDS,
    choose_three,
    fill_hall,
    rate_again,
    say_needs,
)
from alpclusters.platform.cafe.domain.events import Preparation, close_cafe, create_cafe, open_cafe
from alpclusters.platform.cafe.domain.tables import propose_questions
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Comment,
    Criterion,
    Participant,
    Rating,
    Source,
)
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.simulated import SIMULATED
from alpclusters.platform.territory.models import Region
from alpclusters.platform.trail.domain.edges import untie

# --- How simulated people see measures: by measure, and differently by role -----------------------


ROLES: Final[Mapping[str, int]] = {
    "cluster_manager": 9,
    "firm_sme": 12,
    "policy_maker": 6,
    "programme_manager": 3,
    "research": 6,
    "intermediary": 6,
    "firm_large": 2,
    "": 2,
}
# At which level a role works, as far as one can say.
LEVELS: Final[Mapping[str, str]] = {
    "cluster_manager": "regional",
    "firm_sme": "local",
    "firm_large": "macro_regional",
    "policy_maker": "regional",
    "programme_manager": "european",
    "research": "national",
    "intermediary": "regional",
}


@dataclass(frozen=True, slots=True)
class Inclination:
    """How a hall tends to see a measure: mean of both criteria, spread, who cannot judge."""

    effect: float
    durability: float
    spread: float
    cannot_judge_share: float


INCLINATIONS: Final[Mapping[str, Inclination]] = {
    "sme_pilot": Inclination(4.3, 3.7, 0.7, 0.04),
    "contact_voucher": Inclination(4.2, 3.8, 0.8, 0.05),
    "matchmaking_event": Inclination(3.4, 2.4, 1.2, 0.03),
    "cross_border_scheme": Inclination(4.1, 3.9, 0.9, 0.14),
    "joint_fair_stand": Inclination(2.8, 1.9, 0.9, 0.06),
    "learning_visit": Inclination(3.8, 3.7, 0.8, 0.08),
    "shared_test_facility": Inclination(3.7, 4.0, 1.1, 0.22),
    "meta_cluster_body": Inclination(2.6, 3.9, 1.4, 0.28),
    "manager_training": Inclination(3.7, 3.8, 0.8, 0.10),
    "internationalisation_strategy": Inclination(3.8, 3.8, 1.0, 0.07),
}
# What a role sees differently: firms want what helps at once, policy what lasts.
LEANINGS: Final[Mapping[tuple[str, str], float]] = {
    ("firm_sme", "contact_voucher"): 0.5,
    ("firm_sme", "meta_cluster_body"): -0.8,
    ("policy_maker", "meta_cluster_body"): 0.7,
    ("policy_maker", "cross_border_scheme"): 0.5,
    ("research", "shared_test_facility"): 0.6,
    ("cluster_manager", "manager_training"): 0.5,
    ("intermediary", "matchmaking_event"): 0.6,
}
# Two ends between which a hall can be drawn apart: to meet others, or to build what lasts. What
# recommendations rest on is on neither side: halls at odds over it would weaken them.
ENDS: Final[Mapping[str, int]] = {
    "matchmaking_event": 1,
    "joint_fair_stand": 1,
    "learning_visit": 1,
    "shared_test_facility": -1,
    "meta_cluster_body": -1,
    "manager_training": -1,
    "internationalisation_strategy": -1,
}


# --- AlpCafés of the demonstration project: people, ratings and comments drawn by chance ----------


COMMENTS: Final = Path(__file__).resolve().parents[1] / "seeds" / "demonstration_comments.csv"
# "about 15 to 20 in each" is what was reported of the first round of AlpClusters 2020.
PEOPLE_OF_A_HALL: Final = 16
LANGUAGE_OF: Final = {"AT": "de", "DE": "de", "FR": "fr", "IT": "it", "CH": "it", "SI": "sl"}


@dataclass(frozen=True, slots=True)
class _Plan:
    """One simulated AlpCafé."""

    place: str
    region_code: str
    days_ago: int
    people: Mapping[str, int]
    measures: Sequence[str]
    rates_twice: bool = False
    # How far, in steps of the scale, both halves are drawn to the two ends of `ENDS`.
    apart: float = 0.0
    # How many people did not rate on a phone of their own.
    other_sources: Mapping[Source, int] = field(default_factory=dict)


TABLE: Final = tuple(INCLINATIONS)
PLANS: Final = (
    _Plan(
        "Salzburg",
        "AT32",
        520,
        {"AT32": 22, "DE1": 9, "ITC4": 7, "CH07": 4, "FRK": 6},
        TABLE,
        rates_twice=True,
        other_sources={Source.PROXY: 2},
    ),
    _Plan("Lyon", "FRK", 512, {"FRK": 20, "CH07": 2, "ITC4": 2}, TABLE),
    _Plan("Milano", "ITC4", 505, {"ITC4": 20, "CH07": 3, "FRK": 2}, TABLE),
    _Plan(
        "Stuttgart",
        "DE1",
        498,
        {"DE1": 18, "AT32": 6, "FRK": 8, "ITC4": 5, "CH07": 3},
        TABLE,
        apart=1.5,
        other_sources={Source.PAPER: 4},
    ),
    _Plan("Lugano", "CH07", 490, {"CH07": 18, "ITC4": 4}, TABLE),
)
OPEN_PLAN: Final = _Plan("Bellinzona", "CH07", 0, {}, TABLE)
HALL_PLAN: Final = _Plan("Ljubljana", "SI04", 0, {}, TABLE[:6])


@transaction.atomic
def create_demonstration(project: Project, *, now: datetime | None = None) -> list[AlpCafe]:
    """Make the AlpCafés of two rounds in five regions, an open one and one in preparation.

    In the first round people say what they need, in the second they rate measures; all of them
    are simulated.

    Parameters
    ----------
    project : Project
        The demonstration project; one that has AlpCafés already is left alone.
    now : datetime, optional
        From when the days of the events are counted back; default the present.
    """
    if project.cafes.exists():
        return []
    moment = now or timezone.now()
    heard = [_heard(project, region, place, ago, moment) for place, region, ago in NEEDS]
    closed = [_held(project, plan, moment) for plan in PLANS]
    opened = open_cafe(_prepared(project, OPEN_PLAN, moment), by=None, now=moment)
    hall = fill_hall(_prepared(project, HALL_PLAN, moment), word=SIMULATED["sl"], now=moment)
    return [*heard, *closed, opened, hall]


@transaction.atomic
def remove_demonstration(project: Project) -> None:
    """Remove the AlpCafés of a demonstration project with all people and ratings."""
    for cafe in AlpCafe.objects.filter(project=project).order_by("pk"):
        untie(cafe)
        cafe.delete()


def _heard(project: Project, region: str, place: str, days_ago: int, now: datetime) -> AlpCafe:
    """Hold an AlpCafé of the first round."""
    begin = _morning(now, days_ago)
    cafe = _prepared(project, _Plan(place, region, days_ago, {}, ()), begin)
    chance = random.Random(place)  # noqa: S311 - the same simulation every time
    cafe.round, cafe.in_hall, cafe.has_second_rating = AlpCafe.Round.NEEDS, True, False
    cafe.save()
    propose_questions(cafe)
    cafe = open_cafe(cafe, by=None, now=begin)
    plan = _Plan(place, region, days_ago, {region: PEOPLE_OF_A_HALL}, ())
    say_needs(cafe, _people(cafe, plan, chance, begin), begin)
    return close_cafe(cafe, by=None, now=begin + timedelta(hours=3))


def _morning(now: datetime, days_ago: int) -> datetime:
    day = now - timedelta(days=days_ago)
    return day.replace(hour=8, minute=0, second=0, microsecond=0)


def _held(project: Project, plan: _Plan, now: datetime) -> AlpCafe:
    begin = _morning(now, plan.days_ago)
    cafe = open_cafe(_prepared(project, plan, begin), by=None, now=begin)
    chance = random.Random(plan.place)  # noqa: S311 - the same simulation every time
    people = _people(cafe, plan, chance, begin)
    _rate(cafe, people, _ends(people, plan), chance, begin)
    _comment(cafe, people, chance, begin)
    if plan.rates_twice:
        choose_three(cafe, people, chance, begin + timedelta(hours=1, minutes=30))
        rate_again(cafe, people, chance, begin + timedelta(hours=2))
    return close_cafe(cafe, by=None, now=begin + timedelta(hours=3))


def _prepared(project: Project, plan: _Plan, at: datetime) -> AlpCafe:
    measures = {m.key: m for m in Measure.objects.filter(key__in=plan.measures).order_by("pk")}
    preparation = Preparation(
        project=project,
        region=_region(plan.region_code),
        titles={code: f"AlpCafé {plan.place} ({word})" for code, word in SIMULATED.items()},
        held_on=at.date(),
        measures=[measures[key] for key in plan.measures if key in measures],
        criteria=list(Criterion.objects.filter(is_default=True).order_by("order", "pk")),
        # Invented people answer by no order of a phone.
        programme={"place": plan.place, "best_k": None},
    )
    return create_cafe(preparation, by=None)


def _region(code: str) -> Region:
    region = Region.objects.filter(code=code).order_by("-last_vintage", "pk").first()
    if region is None:
        message = f"region {code} is missing; load the seeds of the territory first"
        raise LookupError(message)
    return region


def _people(
    cafe: AlpCafe, plan: _Plan, chance: random.Random, begin: datetime
) -> list[Participant]:
    rows = [
        _person(cafe, region, chance, begin)
        for code, n in plan.people.items()
        for region in [_region(code)]
        for _ in range(n)
    ]
    others = [source for source, n in plan.other_sources.items() for _ in range(n)]
    for person, source in zip(chance.sample(rows, len(others)), others, strict=True):
        person.source = source
    return Participant.objects.bulk_create(rows)


def _person(cafe: AlpCafe, region: Region, chance: random.Random, begin: datetime) -> Participant:
    joined = begin + timedelta(minutes=chance.uniform(0, 25))
    # The order of the draws is that of the fields: the same simulation every time.
    secret = f"{chance.getrandbits(184):046x}"
    role = chance.choices(list(ROLES), weights=list(ROLES.values()))[0]
    return Participant(
        cafe=cafe,
        # No token leads to this hash: nobody can rate as a simulated person.
        token_hash=f"simulated{cafe.pk:09d}{secret}",
        language=LANGUAGE_OF[region.code[:2]],
        region=region,
        role=role,
        level=LEVELS.get(role, ""),
        consented_at=joined,
        consent_version=CONSENT_VERSION,
        joined_at=joined,
        seen_at=begin + timedelta(hours=2),
        is_simulated=True,
    )


def _ends(people: Sequence[Participant], plan: _Plan) -> list[float]:
    """Draw who stands at which of two ends, half of them each; by a chance of its own."""
    chance = random.Random(f"{plan.place}, ends")  # noqa: S311 - the same simulation every time
    sides = [1 if number % 2 else -1 for number in range(len(people))]
    chance.shuffle(sides)
    return [side * plan.apart for side in sides]


def _rate(
    cafe: AlpCafe,
    people: Sequence[Participant],
    ends: Sequence[float],
    chance: random.Random,
    begin: datetime,
) -> None:
    measures, criteria = list(cafe.measures.all()), list(cafe.criteria.all())
    rows = [
        rating
        for person, end in zip(people, ends, strict=True)
        for kindness in [chance.gauss(0, 0.35)]
        for measure in measures
        for drawn in [kindness + end * ENDS.get(measure.key, 0)]
        for criterion in criteria
        for rating in _answers(person, measure, criterion, drawn, chance)
    ]
    for number, rating in enumerate(rows):
        rating.key = f"simulated-{cafe.pk}-{number}"
        rating.received_at = begin + timedelta(hours=1, seconds=number)
    Rating.objects.bulk_create(rows, batch_size=500)


def _answers(
    person: Participant,
    measure: Measure,
    criterion: Criterion,
    drawn: float,
    chance: random.Random,
) -> Iterator[Rating]:
    """Draw no answer, one, or one and a change of mind."""
    seen = INCLINATIONS[measure.key]
    if chance.random() < 0.04:  # noqa: PLR2004 - some pages stay empty in every hall
        return
    if chance.random() < seen.cannot_judge_share:
        yield _rating(person, measure, criterion, None)
        return
    mean = seen.durability if criterion.key == "durability" else seen.effect
    mean += drawn + LEANINGS.get((person.role, measure.key), 0.0)
    if chance.random() < 0.03:  # noqa: PLR2004 - a first choice that is corrected
        yield _rating(person, measure, criterion, chance.randint(*criterion.scale.ends))
    yield _rating(
        person, measure, criterion, _step(criterion.scale, chance.gauss(mean, seen.spread))
    )


def _step(scale: Scale, value: float) -> int:
    low, high = scale.ends
    return min(high, max(low, round(value)))


def _rating(
    person: Participant, measure: Measure, criterion: Criterion, value: int | None
) -> Rating:
    return Rating(
        cafe_id=person.cafe_id,
        participant=person,
        measure=measure,
        criterion=criterion,
        source=person.source,
        # Sheets of paper are entered when the input has been stopped.
        is_late=person.source == Source.PAPER,
        value=value,
        cannot_judge=value is None,
    )


def _comment(
    cafe: AlpCafe, people: Sequence[Participant], chance: random.Random, begin: datetime
) -> None:
    measures = {m.key: m for m in cafe.measures.all()}
    said: dict[tuple[int, str], Comment] = {}
    for row in read_rows(COMMENTS):
        fitting = [p for p in people if p.language == row["language"]] or list(people)
        if row["measure_key"] not in measures:
            continue
        person = chance.choice(fitting)
        # Who says something about a measure again takes back what they said before.
        said[person.pk, row["measure_key"]] = Comment(
            cafe=cafe,
            participant=person,
            measure=measures[row["measure_key"]],
            text=row["text"],
            language=row["language"],
            received_at=begin + timedelta(hours=2),
        )
    Comment.objects.bulk_create(said.values())

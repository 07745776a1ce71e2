"""A simulated evidence base for benchmarks: deterministic, made in bulk, every row marked."""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from alpclusters.platform.evidence.models import Initiative

SEED: Final = 20_261_125
BATCH: Final = 2_000
N_PARTNERS: Final = (3, 13)
N_LESSONS: Final = 200
BEARINGS: Final = 20
FAMILIES: Final = ("interreg", "research", "competitiveness", "cohesion", "national")
PERIODS: Final = ("2000-2006", "2007-2013", "2014-2020", "2021-2027")
SECTORS: Final = ("A", "10", "13", "16", "20", "22", "25", "26", "28", "35", "41", "62", "72", "86")
OUTCOMES: Final = ("lasting", "transformed", "ended", "unknown", "")
WEIGHTS: Final = (25, 8, 30, 30, 7)
CODES: Final = {
    "scope": ("within_region", "cross_border", "transnational", "third_country", ""),
    "source_type": ("own_report", "external_evaluation", "statistics", "interview", "web"),
    "context": ("alpine", "other_macro_region", "other"),
}  # fmt: skip
PAYERS: Final = ("members", "host", "regional", "national", "eu_followup", "market")
AUDIENCES: Final = ("cluster_organisations", "smes", "research", "policy_makers", "public")
NOW: Final = datetime(2026, 11, 25, 12, tzinfo=UTC)


def populate(n_initiatives: int, n_activities: int) -> None:
    """Make initiatives with partners, activities and lessons that rest on them."""
    from alpclusters.platform.evidence.models import Initiative
    from alpclusters.platform.measures.models import Measure
    from alpclusters.platform.territory.models import Region

    chance = random.Random(SEED)  # noqa: S311 - a benchmark keeps no secrets
    regions = list(Region.objects.current().filter(level=2).order_by("code"))
    types = list(Measure.objects.of_catalogue().order_by("order").values_list("key", flat=True))
    programmes = _programmes()
    rows = [_initiative(chance, programmes, number) for number in range(n_initiatives)]
    made = Initiative.objects.bulk_create(rows, batch_size=BATCH)
    _follow(chance, made)
    _partners(chance, made, regions)
    _activities(chance, made, n_activities, types)
    _lessons(chance)


def _programmes() -> list[Any]:
    from alpclusters.platform.evidence.models import Programme

    wanted = [(family, period) for family in FAMILIES for period in PERIODS]
    return Programme.objects.bulk_create(
        Programme(
            key=f"simulated-{family}-{period}", name=f"Simulated {family}", period=period,
            family=family,
        )
        for family, period in wanted
    )  # fmt: skip


def _initiative(chance: random.Random, programmes: list[Any], number: int) -> "Initiative":
    from alpclusters.platform.evidence.models import Initiative

    year = chance.randint(2001, 2022)
    return Initiative(
        key=f"simulated-{number}",
        acronym=f"SIM{number}",
        title={"en": f"Simulated initiative {number}"},
        aims={"en": "Simulated aims. " * chance.randint(20, 120)},
        programme=chance.choice(programmes),
        start=date(year, 1, 1),
        end=date(year + 2, 12, 31),
        sectors=chance.sample(SECTORS, chance.randint(1, 3)),
        source="Simulated for a benchmark",
        is_simulated=True,
        edited_fields=[],
    )


def _follow(chance: random.Random, made: Sequence["Initiative"]) -> None:
    from alpclusters.platform.evidence.models import Initiative

    later = chance.sample(range(1, len(made)), len(made) // 20)
    for number in later:
        made[number].follows = made[chance.randrange(number)]
    Initiative.objects.bulk_update([made[n] for n in later], ["follows"], batch_size=500)


def _partners(chance: random.Random, made: Sequence["Initiative"], regions: Sequence[Any]) -> None:
    from alpclusters.platform.evidence.models import Participation

    def rows() -> Iterator[Participation]:
        for initiative in made:
            # A few bodies take part in hundreds, most in one or two, as in real archives.
            bodies = {int(4_000 * chance.random() ** 2) for _ in range(chance.randint(*N_PARTNERS))}
            for order, body in enumerate(sorted(bodies)):
                region = regions[body % len(regions)]
                yield Participation(
                    initiative=initiative,
                    body_key=f"simulated:{body}",
                    name=f"Simulated body {body}",
                    role="partner" if order else "lead",
                    order=order,
                    country=region.country,
                    region=region,
                )

    Participation.objects.bulk_create(rows(), batch_size=BATCH)


def _payers(chance: random.Random) -> list[str]:
    """Return one or two payers, that nobody pays, that nobody knows, or no answer."""
    alone = chance.choice((*PAYERS, *PAYERS, "none", "unknown", ""))
    return chance.sample(PAYERS, chance.randint(1, 2)) if alone in PAYERS else [alone] * bool(alone)


def _activities(
    chance: random.Random, made: Sequence["Initiative"], n: int, types: Sequence[str]
) -> None:
    from alpclusters.platform.evidence.models import Activity

    per_initiative = n // len(made)

    def rows() -> Iterator[Activity]:
        for initiative in made:
            for number in range(1, per_initiative + 1):
                outcome = chance.choices(OUTCOMES, WEIGHTS)[0]
                months = chance.randint(0, 60) if outcome in OUTCOMES[:3] else None
                yield Activity(
                    initiative=initiative,
                    number=number,
                    name={"en": f"Simulated activity {number}"},
                    what={"en": "Simulated."},
                    measure_type=chance.choice(types),
                    outcome_status=outcome,
                    outcome_months=months,
                    audience=chance.sample(AUDIENCES, chance.randint(0, 2)),
                    payer_after=_payers(chance),
                    state="once",
                    is_simulated=True,
                    **{name: chance.choice(codes) for name, codes in CODES.items()},
                )

    Activity.objects.bulk_create(rows(), batch_size=BATCH)


def _lessons(chance: random.Random) -> None:
    from alpclusters.platform.evidence.models import Activity, Bearing, Lesson

    lessons = Lesson.objects.bulk_create(
        Lesson(
            key=f"simulated-{number}", statement={"en": f"Simulated lesson {number}"},
            verdict="works", is_published=True, is_simulated=True,
        )
        for number in range(N_LESSONS)
    )  # fmt: skip
    activities = list(Activity.objects.order_by("pk").values_list("pk", flat=True))
    stances = ("supports", "supports", "supports", "contradicts", "mixed")
    Bearing.objects.bulk_create(
        Bearing(activity_id=pk, lesson=lesson, stance=chance.choice(stances))
        for lesson in lessons
        for pk in chance.sample(activities, min(BEARINGS, len(activities)))
    )

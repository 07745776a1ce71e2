"""AlpCafés with ratings, and their snapshots, for tests of evaluation and policy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import count

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.models import (
    AlpCafe,
    CafeCriterion,
    CafeMeasure,
    Criterion,
    Participant,
    Rating,
)
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
CANNOT = "cannot"
_numbers = count(1)
NAMES = {
    "fair": ("Kooperationsbörse", "Matchmaking fair", "Bourse", "Borsa", "Borza"),
    "pilot": ("Pilotaktion", "Pilot action", "Action pilote", "Azione pilota", "Pilotni ukrep"),
    "label": ("Gütezeichen", "Quality label", "Label de qualité", "Marchio", "Znak kakovosti"),
}


def in_five(field: str, texts: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return five texts as the value of a field."""
    return {field: dict(zip(LANGUAGE_CODES, texts, strict=True))}


def in_inputs(field: str, texts: Sequence[str]) -> dict[str, str]:
    """Spread five texts over the inputs of a field."""
    return {input_name(field, code): text for code, text in in_five(field, texts)[field].items()}


def make_region(code: str = "AT32", name: str = "") -> Region:
    """Build a region, or return the one with this code."""
    # Looked for first: to try to make a translated row is ten times dearer than to find it.
    if there := Region.objects.filter(code=code, first_vintage=2013).first():
        return there
    names = in_five("name", [name or f"Region {code}"] * 5)
    return Region.objects.create(
        code=code, first_vintage=2013, level=2, country=code[:2], last_vintage=2024, **names
    )


def make_project(**fields: object) -> Project:
    """Build a public, active project."""
    number = next(_numbers)
    values = {"slug": f"project-{number}", "acronym": f"Project {number}", **fields}
    return Project.objects.create(name={"en": str(values["acronym"])}, **values)


def make_measure(key: str = "fair") -> Measure:
    """Build a measure named in five languages, or return the one with this key."""
    if there := Measure.objects.filter(key=key).first():
        return there
    names = NAMES.get(key, tuple(f"{key} {code}" for code in LANGUAGE_CODES))
    texts = [f"{name}: what it is." for name in names]
    return Measure.objects.create(
        key=key, type_key=key, **in_five("name", names), **in_five("description", texts)
    )


def make_criterion(key: str = "effectiveness") -> Criterion:
    """Build a criterion, or return the one with this key."""
    if there := Criterion.objects.filter(key=key).first():
        return there
    words = {
        "effectiveness": ("Wirksamkeit", "Effectiveness", "Efficacité", "Efficacia", "Uspešnost"),
        "durability": ("Dauerhaftigkeit", "Durability", "Pérennité", "Continuità", "Trajnost"),
    }[key]
    labels = tuple(
        {code: f"{word} {step}" for code, word in zip(LANGUAGE_CODES, words, strict=True)}
        for step in range(1, 6)
    )
    return Criterion.objects.create(
        key=key,
        **in_five("name", words),
        **in_five("question", [f"{word}?" for word in words]),
        scale=Scale(Kind.ORDERED, (1, 2, 3, 4, 5), labels),
    )


def make_cafe(
    *,
    project: Project | None = None,
    measures: Sequence[str] = ("fair",),
    criteria: Sequence[str] = ("effectiveness",),
    state: str = AlpCafe.State.CLOSED,
    region: str = "AT32",
) -> AlpCafe:
    """Build an AlpCafé that was held, with its table and sheet."""
    number = next(_numbers)
    cafe = AlpCafe.objects.create(
        project=project or make_project(),
        region=make_region(region),
        **in_five("title", [f"AlpCafé {number} {code}" for code in LANGUAGE_CODES]),
        held_on=date(2026, 6, 1),
        code=f"{number:08d}",
        state=state,
    )
    for order, key in enumerate(measures):
        CafeMeasure.objects.create(cafe=cafe, measure=make_measure(key), order=order)
    for order, key in enumerate(criteria):
        CafeCriterion.objects.create(cafe=cafe, criterion=make_criterion(key), order=order)
    return cafe


def join(cafe: AlpCafe, *, region: str = "", role: str = "") -> Participant:
    """Let somebody into the hall."""
    person = _person(cafe, make_region(region) if region else None, role)
    person.save()
    return person


def _person(cafe: AlpCafe, region: Region | None, role: str) -> Participant:
    return Participant(
        cafe=cafe,
        token_hash=f"hash-{next(_numbers)}",
        region=region,
        role=role,
        consented_at=NOW,
        consent_version="1",
        joined_at=NOW,
        seen_at=NOW,
    )


def rate(
    person: Participant,
    value: int | str | None,
    *,
    measure: str = "fair",
    criterion: str = "effectiveness",
    **how: object,
) -> Rating:
    """Let somebody rate; ``"cannot"`` is "cannot judge", None takes the answer back.

    ``how`` are further fields: round, source, is_late, is_informed.
    """
    rating = _rating(person, value, make_measure(measure), make_criterion(criterion), **how)
    rating.save()
    return rating


def _rating(
    person: Participant,
    value: int | str | None,
    measure: Measure,
    criterion: Criterion,
    **how: object,
) -> Rating:
    return Rating(
        cafe=person.cafe,
        participant=person,
        measure=measure,
        criterion=criterion,
        key=f"key-{next(_numbers)}",
        value=value if isinstance(value, int) else None,
        cannot_judge=value == CANNOT,
        **{"received_at": NOW, **how},
    )


type Answer = tuple[Participant, int | str, str, str]
"""Who, what, on which measure and criterion."""


def rate_all(answers: Iterable[Answer], **how: object) -> None:
    """Let people rate with one question to the database; ``how`` as in `rate`."""
    measure, criterion = cache(make_measure), cache(make_criterion)
    Rating.objects.bulk_create(
        _rating(who, value, measure(of), criterion(on), **how) for who, value, of, on in answers
    )


def join_all(cafe: AlpCafe, regions: Iterable[str], *, role: str = "") -> list[Participant]:
    """Let one person per region into the hall, with one question to the database."""
    region = cache(lambda code: make_region(code) if code else None)
    return Participant.objects.bulk_create(_person(cafe, region(code), role) for code in regions)


def fill(
    cafe: AlpCafe,
    by_region: Mapping[str, Sequence[int | str]],
    *,
    measures: Sequence[str] = ("fair",),
    criteria: Sequence[str] = ("effectiveness",),
    role: str = "",
) -> None:
    """Let one person per value rate all measures and criteria with that value."""
    given = [(region, value) for region, values in by_region.items() for value in values]
    people = join_all(cafe, [region for region, _ in given], role=role)
    rate_all(
        (person, value, measure, criterion)
        for person, (_, value) in zip(people, given, strict=True)
        for measure in measures
        for criterion in criteria
    )


VARIED = (5, 5, 4, 4, 3, 3, 2, 4) * 2


def make_snapshot(
    *, cafe: AlpCafe | None = None, released: bool = False, measures: Sequence[str] = ("fair",)
) -> Snapshot:
    """Evaluate an AlpCafé in which sixteen people rated every measure."""
    if cafe is None:
        cafe = make_cafe(measures=measures)
        fill(cafe, {"AT32": VARIED}, measures=measures)
    snapshot = evaluate_cafe(cafe, made_by=None, now=NOW)
    if released:
        release_snapshot(snapshot, now=NOW)
        snapshot.refresh_from_db()
    return snapshot

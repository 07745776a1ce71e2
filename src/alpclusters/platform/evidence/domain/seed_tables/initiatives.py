"""Programmes, earlier initiatives and who took part, as facts with their sources."""

from typing import Any, Final

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.domain.initiatives.bodies import body_key
from alpclusters.platform.evidence.domain.seed_tables.storing import (
    SEEDS,
    Stored,
    create_missing,
    store,
)
from alpclusters.platform.evidence.domain.seed_tables.values import cents, first_day, last_day
from alpclusters.platform.evidence.models import Initiative, Participation, Programme
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.seed_rows import BATCH, Row, read_rows, texts
from alpclusters.platform.territory.domain.lookups import current_recoder
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

# The list of partners gives NUTS codes of this vintage.
VINTAGE: Final = 2013


def load_initiatives() -> Stored:
    """Store programmes, initiatives, what continues what, and the partners of new initiatives."""
    programmes = create_missing(Programme, read_rows(SEEDS / "programmes.csv"), key="key")
    rows = read_rows(SEEDS / "initiatives.csv")
    stored = store(Initiative, [_initiative(row, programmes) for row in rows], key=("key",))
    _follow(rows, stored)
    _take_part(stored)
    return stored


def _initiative(row: Row, programmes: dict[str, int]) -> dict[str, Any]:
    start, start_precision = first_day(row["start"])
    end, end_precision = last_day(row["end"])
    return {
        "key": row["key"],
        "kind": row["kind"],
        "acronym": row["acronym"],
        "title": {DEFAULT_LANGUAGE: row["title"]},
        "programme_id": programmes.get(row["programme"]),
        "reference": row["reference"],
        "start": start,
        "start_precision": start_precision,
        "end": end,
        "end_precision": end_precision,
        "status": Initiative.Status.CLOSED if end else Initiative.Status.UNKNOWN,
        "budget_cents": cents(row["budget"]),
        "eu_cents": cents(row["eu"]),
        "countries": row["countries"],
        "source": row["source"],
        "licence": row["licence"],
        **texts(row, "topic", "note"),
    }


def _follow(rows: list[Row], stored: Stored) -> None:
    """Say of new initiatives which one they continue."""
    changed = []
    for row in rows:
        before = stored.id_of(row["follows"])
        if before and stored.is_new(row["key"]):
            initiative = stored.things[row["key"],]
            initiative.follows_id = before
            changed.append(initiative)
    Initiative.objects.bulk_update(changed, ["follows"], batch_size=BATCH)


def _take_part(stored: Stored) -> None:
    rows = [
        row for row in read_rows(SEEDS / "participations.csv") if stored.is_new(row["initiative"])
    ]
    if not rows:
        return
    regions = _regions({row["nuts"] for row in rows if row["nuts"]})
    bodies = _organisations({row["name"] for row in rows})
    new = [_participation(row, stored, regions, bodies) for row in rows]
    Participation.objects.bulk_create(new, batch_size=BATCH)


def _participation(
    row: Row, stored: Stored, regions: dict[str, int], bodies: dict[tuple[str, str], int]
) -> Participation:
    return Participation(
        initiative=stored.things[row["initiative"],],
        organisation_id=bodies.get((row["name"], row["country"])),
        body_key=body_key(row["name"], row["country"]),
        name=row["name"],
        role=row["role"],
        order=int(row["order"]),
        country=row["country"],
        town=row["town"],
        region_id=regions.get(row["nuts"]),
        given_code=row["nuts"],
    )


def _regions(codes: set[str]) -> dict[str, int]:
    """Return today's regions of older codes; none where it is not clear which one it is."""
    recoder = current_recoder()
    found = {
        code: recoder.recode(code, from_vintage=VINTAGE, to_vintage=CURRENT_VINTAGE)
        for code in codes
    }
    today = {code: recoding.code for code, recoding in found.items() if recoding.code}
    current = Region.objects.filter(
        code__in=set(today.values()),
        first_vintage__lte=CURRENT_VINTAGE,
        last_vintage__gte=CURRENT_VINTAGE,
    )
    ids = dict(current.values_list("code", "pk"))
    return {code: ids[new] for code, new in today.items() if new in ids}


def _organisations(names: set[str]) -> dict[tuple[str, str], int]:
    """Return real organisations of exactly these names, by name and country."""
    real = Organisation.objects.current().filter(is_simulated=False)
    found = real.filter(name__in=names).order_by("-pk")
    return {(name, country): pk for pk, name, country in found.values_list("pk", "name", "country")}

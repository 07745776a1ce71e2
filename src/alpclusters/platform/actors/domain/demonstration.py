"""Two complete profiles of invented cluster organisations, so that one sees what is asked for.

Names, summaries and words of the logos say "simulated"; the rows of the bodies are marked so.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.consent import Given, give, name_manager
from alpclusters.platform.actors.domain.editing import (
    CLUSTER_FIELDS,
    ORGANISATION_FIELDS,
    change_profile,
    create_profile,
    save_label,
)
from alpclusters.platform.actors.domain.judging import store_computed
from alpclusters.platform.actors.domain.logos import store_logo
from alpclusters.platform.actors.domain.organisations import name_member
from alpclusters.platform.actors.models import (
    Alias,
    ClusterLabel,
    ClusterOrganisation,
    Consent,
    Organisation,
    Person,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.seed_rows import Row, read_rows
from alpclusters.platform.simulated import SIMULATED
from alpclusters.sources.logos import Logo
from alpclusters.sources.png import write_png

# --- Logos of invented cluster organisations, drawn from formulas: no picture of anybody is needed


LARGE: Final = 320
SMALL: Final = 96
# So many points a side are looked at for each pixel: soft edges.
_POINTS: Final = 4
_SPRUCE: Final = (37, 99, 63)
_PAPER: Final = (246, 244, 238)
_LARCH: Final = (201, 133, 20)
_TEETH: Final = 12
_HOLE: Final = 0.36
# Top, foot and half of the width of each triangle; then top, foot and half width of the trunk.
_CROWN: Final = ((0.72, 0.2, 0.3), (0.42, -0.15, 0.42), (0.1, -0.5, 0.54))
_TRUNK: Final = (-0.45, -0.72, 0.08)

type Grid = NDArray[np.float64]
type Mask = NDArray[np.bool_]
type Layers = list[tuple[Mask, tuple[int, int, int]]]
type Drawing = Callable[[Grid, Grid], Layers]


def draw_logo(key: str) -> Logo:
    """Draw one of the logos.

    Parameters
    ----------
    key : {'tree', 'gear'}

    Returns
    -------
    Logo
        320 and 96 pixels square, nothing around the shape.
    """
    drawing = {"tree": _tree, "gear": _gear}[key]
    return Logo(_drawn(drawing, LARGE), _drawn(drawing, SMALL))


def _drawn(drawing: Drawing, side: int) -> bytes:
    n = side * _POINTS
    line = (np.arange(n) + 0.5) / n * 2 - 1
    colours, covered = _painted(side, drawing(*np.meshgrid(line, -line)))
    straight = np.divide(colours, covered, out=np.zeros_like(colours), where=covered > 0)
    pixels = np.concatenate([straight, covered / _POINTS**2 * 255], axis=-1)
    return write_png(side, side, np.rint(pixels).astype(np.uint8).tobytes())


def _painted(side: int, layers: Layers) -> tuple[Grid, Grid]:
    """Put layers over one another; return colours summed over a pixel's points, and how many."""
    colours, covered = np.zeros((side, side, 3)), np.zeros((side, side, 1))
    free = np.ones((side * _POINTS, side * _POINTS), dtype=bool)
    for mask, colour in reversed(layers):
        points = (mask & free).reshape(side, _POINTS, side, _POINTS)
        n = np.count_nonzero(points, axis=(1, 3))[..., None]
        colours += n * np.array(colour)
        covered += n
        free &= ~mask
    return colours, covered


def _tree(x: Grid, y: Grid) -> Layers:
    """A conifer of three triangles in a circle."""
    disc = x**2 + y**2 < 0.98**2
    crown = np.zeros(x.shape, dtype=bool)
    for top, foot, half in _CROWN:
        crown |= (y < top) & (y > foot) & (np.abs(x) < half * (top - y) / (top - foot))
    top, foot, half = _TRUNK
    trunk = (np.abs(x) < half) & (y < top) & (y > foot)
    return [(disc, _SPRUCE), (crown, _PAPER), (trunk, _LARCH)]


def _gear(x: Grid, y: Grid) -> Layers:
    """A gear with a hole of six sides."""
    angle = np.arctan2(y, x)
    rim = np.where(np.cos(_TEETH * angle) > 0, 0.96, 0.8)
    sixth = (angle + np.pi / 6) % (np.pi / 3) - np.pi / 6
    away = np.hypot(x, y)
    across = away * np.cos(sixth)
    wheel = (away < rim) & (across > _HOLE)
    return [(wheel, _LARCH)]


# --- Two complete profiles of invented cluster organisations, so that one sees what is asked for


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds" / "demonstration_profiles.csv"
SOURCE: Final = "simulated"
_REASON: Final = "new"
_TRANSLATED: Final = ("summary", "logo_alt")
_SEVERAL: Final = (
    "catchment",
    "languages",
    "sectors",
    "technologies",
    "services",
    "partners_abroad",
    "offers",
)

type Fields = Mapping[str, Row]


@transaction.atomic
def create_demonstration(*, today: date | None = None) -> int:
    """Fill in the profiles of the invented organisations that are there; return how many."""
    day = today or timezone.localdate()
    n_made = 0
    for name, rows in groupby(read_rows(SEEDS), key=lambda row: row["organisation"]):
        body = Organisation.objects.filter(name=name, source=SOURCE, cluster=None).first()
        if body is not None:
            _make(body, {row["field"]: row for row in rows}, day)
            n_made += 1
    return n_made


def _make(body: Organisation, fields: Fields, day: date) -> None:
    cluster = create_profile(body.name, region=body.region, by=None, is_listed=True)
    change_profile(cluster, dict(_changes(fields, day)), by=None, reason=_REASON)
    _add_names(cluster.organisation, fields["alias"])
    _add_label(cluster, fields["label"]["value"], day)
    _add_members(cluster, fields["members"]["value"])
    _add_contact(cluster, fields["contact"]["value"])
    _place(cluster, fields, day)


def _changes(fields: Fields, day: date) -> Iterable[tuple[str, Any]]:
    """Read what `change_profile` takes."""
    for name in (*ORGANISATION_FIELDS, *CLUSTER_FIELDS):
        if name in fields:
            yield name, _value(name, fields[name]["value"], day)
    for name in _TRANSLATED:
        for code in LANGUAGE_CODES:
            yield input_name(name, code), fields[name][code]


def _value(name: str, text: str, day: date) -> Any:
    if name in _SEVERAL:
        return text.split("|")
    return _READ.get(_kind(name), str)(text) if name not in _SPECIAL else _SPECIAL[name](text, day)


def _kind(name: str) -> str:
    model = Organisation if name in ORGANISATION_FIELDS else ClusterOrganisation
    field = model._meta.get_field(name)
    return str(getattr(field, "get_internal_type", lambda: "")())


def _day(text: str, day: date) -> date:
    return day + timedelta(days=int(text))


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "DecimalField": Decimal,
    "BooleanField": lambda text: text == "yes",
}
_SPECIAL: Final[dict[str, Callable[[str, date], Any]]] = {
    "counted_on": _day,
    "strategy_until": _day,
    "international_until": _day,
    "last_activity_on": _day,
    "money_year": lambda text, day: day.year + int(text),
    "logo": lambda text, _day: store_logo(draw_logo(text)),
    "s3_priorities": lambda text, _day: [{"region": "", "text": text}],
    "financing": lambda text, _day: {key: int(share) for key, share in _pairs(text)},
    "target_markets": lambda text, _day: [
        {"country": country, "aims": aims.split("+")} for country, aims in _pairs(text)
    ],
}


def _pairs(text: str) -> list[tuple[str, str]]:
    parts = (part.rpartition(":") for part in text.split("|"))
    return [(first, second) for first, _colon, second in parts]


def _add_names(body: Organisation, row: Row) -> None:
    """Keep its name in the other languages, so that it is found there too."""
    Alias.objects.bulk_create(
        Alias(
            organisation=body,
            name=row[code],
            language=code,
            source=SOURCE,
            seen_on=timezone.localdate(),
        )
        for code in LANGUAGE_CODES
        if row[code] != body.name
    )


def _add_label(cluster: ClusterOrganisation, text: str, day: date) -> None:
    scheme, level, first, since, until, score = text.split(":")
    values = {
        "scheme": scheme,
        "level": level,
        "first_awarded": _day(first, day),
        "valid_from": _day(since, day),
        "valid_to": _day(until, day),
        "score": Decimal(score) if score else None,
    }
    save_label(ClusterLabel(cluster=cluster), values, by=None)


def _add_members(cluster: ClusterOrganisation, text: str) -> None:
    """Name other invented organisations as members; named, they stand in the directory."""
    for name, since in _pairs(text):
        member = Organisation.objects.filter(name=name, source=SOURCE).first()
        if member is not None:
            member.is_listed = True
            member.save()
            name_member(cluster, member, since=int(since), by=None)


def _add_contact(cluster: ClusterOrganisation, task: str) -> None:
    """Let the invented person that is known of it agree to be shown, and lead it."""
    person = Person.objects.filter(organisation=cluster.organisation).first()
    if person is None:
        return
    person.task = task
    person.save()
    how = SIMULATED[person.languages[0]]
    give(person, Given(Consent.Purpose.DIRECTORY, how), now=timezone.now())
    cluster.refresh_from_db()
    name_manager(cluster, person, by=None)


def _place(cluster: ClusterOrganisation, fields: Fields, day: date) -> None:
    """Say where it is on the map and when it was last confirmed; nobody edits these by hand."""
    place = {name: float(fields[name]["value"]) for name in ("latitude", "longitude")}
    Organisation.objects.filter(pk=cluster.organisation_id).update(**place)
    cluster.refresh_from_db()
    cluster.confirmed_on = _day(fields["confirmed_on"]["value"], day)
    cluster.save(update_fields=["confirmed_on"])
    store_computed(cluster)

"""Whether a place lies in a territory, whatever vintage its code is of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.eligibility.truth import FALSE, TRUE, UNKNOWN, Truth

type Place = tuple[str | None, int | None]

NO_RECODING: Final = "no_recoding"
SPLIT: Final = "split_region"
PARTLY: Final = "partly_inside"
UNKNOWN_AREA: Final = "unknown_area"
MISSING: Final = "missing"


@dataclass(frozen=True, slots=True)
class Within:
    """What is known of one place, and why it is open where it is."""

    truth: Truth
    reason: str = ""
    code: str = ""
    vintage: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """Included and excepted codes of one vintage; a zone without codes is unknown."""

    nuts: tuple[str, ...]
    excepted: tuple[str, ...]
    vintage: int
    area: str = ""

    def holds(self, code: str) -> Truth:
        """Judge one code of the zone's own vintage by its place in the tree of codes."""
        if code.startswith(self.excepted):
            return FALSE
        if code.startswith(self.nuts):
            return UNKNOWN if _is_above(code, self.excepted) else TRUE
        return UNKNOWN if _is_above(code, self.nuts) else FALSE


def zone_of(operand: Mapping[str, object], territory: Territory) -> Zone | None:
    """Read a territory operand; None for an area that nobody knows."""
    if "area" in operand:
        area = territory.areas.get(str(operand["area"]))
        return Zone(area.codes, (), area.vintage, str(operand["area"])) if area else None
    vintage = operand["vintage"]
    return Zone(_codes(operand["nuts"]), _codes(operand.get("except", ())), int(str(vintage)))


type Zones = tuple[Zone | None, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A territory with what was looked up in it; lookups repeat over thousands of offers."""

    territory: Territory
    seen: dict[tuple[Zone, str, int], Within] = field(default_factory=dict, repr=False)
    told: dict[tuple[Zones, frozenset[str]], tuple[Place, ...]] = field(
        default_factory=dict, repr=False
    )

    def kinds(self, zones: Zones, named: frozenset[str]) -> tuple[Place, ...]:
        """Return one place for each way in which zones can turn out together, and each named one.

        Places are those of the newest vintage; none where no vintage is known.
        """
        if (zones, named) not in self.told:
            vintage = max((one for one, codes in self.territory.codes.items() if codes), default=0)
            found: dict[tuple[object, ...], Place] = {}
            for code in sorted(self.territory.codes.get(vintage, ())):
                place = (code, vintage)
                truths = tuple(self.within((place,), one).truth for one in zones)
                found.setdefault((*truths, code if code in named else ""), place)
            self.told[zones, named] = tuple(found.values())
        return self.told[zones, named]

    def within(self, places: Iterable[Place], zone: Zone | None) -> Within:
        """Judge several places of one body: one inside is enough; no place is not inside."""
        best = Within(FALSE)
        for place in places:
            found = self._one(place, zone)
            if found.truth > best.truth:
                best = found
        return best

    def _one(self, place: Place, zone: Zone | None) -> Within:
        code, vintage = place
        if code is None or vintage is None:
            return Within(UNKNOWN, MISSING)
        if zone is None:
            return Within(UNKNOWN, UNKNOWN_AREA)
        key = (zone, code, vintage)
        if key not in self.seen:
            self.seen[key] = _judge(code, vintage, zone, self.territory)
        return self.seen[key]


def _judge(code: str, vintage: int, zone: Zone, territory: Territory) -> Within:
    targets = territory.recoded(code, vintage, zone.vintage)
    truths = {zone.holds(target) for target in targets}
    if truths in ({TRUE}, {FALSE}):
        return Within(truths.pop(), "", code, vintage, zone.vintage)
    reason = SPLIT if len(targets) > 1 else PARTLY if targets else NO_RECODING
    return Within(UNKNOWN, reason, code, vintage, zone.vintage)


def _is_above(code: str, others: Iterable[str]) -> bool:
    return any(other != code and other.startswith(code) for other in others)


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, list | tuple) else ()

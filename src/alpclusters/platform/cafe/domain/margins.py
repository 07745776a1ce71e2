"""How large groups are outside the room: shares by region or role, with source and date.

Command ``set_margins``: ``margins`` has per column its shares by key, its source and its date, or
null, which takes the column back. Columns that are not named stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, RecordError, StateError, Where
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.cafe.domain.stakeholders.coverage import project_regions
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.domain.lookups import RECORDED, current_recoder
from alpclusters.platform.territory.models import Region
from alpclusters.sources import heads
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.margins import Margin, read_margins
from alpclusters.sources.statistics_shares import UNIT, require_count
from alpclusters.sources.statistics_tables import Figure, StatisticsTable, read_statistics

REGION: Final = "region"
ROLE: Final = "role"
COLUMNS: Final = {REGION: heads.REGION, ROLE: heads.ROLE}
FILE: Final = "margins.csv"


@dataclass(frozen=True, slots=True)
class MarginColumn:
    """A column of which people say what they are, with its groups in one language.

    ``shares`` is None where nothing is known of the column.
    """

    key: str
    groups: tuple[tuple[str, str], ...]
    shares: Mapping[str, float] | None = None
    source: str = ""
    date: str = ""


def margin_columns(cafe: AlpCafe, language: str) -> list[MarginColumn]:
    """Return the columns of an AlpCafé with what is known of them."""
    found = []
    for key, groups in _groups(cafe).items():
        known = cafe.margins.get(key) or {}
        names = tuple((code, words[language]) for code, words in groups.items())
        found.append(
            MarginColumn(
                key, names, known.get("shares"), known.get("source", ""), known.get("date", "")
            )
        )
    return found


def read_table(cafe: AlpCafe, data: bytes, *, file: str = FILE) -> dict[str, Any]:
    """Read the table that ``evaluate --margins`` takes, for this AlpCafé.

    Parameters
    ----------
    cafe : AlpCafe
    data : bytes
        CSV. Groups are regions of the project and roles, by key or by name in any language.

    Returns
    -------
    dict
        The argument ``margins`` of the command.

    Raises
    ------
    FileFormatError, RecordError, RecordsError, MarginError
        As `read_margins`; besides a column or group that nobody here can name.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(file).name
        path.write_bytes(data)
        margins = read_margins(path)
    groups = _groups(cafe)
    return dict(_matched(margin, groups) for margin in margins)


def set_margins(order: Order) -> Change:
    """Store what is known of some columns, or take it back."""
    asked = order.arguments.get("margins")
    if not isinstance(asked, Mapping) or not set(asked) <= set(COLUMNS):
        raise StateError("cafe.unknown_command", found="set_margins")
    before = dict(order.cafe.margins)
    both = {**before, **asked}
    order.cafe.margins = {key: value for key, value in both.items() if value}
    return Change({"margins": before}, {"margins": order.cafe.margins}, ["margins"])


def revert(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Let the shares be as they were."""
    del after, now
    cafe.margins = before["margins"]


def _groups(cafe: AlpCafe) -> dict[str, dict[str, dict[str, str]]]:
    """Return per column the keys of its groups with their names by language."""
    roles: dict[str, dict[str, str]] = {}
    for code in LANGUAGE_CODES:
        for key, name in role_choices(code):
            roles.setdefault(key, {})[code] = name
    regions = {one.code: one.name.filled() for one in project_regions(cafe.project)}
    return {REGION: regions, ROLE: roles}


def _matched(
    margin: Margin, groups: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> tuple[str, dict[str, Any]]:
    head = normalised(margin.column)
    key = next((key for key, names in COLUMNS.items() if head in names), None)
    if key is None:
        code = "margins.unknown_column"
        known = ", ".join(COLUMNS)
        raise RecordError(code, where=margin.where, found=margin.column, expected=known)
    places = _places(groups[key])
    unknown = [group for group in margin.shares if group.casefold() not in places]
    if unknown:
        code = "margins.unknown_group"
        known = ", ".join(groups[key])
        raise RecordError(code, where=margin.where, found=", ".join(unknown), expected=known)
    shares: dict[str, float] = {}
    for group, share in margin.shares.items():
        place = places[group.casefold()]
        shares[place] = shares.get(place, 0.0) + share
    return key, {"shares": shares, "source": margin.source, "date": margin.date}


def _places(groups: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the key of each group by key and name."""
    return {
        name.casefold(): key for key, words in groups.items() for name in (key, *words.values())
    }


register("set_margins", set_margins, revert, is_strict=False)


# --- Shares of the regions of an AlpCafé from a table of official statistics ----------------------


_LEVELS: Final = 3
_SOURCE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class OfficialShare:
    """A region of the room with its figure.

    Attributes
    ----------
    code, name : str
    figure : float or None
        None where the table has none that can be used.
    share : float
        Of the sum of all figures; 0 without one.
    codes : tuple of str
        Under which codes of the table it was found, those of an earlier list too.
    flags : str
        What the office says of the figure: ``p`` provisional, ``u`` unreliable, ``b`` break.
    holds : str
        A region of the room that lies within this one; its people are counted there.
    """

    code: str
    name: str
    figure: float | None
    share: float
    codes: tuple[str, ...]
    flags: str
    holds: str = ""


def read_official(cafe: AlpCafe, path: Path, *, name: str) -> StatisticsTable:
    """Read what a table says of the regions of the room.

    Raises
    ------
    FileFormatError
        As `read_statistics`; besides where the room has no regions.
    """
    regions = project_regions(cafe.project)
    before = [codes for one in regions for codes in _called_before(one)]
    wanted = {one.code for one in regions}.union(*before)
    if not wanted:
        raise FileFormatError("statistics.nothing_here", where=Where(file=name))
    return read_statistics(path, name=name, wanted=sorted(wanted))


def read_official_text(cafe: AlpCafe, text: str, *, name: str) -> StatisticsTable:
    """Read a table that was pasted, as `read_official`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_text(text, encoding="utf-8", newline="")
        return read_official(cafe, path, name=name)


def official_shares(
    cafe: AlpCafe, table: StatisticsTable, *, year: str, chosen: Mapping[str, str]
) -> list[OfficialShare]:
    """Return the regions of the room with their shares of a year and one value per dimension.

    A region is looked for by its code, then by what it was called in other lists of codes, then
    as the sum of all its parts of one level.
    """
    figures = table.figures(year, chosen)
    regions = project_regions(cafe.project)
    found = [_found(one, regions, figures) for one in regions]
    total = sum(one.figure or 0.0 for one in found)
    return [
        OfficialShare(
            one.code,
            one.name,
            one.figure,
            (one.figure or 0.0) / total if total else 0.0,
            one.codes,
            one.flags,
            one.holds,
        )
        for one in found
    ]


def as_margins(
    shares: Sequence[OfficialShare],
    table: StatisticsTable,
    *,
    dataset: str,
    year: str,
    chosen: Mapping[str, str],
    day: date,
) -> dict[str, Any]:
    """Return the argument ``margins`` of the command: shares, source with table and day, year.

    Raises
    ------
    RecordError
        A unit of which shares cannot be made, or figures of fewer than two regions.
    """
    require_count(chosen.get(UNIT, ""))
    told = {one.code: one.share for one in shares if one.figure is not None}
    if len(told) < 2 or not sum(told.values()):  # noqa: PLR2004 - one region has no share
        raise RecordError("statistics.too_few", found=str(len(told)))
    several = {name for name, values in table.choices.items() if len(values) > 1}
    kept = ", ".join(f"{name} {chosen[name]}" for name in table.dimensions if name in several)
    where = " ".join(filter(None, ("Eurostat", dataset)))
    source = "; ".join(filter(None, (where, kept, day.isoformat())))[:_SOURCE_LENGTH]
    return {REGION: {"shares": told, "source": source, "date": year}}


def _found(
    region: Region, regions: Sequence[Region], figures: Mapping[str, Figure]
) -> OfficialShare:
    within = [
        one.code for one in regions if one.code != region.code and one.code.startswith(region.code)
    ]
    codes = next((codes for codes in _codes_of(region) if _all_known(codes, figures)), ())
    if within or not codes:
        holds = within[0] if within else ""
        return OfficialShare(region.code, region.name, None, 0.0, codes, "", holds)
    values = [figures[code].value or 0.0 for code in codes]
    flags = " ".join(sorted({figures[code].flag for code in codes} - {""}))
    return OfficialShare(region.code, region.name, sum(values), 0.0, codes, flags)


def _all_known(codes: Sequence[str], figures: Mapping[str, Figure]) -> bool:
    return all(code in figures and figures[code].value is not None for code in codes)


def _codes_of(region: Region) -> list[tuple[str, ...]]:
    """Return the sets of codes whose figures together are the region's, the surest first."""
    return [(region.code,), *_called_before(region), *_parts(region)]


def _called_before(region: Region) -> list[tuple[str, ...]]:
    recoder = current_recoder()
    called = [
        recoder.recode(region.code, from_vintage=region.last_vintage, to_vintage=year)
        for year in reversed(RECORDED)
    ]
    codes = [one.code for one in called if one.is_reliable and one.code]
    return [(code,) for code in dict.fromkeys(codes) if code != region.code]


def _parts(region: Region) -> list[tuple[str, ...]]:
    last = region.last_vintage
    below = Region.objects.filter(
        code__startswith=region.code, first_vintage__lte=last, last_vintage__gte=last
    )
    rows = sorted(set(below.values_list("level", "code")))
    sets = [
        tuple(code for at, code in rows if at == level)
        for level in range(region.level + 1, _LEVELS + 1)
    ]
    return [codes for codes in sets if codes]

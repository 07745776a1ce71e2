"""How large groups are outside the room: shares by region or role, with source and date.

Command ``set_margins``: ``margins`` has per column its shares by key, its source and its date, or
null, which takes the column back. Columns that are not named stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from alpclusters.analysis.errors import RecordError, StateError
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.cafe.domain.stakeholders.regions import project_regions
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.sources import heads
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.margins import Margin, read_margins

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

"""How far each region is with a joint approach, on the schematic map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.approaches.reading import RegionLine
from alpclusters.platform.policy.models import Adoption
from alpclusters.platform.territory.domain.tiles import tile_of, tiles
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.regions.maps import named_tiles

State = Adoption.State
# State: the mark in the tile and its shade; the mark says it without colours.
LOOKS: Final = {
    State.UNKNOWN: ("?", "q0"),
    State.INFORMED: ("1", "q2"),
    State.UNDER_REVIEW: ("2", "q3"),
    State.ADOPTED: ("3", "q4"),
    State.IMPLEMENTING: ("4", "q5"),
    State.IMPLEMENTED: ("5", "q6"),
    State.NOT_APPLICABLE: ("–", "q0"),
    State.DECLINED: ("×", "q0"),
    State.DISCONTINUED: ("!", "q1"),
}
_STATES: Final = tuple(LOOKS)


@dataclass(frozen=True, slots=True)
class StateMap(TileMap):
    """A tile shows the state of its region as mark and shade; others do not take part."""

    def _state(self, tile: Tile) -> Any:
        value = self.values.get(tile.code)
        return None if value is None else _STATES[int(value)]  # type: ignore[arg-type]

    def _number(self, tile: Tile) -> str:
        state = self._state(tile)
        return LOOKS[state][0] if state is not None else ""

    def _fill(self, tile: Tile) -> str:
        state = self._state(tile)
        return LOOKS[state][1] if state is not None else "q0"

    def _words(self, tile: Tile) -> str:
        state = self._state(tile)
        if state is None:
            return translator(self.language).gettext("does not take part")
        return str(state.label)

    def _name(self, tile: Tile) -> str:
        visible = f"{tile.short} {self._number(tile)}".strip()
        return f"{visible} {tile.name} ({tile.code}): {self._words(tile)}"

    def _legend(self) -> list[tuple[str, str]]:
        found = {int(value) for value in self.values.values()}  # type: ignore[arg-type]
        return [
            (LOOKS[state][1], f"{LOOKS[state][0]} {state.label}")
            for number, state in enumerate(_STATES)
            if number in found
        ]

    @property
    def alt(self) -> str:
        """Say what is shown and how many tiles have a state."""
        text = translator(self.language)
        return text.gettext("Schematic map: %(n)s of %(m)s regions take part.") % {
            "n": len(self.values),
            "m": len(self.tiles),
        }

    def table(self) -> Table:
        """The regions that take part with their states."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Region")),
            Column(text.gettext("Code"), "code"),
            Column(self.what),
        )
        rows: tuple[Row, ...] = tuple(
            (t.name, t.code, self._words(t)) for t in self._ordered if t.code in self.values
        )
        return Table(columns, rows, name=self.title)


def state_map(lines: Sequence[RegionLine], *, caption: str) -> ChartView | None:
    """Draw the states; a large region marks all its tiles. None where no tile is marked."""
    values: dict[str, float] = {}
    # Large ones first, so that a region within one shows its own state.
    for line in sorted(lines, key=lambda one: len(one.adoption.region.code)):
        for code in _tiles_of(line.adoption.region.code):
            values[code] = _STATES.index(State(line.adoption.state))
    if not values:
        return None
    language = nearest_language(get_language())
    chart = StateMap(
        language=language,
        tiles=named_tiles(),
        values=values,
        limits=(2, 3, 4, 5, 6),
        what=_("State"),
        title=caption,
    )
    return view_of(chart, caption=caption, language=language)


def _tiles_of(code: str) -> list[str]:
    exact = tile_of(code)
    return [exact] if exact else [one.code for one in tiles() if one.code.startswith(code)]

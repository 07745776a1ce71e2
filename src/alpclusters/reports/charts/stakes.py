"""Influence and interest in nine cells: the number in each, each a link to its names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.charts.parts import div, on
from alpclusters.reports.charts.svg import SITE, Markup, element, percent
from alpclusters.reports.numbers import format_integer

_GRADES: Final = (3, 2, 1)
_HEIGHT: Final = 96
_GAP: Final = 4
_TOP: Final = 4
_N_SHADES: Final = 6


@dataclass(frozen=True, slots=True)
class StakeGrid:
    """Counts by (influence, interest), 1 low to 3 high; influence upwards, interest to the right.

    The shade repeats the number; where a cell leads to is ``#cell-<influence>-<interest>``.
    """

    language: str
    counts: Mapping[tuple[int, int], int]
    n_unknown: int = 0

    @property
    def alt(self) -> str:
        """What is drawn, in a sentence."""
        text = translator(self.language)
        words = text.gettext(
            "Grid of influence (upwards) and interest (to the right), three steps each; "
            "%(n)s judged, %(m)s not. Each cell leads to its names."
        )
        shown = {"n": sum(self.counts.values()), "m": self.n_unknown}
        return words % {key: format_integer(n, self.language) for key, n in shown.items()}

    def html(self) -> Markup:
        """Draw the grid for a page: fluid, so that the text keeps its size."""
        text = translator(self.language)
        height = 3 * _HEIGHT + 2 * _GAP + 2 * _TOP
        drawn = element(
            "svg",
            *(self._cell(row, column) for row in range(3) for column in range(3)),
            width="100%", height=height, role="group", aria_label=self.alt, class_="stakegrid",
        )  # fmt: skip
        ends = [self._word(grade) for grade in reversed(_GRADES)]
        return div(
            "stakes",
            div("up-name", text.gettext("Influence")),
            div("up", *self._side()),
            div("field", drawn, div("along", *(element("span", word) for word in ends))),
            div("along-name", text.gettext("Interest")),
        )

    def _side(self) -> list[Markup]:
        return [element("span", self._word(grade), class_="step") for grade in _GRADES]

    def _word(self, grade: int) -> str:
        text = translator(self.language)
        return {1: text.gettext("low"), 2: text.gettext("middle"), 3: text.gettext("high")}[grade]

    def _cell(self, row: int, column: int) -> Markup:
        influence, interest = _GRADES[row], column + 1
        n = self.counts.get((influence, interest), 0)
        shade = self._shade(n)
        y = _TOP + row * (_HEIGHT + _GAP)
        box = element(
            "rect", x=percent(column / 3 + 0.004), y=y, width=percent(1 / 3 - 0.008),
            height=_HEIGHT, rx=4, attributes=SITE(fill=shade, stroke="line"),
        )  # fmt: skip
        number = element(
            "text", format_integer(n, self.language), x=percent(column / 3 + 1 / 6),
            y=y + _HEIGHT / 2 + 10, font_size=28, text_anchor="middle", font_weight=700,
            class_=on(shade),
        )  # fmt: skip
        return element(
            "a", box, number, href=f"#cell-{influence}-{interest}",
            aria_label=self._name(influence, interest, n),
        )  # fmt: skip

    def _name(self, influence: int, interest: int, n: int) -> str:
        text = translator(self.language)
        words = text.gettext("Influence %(influence)s, interest %(interest)s: %(n)s")
        return words % {
            "influence": self._word(influence),
            "interest": self._word(interest),
            "n": format_integer(n, self.language),
        }

    def _shade(self, n: int) -> str:
        if not n:
            return "q0"
        most = max(self.counts.values())
        return f"q{max(1, round(_N_SHADES * n / most))}"

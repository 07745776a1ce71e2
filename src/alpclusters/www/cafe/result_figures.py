"""Released results as pages of the big screen: a sentence, a figure, n and convention."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.models import Block
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis, criterion_axis
from alpclusters.reports.numbers import (
    format_figure,
    format_integer,
    format_n,
    format_percent,
)
from alpclusters.www.components.parts import Cell, Column, Table

type Json = Mapping[str, Any]
HEAT_LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)
"""Lower ends of the shades 2 to 6, as parts of the way from the lowest step to the highest."""


@dataclass(frozen=True)
class ResultPage:
    """One page: ``chart`` is safe SVG; ``heat`` a table; ``quotes`` comments; one of them."""

    block: str
    title: str
    note: str
    chart: str = ""
    heat: Table | None = None
    facts: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str, str], ...] = ()


def result_pages(found: Json, language: str) -> list[ResultPage]:
    """Return the pages of what `released_results` gave; none for nothing."""
    if not found:
        return []
    book = _Book(found, language)
    pages = []
    for block, data in found["blocks"].items():
        pages += book.pages(block, data)
    return pages


class _Book:
    """The words and numbers of one language for one set of results."""

    def __init__(self, found: Json, language: str) -> None:
        self.names, self.language = found["names"], language

    def pages(self, block: str, data: Json) -> list[ResultPage]:
        """Return the pages of a block."""
        made = {
            Block.PARTICIPATION: self._participation,
            Block.TIERS: self._tiers,
            Block.HEAT: self._heat,
            Block.GROUPS: self._groups,
            Block.TOP_THREE: self._top_three,
            Block.CLOUD: self._cloud,
            Block.COMMENTS: self._comments,
            Block.CHANGE: self._change,
        }[Block(block)]
        return list(made(data))

    # ---- one block each ----

    def _participation(self, data: Json) -> list[ResultPage]:
        people = data["n"] or 0
        title = ngettext("%(n)s person rated", "%(n)s people rated", people)
        words = {
            "phone": _("of them by phone"),
            "proxy": _("of them entered by a host"),
            "paper": _("of them on paper"),
        }
        facts = [(words[key], self._told(n)) for key, n in data["sources"].items() if n != 0]
        if data["cannot_judge"] is not None:
            facts.append((_("cannot judge"), format_percent(data["cannot_judge"], self.language)))
        note = _("People, not answers; each person counts once.")
        return [self._page("participation", title % {"n": self._int(people)}, note, facts=facts)]

    def _tiers(self, data: Json) -> list[ResultPage]:
        return [self._tier_page(item) for item in data["criteria"] if item["rows"]]

    def _tier_page(self, item: Json) -> ResultPage:
        rows = {row["measure"]: self._dot(row) for row in item["rows"]}
        if item["tiers"]:
            named = [
                Tier(tuple(rows.pop(pk) for pk in tier), _("Tier %(letter)s") % {"letter": letter})
                for letter, tier in zip("ABCDEFGHIJ", item["tiers"], strict=False)
            ]
            left = tuple(rows.values())
            tiers = (*named, Tier(left, _("withheld"))) if left else tuple(named)
        else:
            order = sorted(rows.values(), key=lambda row: -(row.value or 0))
            tiers = (Tier(tuple(order)),)
        name = self._criterion(item["criterion"])
        is_model = item["kind"] == "model"
        note = self._note(item["n"], _("model estimate") if is_model else _("mean"))
        note += self._cannot_judge(item["rows"])
        chart = DotChart(
            language=self.language,
            tiers=tuple(tiers),
            axis=self._axis(item["criterion"]),
            label_title=_("Measure"),
            title=name,
        )
        return self._page("tiers", name, note, chart=chart.svg_rows())

    def _heat(self, data: Json) -> list[ResultPage]:
        columns = [cell["criterion"] for cell in data["rows"][0]["cells"]] if data["rows"] else []
        head = [Column(_("Measure")), *(Column(self._criterion(pk)) for pk in columns)]
        rows = [
            [self._measure(row["measure"]), *(self._heat_cell(cell) for cell in row["cells"])]
            for row in data["rows"]
        ]
        title = _("Every measure by every criterion")
        table = Table(title, head, rows)
        return [self._page("heat", title, self._note(data["n"], _("mean")), heat=table)]

    def _groups(self, data: Json) -> list[ResultPage]:
        titles = {"region": _("By region"), "role": _("By group")}
        pages = []
        for split, found in data["splits"].items():
            criteria = dict.fromkeys(row["criterion"] for row in found["rows"])
            for criterion in criteria:
                rows = [row for row in found["rows"] if row["criterion"] == criterion]
                title = f"{titles.get(split, split)}: {self._criterion(criterion)}"
                table = self._group_table(title, found["groups"], rows)
                note = self._note(data["n"], _("mean"))
                pages.append(self._page("groups", title, note, heat=table))
        return pages

    def _group_table(self, title: str, groups: Json, rows: list[Json]) -> Table:
        keys = [cell["group"] for cell in rows[0]["cells"]] if rows else []
        names = [self._word(groups.get(key, {}), key) for key in keys]
        head = [Column(_("Measure")), *(Column(name) for name in names)]
        body = [
            [
                self._measure(row["measure"]),
                *(self._heat_cell(cell, row["criterion"]) for cell in row["cells"]),
            ]
            for row in rows
        ]
        return Table(title, head, body)

    def _top_three(self, data: Json) -> list[ResultPage]:
        points = " – ".join(self._int(n) for n in data["points"])
        note = self._note(data["n"], _("points for the places: %(points)s") % {"points": points})
        title = _("Chosen as the top three")
        if data.get("first"):
            places = enumerate(map(self._measure, data["first"]), start=1)
            head = [Column(_("Place")), Column(_("Measure"))]
            order = Table(title, head, [[str(place), name] for place, name in places])
            return [self._page("topthree", title, note, heat=order)]
        bars = tuple(Bar(self._measure(row["measure"]), row.get("points")) for row in data["rows"])
        chart = BarChart(
            language=self.language,
            bars=bars,
            label_title=_("Measure"),
            value_title=_("points"),
            title=title,
        )
        return [self._page("topthree", title, note, chart=chart.svg_rows() if bars else "")]

    def _cloud(self, data: Json) -> list[ResultPage]:
        if not data["rows"]:
            return []
        across, up = self._criterion(data["x"]), self._criterion(data["y"])
        pages = []
        for row in data["rows"]:
            if row.get("withheld"):
                continue
            title = self._measure(row["measure"])
            steps = {(x, y): step for x, y, step in row["cells"]}
            pages.append(
                self._page(
                    "cloud",
                    title,
                    self._note(
                        row["n"], _("sizes in steps of people, after some answers changed places")
                    ),
                    heat=self._cloud_table(f"{title}: {up} / {across}", across, up, steps, data),
                )
            )
        return pages

    def _cloud_table(
        self, caption: str, across: str, up: str, steps: Mapping[Any, int], data: Json
    ) -> Table:
        columns, lines = (self._steps(data[axis]) for axis in ("x", "y"))
        head = [Column(f"{up} ↑ {across} →"), *(Column(name) for name in columns.values())]
        rows = [
            [name, *(self._step(steps.get((x, y), 0), data["steps"]) for x in columns)]
            for y, name in reversed(lines.items())
        ]
        return Table(caption, head, rows)

    def _comments(self, data: Json) -> list[ResultPage]:
        quotes = [
            (item["text"], item["language"], self._measure(item["measure"]))
            for item in data["items"]
        ]
        note = self._note(data["n"], _("chosen by the facilitator"))
        size = 4
        return [
            self._page("comments", _("Why people rated so"), note, quotes=quotes[i : i + size])
            for i in range(0, len(quotes), size)
        ]

    def _change(self, data: Json) -> list[ResultPage]:
        return [self._change_page(item) for item in data["criteria"] if item["rows"]]

    def _change_page(self, item: Json) -> ResultPage:
        rows = tuple(
            DotRow(
                self._measure(row["measure"]),
                row.get("second"),
                row.get("low"),
                row.get("high"),
                row.get("n"),
                first=row.get("first"),
                is_withheld="second" not in row,
            )
            for row in item["rows"]
        )
        title = _("Second rating against the first: %(name)s") % {
            "name": self._criterion(item["criterion"])
        }
        chart = DotChart(
            language=self.language,
            tiers=(Tier(rows),),
            axis=self._axis(item["criterion"]),
            label_title=_("Measure"),
            title=title,
        )
        note = self._note(item["n"], _("people who rated twice; 90% interval of the change"))
        return self._page("change", title, note, chart=chart.svg_rows())

    # ---- parts ----

    def _page(self, block: str, title: str, note: str, **parts: Any) -> ResultPage:
        if "chart" in parts:
            # On a wide screen value, interval and n stand in one line.
            drawn = str(parts["chart"]).replace("<br>", " · ").replace("<br/>", " · ")
            parts["chart"] = mark_safe(drawn)  # noqa: S308 - drawn by reports.charts
        for name in ("facts", "quotes"):
            if name in parts:
                parts[name] = tuple(parts[name])
        return ResultPage(block, title, note, **parts)

    def _note(self, n: int | None, what: str) -> str:
        parts = [format_n(n, self.language)] if n is not None else []
        parts += [what, _("90% intervals")] if what in {_("mean"), _("model estimate")} else [what]
        return " · ".join([*parts, _("groups below 5 withheld")])

    def _cannot_judge(self, rows: list[Json]) -> str:
        """Say between which shares people could not judge a measure: the rows have no room."""
        shares = [row["cannot_judge"] for row in rows if row.get("cannot_judge") is not None]
        if not shares:
            return ""
        low, high = (format_percent(end, self.language) for end in (min(shares), max(shares)))
        found = low if low == high else f"{low} – {high}"
        return f" · {_('cannot judge')}: {found}"

    def _dot(self, row: Json) -> DotRow:
        return DotRow(
            self._measure(row["measure"]),
            row.get("estimate"),
            row.get("low"),
            row.get("high"),
            row.get("n"),
            is_withheld="n" not in row,
        )

    def _heat_cell(self, cell: Json, criterion: int | None = None) -> Cell:
        if cell.get("empty"):
            return Cell("–")
        if cell.get("withheld") or cell.get("mean") is None:
            return Cell("", suppressed=True)
        scale = self._scale(cell["criterion"] if criterion is None else criterion)
        low, high = scale.ends
        shade = 1 + sum(cell["mean"] >= low + part * (high - low) for part in HEAT_LIMITS)
        value = format_figure(cell["mean"], scale, self.language)
        return Cell(value, note=self._people(cell["n"]), shade=f"q{shade}")

    def _step(self, step: int, steps: Any) -> Cell:
        if not step:
            return Cell("·")
        low, high = steps[step - 1]
        text = f"{low}–{high}" if high else f"≥ {low}"
        return Cell(text, shade=f"q{step + 1}")

    def _axis(self, pk: int) -> Axis:
        scale, words = self._scale(pk), self._labels(self._named(pk))
        return criterion_axis(scale, [words.get(step, "") for step in scale.steps], self.language)

    def _steps(self, pk: int) -> dict[int, str]:
        """Name the steps of a criterion: by number, of yes and no and the like by words."""
        scale, words = self._scale(pk), self._labels(self._named(pk))
        return {
            step: str(step) if scale.is_numbered else words.get(step) or str(step)
            for step in scale.steps
        }

    def _labels(self, found: Json) -> dict[int, str]:
        steps, labels = found["steps"], found["labels"]
        named = steps if len(labels) == len(steps) else (steps[0], steps[-1])
        return {step: self._word(one) for step, one in zip(named, labels, strict=True)}

    def _named(self, pk: int) -> Json:
        found: Json = self.names["criteria"][str(pk)]
        return found

    def _scale(self, pk: int) -> Scale:
        found = self._named(pk)
        return Scale(Kind(found["kind"]), tuple(found["steps"]))

    def _measure(self, pk: int) -> str:
        return self._word(self.names["measures"].get(str(pk), {}), str(pk))

    def _criterion(self, pk: int) -> str:
        return self._word(self.names["criteria"].get(str(pk), {}).get("name", {}), str(pk))

    def _word(self, words: Json, fallback: str = "") -> str:
        found = words.get(self.language) or words.get(DEFAULT_LANGUAGE)
        return str(found or next(iter(words.values()), fallback))

    def _int(self, n: int | None) -> str:
        return "" if n is None else format_integer(n, self.language)

    def _told(self, n: int | None) -> str:
        return _("withheld") if n is None else format_integer(n, self.language)

    def _people(self, n: int) -> str:
        return format_n(n, self.language)

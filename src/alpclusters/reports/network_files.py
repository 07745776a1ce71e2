"""A network to take away: GraphML, CSV and JSON, written piece by piece.

Every file says what it is: attribution, conventions, simulated or not. Numbers stay numbers, names
are written as they are; what a spreadsheet would compute gets an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.characters import clean_text
from alpclusters.reports.charts.svg import escape

CONTENT_TYPES: Final = {
    "graphml": "application/graphml+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}
PIECE: Final = 65_536
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"

type Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation: its key in the file, its name if it may be named, region, partners."""

    key: str
    name: str
    region: str
    region_name: str
    partners: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two keys, how many links or joint projects, first year (None where unknown)."""

    first: str
    second: str
    weight: float
    since: int | None = None


NODE_COLUMNS: Final = ("key", "name", "region", "region_name", "partners", "url")
TIE_COLUMNS: Final = ("first", "second", "weight", "since")


def graphml(nodes: Iterable[Node], ties: Iterable[Tie], about: Record) -> Iterator[bytes]:
    """Write GraphML 1.0: attributes of nodes and ties are declared, the description comes first."""
    return _pieces(_graphml(nodes, ties, about))


def network_json(nodes: Iterable[Node], ties: Iterable[Tie], about: Record) -> Iterator[bytes]:
    """Write one JSON object: about, nodes, ties."""
    return _pieces(_json(nodes, ties, about))


def nodes_csv(nodes: Iterable[Node]) -> Iterator[bytes]:
    """Write one row per organisation."""
    return table_csv(NODE_COLUMNS, (_row(node, NODE_COLUMNS) for node in nodes))


def ties_csv(ties: Iterable[Tie]) -> Iterator[bytes]:
    """Write one row per tie."""
    return table_csv(TIE_COLUMNS, (_row(tie, TIE_COLUMNS) for tie in ties))


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Write rows for programs and spreadsheets."""
    return _pieces(_csv(columns, rows))


def table_json(name: str, rows: Iterable[Record], about: Record) -> Iterator[bytes]:
    """Write one JSON object: about, and the rows under a name."""
    return _pieces(_table_json(name, rows, about))


def _row(record: Node | Tie, columns: Sequence[str]) -> list[Any]:
    return [getattr(record, column) for column in columns]


def _pieces(parts: Iterable[str]) -> Iterator[bytes]:
    gathered: list[str] = []
    size = 0
    for part in parts:
        gathered.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join(gathered).encode()


def _graphml(nodes: Iterable[Node], ties: Iterable[Tie], about: Record) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<graphml xmlns="{_GRAPHML}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd">\n'
    )
    yield f"<desc>{escape(_dumped(about))}</desc>\n"
    for name, kind in (("name", "string"), ("region", "string"), ("region_name", "string"),
                       ("partners", "int"), ("url", "string")):  # fmt: skip
        yield _declared(name, kind, "node")
    for name, kind in (("weight", "double"), ("since", "int")):
        yield _declared(name, kind, "edge")
    yield '<graph id="network" edgedefault="undirected">\n'
    for node in nodes:
        yield _graphml_node(node)
    for tie in ties:
        yield _graphml_tie(tie)
    yield "</graph>\n</graphml>\n"


def _declared(name: str, kind: str, of: str) -> str:
    return f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'


def _graphml_node(node: Node) -> str:
    values = {
        "name": node.name, "region": node.region, "region_name": node.region_name,
        "partners": node.partners, "url": node.url,
    }  # fmt: skip
    return f'<node id="{escape(node.key)}">{_data(values)}</node>\n'


def _graphml_tie(tie: Tie) -> str:
    values = {"weight": tie.weight, "since": tie.since}
    ends = f'source="{escape(tie.first)}" target="{escape(tie.second)}"'
    return f"<edge {ends}>{_data(values)}</edge>\n"


def _data(values: Record) -> str:
    return "".join(
        f'<data key="{key}">{escape(str(value))}</data>'
        for key, value in values.items()
        if value not in ("", None)
    )


def _json(nodes: Iterable[Node], ties: Iterable[Tie], about: Record) -> Iterator[str]:
    yield f'{{"about": {_dumped(about)},\n"nodes": ['
    yield from _listed(_dumped(dict(zip(NODE_COLUMNS, _row(n, NODE_COLUMNS), strict=True)))
                       for n in nodes)  # fmt: skip
    yield '\n],\n"ties": ['
    yield from _listed(_dumped(dict(zip(TIE_COLUMNS, _row(t, TIE_COLUMNS), strict=True)))
                       for t in ties)  # fmt: skip
    yield "\n]}\n"


def _table_json(name: str, rows: Iterable[Record], about: Record) -> Iterator[str]:
    yield f'{{"about": {_dumped(about)},\n{_dumped(name)}: ['
    yield from _listed(_dumped(row) for row in rows)
    yield "\n]}\n"


def _listed(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{text}"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_guarded(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _guarded(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = clean_text(str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# --- Why a figure of a network is not defined or to be read with care, in the reader's language


REASONS: Final[Mapping[str, str]] = {
    "no_ties": _("There are no ties between organisations of known regions."),
    "one_group": _("All ties lie in one region: there is nothing to compare."),
    "too_few_organisations": _("Fewer than four organisations have ties."),
    "no_spread": _("However the labels lie, the value is the same."),
    "no_internal_ties": _("No tie lies within a region."),
    "no_external_ties": _("No tie lies between regions."),
    "no_cross_ties": _("No tie lies between regions, so nothing is expected of pairs."),
    "one_region_holds_all_cross_ties": _(
        "One region takes part in at least half of all ties between regions: nothing can be "
        "expected of the pairs."
    ),
    "none_missing": _("No pair of regions surely has fewer ties than expected."),
    "nothing_to_judge": _(
        "No pair of regions has enough organisations and enough expected ties to be judged."
    ),
    "small_groups": _("Cells with fewer than five organisations on either side are not shown."),
    "below_smallest_alpha": _(
        "Even the strictest usual threshold keeps too many ties; a stricter one was taken."
    ),
    "no_flow": _("There is no collaboration between the regions."),
    "too_few_pairs": _("There are too few pairs of regions for the model."),
    "collinear": _("Size, distance and border cannot be told apart in these pairs."),
    "not_converged": _("The model did not settle."),
    "border_separated": _("The border is left out: on one side of it nobody works together."),
    "border_constant": _("The border is left out: it is the same for all pairs."),
    "negative_cluster_variance": _(
        "There are too few regions for errors that allow pairs with a common region to depend on "
        "one another."
    ),
    "core_of_one_project": _(
        "The largest core can come from one large project alone; it says little."
    ),
}


def reason_sentence(code: str, language: str) -> str:
    """Return a reason as a sentence; a code without one stands for itself."""
    return translator(language).gettext(REASONS.get(code, code))

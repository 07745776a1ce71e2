"""Tables as HTML: head cells with scope, numbers right, a wide table scrolls in its own region."""

from typing import Final

from alpclusters.reports.blocks import (
    Cell,
    Certainty,
    Chip,
    Counted,
    Inline,
    Mark,
    Marker,
    Row,
    RowGroup,
    Run,
    Status,
    Table,
    Text,
)
from alpclusters.reports.captions import Numbering, colon, withheld_reason
from alpclusters.reports.cells import (
    ColumnFormat,
    column_formats,
    column_title,
    mark_word,
    status_word,
)
from alpclusters.reports.charts.parts import legend, status_shape
from alpclusters.reports.charts.svg import Markup, Value, element, join
from alpclusters.reports.links import safe_link
from alpclusters.reports.numbers import format_integer, format_number

# --- Pieces of a line, marks and status shapes as HTML: a shape always comes with its word --------


_CHIP_CLASSES: Final = {
    Mark.SIMULATED: "ac-badge sim",
    Mark.UNVERIFIED: "ac-badge unv",
    Mark.WITHHELD: "ac-badge sup",
    Mark.MACHINE: "ac-badge unv",
}


def text_html(text: Text, language: str) -> Markup:
    """Return a text with its runs, chips and statuses."""
    if isinstance(text, str):
        return _lines(text)
    return join(_piece(piece, language) for piece in text)


def _lines(text: str) -> Markup:
    first, *others = text.split("\n")
    return join((first, *(part for line in others for part in (element("br"), line))))


def _piece(piece: Inline, language: str) -> Markup:
    match piece:
        case Run():
            return _run(piece, language)
        case Chip():
            return chip_html(piece.mark, language)
        case Status():
            return status_html(piece, language)
        case Certainty():
            letter = element("b", piece.letter, class_="r-letter")
            return element("span", letter, f" {piece.words}", class_="r-certainty")


def _run(run: Run, language: str) -> Markup:
    foreign = run.language if run.language and run.language != language else None
    inner = _lines(run.text)
    if run.strong:
        inner = element("strong", inner)
    if run.emphasis:
        inner = element("em", inner)
    link = safe_link(run.link)
    if link:
        return element("a", inner, href=link, lang=foreign)
    if foreign or run.quiet:
        return element("span", inner, lang=foreign, class_="r-quiet" if run.quiet else None)
    return inner


def chip_html(mark: Mark, language: str, words: str = "") -> Markup:
    """Return an honest mark as a badge with its word."""
    return element("span", words or mark_word(mark, language), class_=_CHIP_CLASSES[mark])


def status_html(status: Status, language: str) -> Markup:
    """Return a status: shape, word, detail on a line of its own."""
    shape = status_shape(status.kind)
    words = element("span", shape, status_word(status, language), class_="r-status")
    if not status.detail:
        return words
    return join((words, element("span", status.detail, class_="r-detail")))


# --- Tables as HTML: head cells with scope, numbers right, a wide table scrolls in its own region


def table_html(
    table: Table, language: str, numbering: Numbering | None = None, *, key: str = ""
) -> Markup:
    """Return a table with caption, note and legend; numbered when a numbering is given.

    The caption stands outside the scrolling region and names region and table by its id ``key``.
    """
    formats = column_formats(table, language)
    label = numbering.next_table() if numbering and table.caption else ""
    heads = (_head(i, table, form) for i, form in enumerate(formats))
    parts = (
        element("thead", element("tr", *heads)),
        element("tbody", *(_row(row, table, formats, language) for row in table.rows)),
        _foot(table, formats, language),
    )
    name = _name(table, key if table.caption else "")
    grid = element(
        "table", *parts, class_="heat" if _is_heat(table) else "ac-table", attributes=name
    )
    region = element("div", grid, class_="r-scroll", tabindex="0", role="region", attributes=name)
    caption = _caption(table, language, label, key)
    return element(
        "div", caption, region, _legend(table), _note(table, language), class_="r-tablebox"
    )


def _name(table: Table, key: str) -> dict[str, Value]:
    if key:
        return {"aria-labelledby": key}
    return {"aria-label": table.caption or table.name or column_title(table.columns[0])}


def _is_heat(table: Table) -> bool:
    return bool(table.legend) or any(
        isinstance(cell, Counted) for row in table.value_rows for cell in row
    )


def _caption(table: Table, language: str, label: str, key: str) -> Markup:
    if not table.caption:
        return Markup("")
    number = element("span", label, class_="r-number") if label else ""
    chips = [part for mark in table.marks for part in (" ", chip_html(mark, language))]
    space = " " if label else ""
    return element("p", number, space, table.caption, *chips, class_="r-caption", id=key or None)


def _head(index: int, table: Table, form: ColumnFormat) -> Markup:
    title = column_title(table.columns[index])
    attributes = "r" if _is_right(form) and not _is_heat(table) else None
    if not title:
        return element("td", class_=attributes)
    return element("th", title, scope="col", class_=attributes)


def _row(
    row: Row | RowGroup, table: Table, formats: tuple[ColumnFormat, ...], language: str
) -> Markup:
    if isinstance(row, RowGroup):
        words = element("span", row.words) if row.words else ""
        head = element(
            "th", row.title, " " if words else "", words, scope="rowgroup", class_="r-group",
            attributes={"colspan": str(len(table.columns))},
        )  # fmt: skip
        return element("tr", head)
    cells = (_cell(i, cell, table, formats[i], language) for i, cell in enumerate(row))
    return element("tr", *cells)


def _foot(table: Table, formats: tuple[ColumnFormat, ...], language: str) -> Markup:
    if table.total is None:
        return Markup("")
    cells = (_cell(i, cell, table, formats[i], language) for i, cell in enumerate(table.total))
    return element("tfoot", element("tr", *cells, class_="sum"))


def _cell(index: int, cell: Cell, table: Table, form: ColumnFormat, language: str) -> Markup:
    inner = _inner(cell, form, language)
    classes = _classes(cell, table, form)
    if index == table.row_head and inner:
        return element("th", inner, scope="row", class_=classes or None)
    return element("td", inner, class_=classes or None)


def _classes(cell: Cell, table: Table, form: ColumnFormat) -> str:
    if isinstance(cell, Counted):
        return shade_class(cell)
    if cell is Marker.WITHHELD and _is_heat(table):
        return "sup"
    names = ["r" if _is_right(form) and not isinstance(cell, Status) else ""]
    names.append("t" if form.column.kind == "text" else "")
    names.append("strong" if form.column.strong else "")
    return " ".join(name for name in names if name)


def shade_class(cell: Counted) -> str:
    """Return the class of a shaded cell: q1 to q6, or dn3 to dp3 around zero."""
    if cell.diverging is None:
        return f"q{cell.step}"
    if cell.diverging == 0:
        return "d0"
    return f"d{'p' if cell.diverging > 0 else 'n'}{abs(cell.diverging)}"


def _inner(cell: Cell, form: ColumnFormat, language: str) -> Markup:
    match cell:
        case Marker.WITHHELD:
            return chip_html(Mark.WITHHELD, language)
        case Chip():
            return chip_html(cell.mark, language)
        case Status():
            return status_html(cell, language)
        case Counted():
            value = format_number(cell.value, language, form.decimals)
            n = f"n\u00a0=\u00a0{format_integer(cell.n, language)}"
            return join((value, element("small", n)))
        case str() | tuple():
            return text_html(cell, language)
        case _:
            return text_html(form.text(cell), language)


def _is_right(form: ColumnFormat) -> bool:
    return form.column.kind in {"number", "percent"}


def _legend(table: Table) -> Markup:
    if not table.legend:
        return Markup("")
    return legend([(f"q{i}", words) for i, words in enumerate(table.legend, start=1)])


def _note(table: Table, language: str) -> Markup:
    parts: list[str] = []
    if table.has_withheld:
        word = element("b", mark_word(Mark.WITHHELD, language))
        parts += [word, colon(language) + withheld_reason(language) + " "]
    parts.append(text_html(table.note, language))
    if not any(parts):
        return Markup("")
    return element("p", *parts, class_="note")

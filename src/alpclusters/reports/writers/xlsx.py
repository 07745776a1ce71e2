"""Tables as a workbook: numbers stay numbers, texts stay texts, one sheet per table."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Counted,
    Document,
    Figure,
    Interval,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Table,
    walk,
)
from alpclusters.reports.captions import (
    Numbering,
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
)
from alpclusters.reports.cells import (
    ColumnFormat,
    column_formats,
    column_title,
    inline_text,
    simulated_label,
)
from alpclusters.reports.characters import clean_text

_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_MAX_NAME: Final = 31
_MAX_TEXT: Final = 32_767
_MIN_WIDTH: Final = 9
_MAX_WIDTH: Final = 60


def write_xlsx(document: Document) -> bytes:
    """Return a workbook: a sheet about the document, then one sheet per table and figure.

    Intervals and counted values take two columns, so that every number can be computed with.
    Nothing a person wrote becomes a formula or a link.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False, "remove_timezone": True},
    )  # fmt: skip
    _set_properties(book, document)
    styles = _Styles(book)
    _about(book, styles, document)
    for name, caption, table in _named_tables(document):
        _write_table(book.add_worksheet(name), styles, table, caption, document.language)
    book.close()
    return out.getvalue()


class _Styles:
    """The few formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[tuple[str, bool], Any] = {}
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self.simulated = book.add_format(
            {"bold": True, "bg_color": "#FBEBC8", "font_color": "#7A4A00"}
        )
        self.withheld = book.add_format({"pattern": 14, "fg_color": "#B9BDB6", "align": "right"})

    def number(self, pattern: str, *, bold: bool) -> Any:
        """Return the format of a number pattern."""
        key = (pattern, bold)
        if key not in self._numbers:
            self._numbers[key] = self._book.add_format(
                {"num_format": pattern, "bold": bold, "valign": "top"}
            )
        return self._numbers[key]


def _set_properties(book: Any, document: Document) -> None:
    book.set_properties(
        {
            "title": clean_text(document_title(document)),
            "author": clean_text(document.publisher),
            "keywords": clean_text(", ".join(document_keywords(document))),
            "comments": clean_text(digest_sentences(document)[0]),
            "created": document.made_at or datetime.combine(document.date, datetime.min.time()),
        }
    )


def _about(book: Any, styles: _Styles, document: Document) -> None:
    text = translator(document.language)
    sheet = book.add_worksheet(_sheet_name(text.gettext("Contents"), set()))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, clean_text(document.title), styles.title)
    row = 1
    if document.simulated:
        sheet.write_string(row, 0, simulated_label(document.language), styles.simulated)
        row += 1
    left, right = cover_facts(document)
    for label, words in (*left, *right):
        sheet.write_string(row, 0, clean_text(label), styles.bold)
        sheet.write_string(row, 1, clean_text(words), styles.text)
        row += 1
    for sentence in digest_sentences(document):
        sheet.write_string(row, 1, clean_text(sentence), styles.text)
        row += 1
    for title, words in _warnings(document):
        sheet.write_string(row, 0, clean_text(title), styles.bold)
        sheet.write_string(row, 1, clean_text(words), styles.text)
        row += 1
    for name, caption, _table in _named_tables(document):
        sheet.write_string(row + 1, 0, name, styles.bold)
        sheet.write_string(row + 1, 1, clean_text(caption), styles.text)
        row += 1


def _warnings(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the warnings of a document that have a title: a title, then a sentence to each row."""
    for panel in walk(document.blocks):
        if not isinstance(panel, Panel) or panel.kind != "warning" or not panel.title:
            continue
        title = panel.title
        for block in walk(panel.blocks):
            said = block.items if isinstance(block, Bullets) else ()
            for text in (block.text,) if isinstance(block, Paragraph) else said:
                yield title, inline_text(text, document.language)
                title = ""


def _named_tables(document: Document) -> list[tuple[str, str, Table]]:
    numbering = Numbering(document.language)
    taken = {_sheet_name(translator(document.language).gettext("Contents"), set()).lower()}
    found = []
    for block in walk(document.blocks):
        table = _table_of(block)
        if table is None:
            continue
        caption = block.caption if isinstance(block, Table | Figure) else ""
        label = ""
        if isinstance(block, Figure):
            label = numbering.next_figure()
        elif caption:
            label = numbering.next_table()
        found.append((_sheet_name(label or table.name, taken), caption, table))
    return found


def _table_of(block: Block) -> Table | None:
    if isinstance(block, Table):
        return block
    return block.chart.table() if isinstance(block, Figure) else None


def _sheet_name(wish: str, taken: set[str]) -> str:
    """Return a name no other sheet has, without the characters a sheet name must not hold."""
    base = clean_text(wish).replace("\u00a0", " ").translate(_FORBIDDEN).strip()[:_MAX_NAME] or "1"
    name, i = base, 2
    while name.lower() in taken:
        name = f"{base[: _MAX_NAME - 4]} {i}"
        i += 1
    taken.add(name.lower())
    return name


def _write_table(sheet: Any, styles: _Styles, table: Table, caption: str, language: str) -> None:
    formats = column_formats(table, language)
    starts = _starts(table)
    sheet.write_string(0, 0, clean_text(caption or table.name), styles.title)
    for i, column in enumerate(table.columns):
        titles = _titles(column_title(column), starts[i + 1] - starts[i], table, i)
        for j, title in enumerate(titles):
            sheet.write_string(2, starts[i] + j, clean_text(title), styles.head)
    row = 3
    for entry in table.rows:
        _write_row(sheet, styles, row, entry, formats, starts)
        row += 1
    if table.total is not None:
        _write_row(sheet, styles, row, table.total, formats, starts, bold=True)
        row += 1
    note = inline_text(table.note, language)
    if note:
        sheet.write_string(row + 1, 0, clean_text(note)[:_MAX_TEXT])
    sheet.freeze_panes(3, 1)
    _set_widths(sheet, table, formats, starts)


def _starts(table: Table) -> list[int]:
    """Return the sheet column where each table column begins; intervals take two."""
    starts = [0]
    for i in range(len(table.columns)):
        is_double = any(isinstance(row[i], Interval | Counted) for row in table.value_rows)
        starts.append(starts[-1] + (2 if is_double else 1))
    return starts


def _titles(title: str, width: int, table: Table, index: int) -> list[str]:
    if width == 1:
        return [title]
    is_counted = any(isinstance(row[index], Counted) for row in table.value_rows)
    return [title, f"{title}, n"] if is_counted else [f"{title} ≥", f"{title} ≤"]


def _write_row(
    sheet: Any,
    styles: _Styles,
    row: int,
    entry: Row | RowGroup,
    formats: tuple[ColumnFormat, ...],
    starts: list[int],
    *,
    bold: bool = False,
) -> None:
    if isinstance(entry, RowGroup):
        sheet.write_string(row, 0, clean_text(f"{entry.title} {entry.words}".strip()), styles.bold)
        return
    for cell, form, column in zip(entry, formats, starts[:-1], strict=True):
        _write_cell(sheet, styles, (row, column), cell, form, bold=bold or form.column.strong)


def _write_cell(
    sheet: Any,
    styles: _Styles,
    place: tuple[int, int],
    cell: Cell,
    form: ColumnFormat,
    *,
    bold: bool,
) -> None:
    row, column = place
    style = styles.number(_pattern(form), bold=bold)
    match cell:
        case None:
            return
        case Interval():
            sheet.write_number(row, column, cell.low, style)
            sheet.write_number(row, column + 1, cell.high, style)
        case Counted():
            sheet.write_number(row, column, cell.value, style)
            sheet.write_number(row, column + 1, cell.n, styles.number("0", bold=False))
        case date():
            moment = datetime.combine(cell, datetime.min.time())
            sheet.write_datetime(row, column, moment, styles.number("yyyy-mm-dd", bold=bold))
        case int() | float() | Decimal():
            sheet.write_number(row, column, float(cell), style)
        case _:
            text = clean_text(form.text(cell))[:_MAX_TEXT]
            sheet.write_string(row, column, text, styles.bold if bold else styles.text)


def _pattern(form: ColumnFormat) -> str:
    decimals = f".{'0' * form.decimals}" if form.decimals else ""
    if form.column.kind == "percent":
        return f"0{decimals}%"
    if form.column.kind == "code" and not form.decimals:
        return "0"  # a year, a number of a row: not grouped
    if form.column.signed:
        return f"+#,##0{decimals};-#,##0{decimals};0{decimals}"
    return f"#,##0{decimals}"


def _set_widths(
    sheet: Any, table: Table, formats: tuple[ColumnFormat, ...], starts: list[int]
) -> None:
    for i, form in enumerate(formats):
        texts = [form.text(row[i]) for row in table.value_rows]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        width = min(max(longest, len(form.column.title), _MIN_WIDTH) + 2, _MAX_WIDTH)
        sheet.set_column(starts[i], starts[i + 1] - 1, width)

"""The brief of an evaluation on its page: its blocks as parts of the site."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Heading,
    Panel,
    Paragraph,
    RowGroup,
    Run,
    Text,
    plain,
)
from alpclusters.reports.blocks import Column as BlockColumn
from alpclusters.reports.blocks import Table as BlockTable
from alpclusters.reports.evaluation_brief import Brief
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.tables import site_table


@dataclass(frozen=True)
class Line:
    """A sentence with what stands out before it."""

    strong: str
    text: str


@dataclass(frozen=True)
class BriefPiece:
    """A paragraph, a list or a table: one of them is filled."""

    text: str = ""
    lines: Sequence[Line] = ()
    table: Table | None = None
    note: str = ""


@dataclass
class BriefSection:
    """What stands below one heading of the second page."""

    title: str
    is_panel: bool = False
    pieces: list[BriefPiece] = field(default_factory=list)


@dataclass(frozen=True)
class BriefPart:
    """Whose figures these are, the table of answers, and the sections of the second page."""

    whose: str
    table: Table | None
    note: str
    sections: Sequence[BriefSection]


def brief_part(brief: Brief, language: str, *, answer: str) -> BriefPart:
    """Lay the blocks of a brief out for the page; ``answer`` heads the column of answers."""
    found = _ungrouped(brief.answers, answer) if brief.answers else None
    return BriefPart(
        whose=brief.note,
        table=_table(found, language) if found else None,
        note=plain(found.note) if found else "",
        sections=_sections(brief.doubts, language),
    )


def _table(table: BlockTable, language: str) -> Table:
    return replace(site_table(table, caption=table.caption, language=language), wide=False)


def _ungrouped(table: BlockTable, answer: str) -> BlockTable:
    """Set the words of each group of rows beside its rows."""
    if not any(isinstance(row, RowGroup) for row in table.rows):
        return table
    rows, words = [], ""
    for row in table.rows:
        if isinstance(row, RowGroup):
            words = row.title
        else:
            rows.append((row[0], words, *row[1:]))
    columns = (table.columns[0], BlockColumn(answer), *table.columns[1:])
    return replace(table, columns=columns, rows=tuple(rows))


def _sections(blocks: Sequence[Block], language: str) -> list[BriefSection]:
    found: list[BriefSection] = []
    for block in blocks:
        match block:
            case Heading(text=title):
                found.append(BriefSection(title))
            case Panel(blocks=inner, title=title):
                pieces = [piece for one in inner for piece in _pieces(one, language)]
                found.append(BriefSection(title, is_panel=True, pieces=pieces))
            case _:
                found[-1].pieces += _pieces(block, language)
    return found


def _pieces(block: Block, language: str) -> list[BriefPiece]:
    match block:
        case Paragraph(text=text):
            return [BriefPiece(text=plain(text))]
        case Bullets(items=items):
            return [BriefPiece(lines=[_line(item) for item in items])]
        case BlockTable():
            return [BriefPiece(table=_table(block, language), note=plain(block.note))]
    raise TypeError(type(block))


def _line(text: Text) -> Line:
    match text:
        case (Run(strong=True, text=first), *rest):
            return Line(first, plain(tuple(rest)))
    return Line("", plain(text))

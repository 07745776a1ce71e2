"""NUTS codes by vintage and the changes between neighbouring vintages, from Eurostat's workbooks.

Sheet names, head rows and columns differ from year to year, so columns are found by name. The
workbooks are the European Commission's; reuse with source.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.workbooks import Cell, Sheet, read_workbook

Relation = Literal["renamed", "recoded", "merged", "split", "boundary", "discontinued", "new"]
Kind = Literal["NUTS", "statistical region"]

ATTRIBUTION: Final = (
    "European Commission, Eurostat, Statistical regions in the European Union and partner "
    "countries, NUTS and statistical regions"
)
EXACT: Final[frozenset[Relation]] = frozenset({"renamed", "recoded", "merged"})
HEAD_ROWS: Final = 3
_CODE_HEAD: Final = re.compile(r"code (20\d\d)")
_CODE: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_PART: Final = re.compile(r"\(part\)", re.IGNORECASE)
# Countries whose regions are statistical regions by agreement, not NUTS by law.
_PARTNERS: Final = frozenset(
    {"AL", "BA", "CH", "IS", "LI", "ME", "MK", "NO", "RS", "TR", "UA", "XK"}
)
# The codes of the 2016 to 2021 workbook: 1 renamed, 2 recoded, 3 and 4 boundary, 5 ended, 6 new.
_BOUNDARY_NUMBERS: Final = frozenset({"3", "4"})


@dataclass(frozen=True, slots=True)
class NutsCode:
    """One region of one vintage; ``parent`` is empty for countries."""

    vintage: int
    level: int
    code: str
    country: str
    parent: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class NutsChange:
    """What became of a region from one vintage to the next.

    Attributes
    ----------
    from_vintage, to_vintage, level : int
    from_code, to_code : str
        Empty if the region is new, or has no single successor.
    relation : str
        renamed, recoded, merged (whole into one), split, boundary, discontinued, new.
    is_exact : bool
        Whether the old region lies wholly in the new one, so that recoding loses nothing.
    candidates : tuple of str
        Possible successors where there is no single one.
    change_text, explanation : str
        Words of the workbook.
    """

    from_vintage: int
    to_vintage: int
    level: int
    from_code: str
    to_code: str
    relation: Relation
    is_exact: bool
    candidates: tuple[str, ...]
    change_text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class NutsWorkbook:
    """Codes of two vintages and the changes between them."""

    codes: tuple[NutsCode, ...]
    changes: tuple[NutsChange, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a sheet that pairs old and new codes."""

    old: str
    new: str
    is_old_part: bool
    is_new_part: bool
    level: int
    name: str
    change: str
    explanation: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class _Heads:
    place: int
    vintages: tuple[int, int]
    columns: Mapping[str, int]


def read_nuts_workbook(path: Path, *, name: str | None = None) -> NutsWorkbook:
    """Read one of Eurostat's workbooks on the change from one NUTS vintage to the next.

    Parameters
    ----------
    path : Path
        .xls or .xlsx.
    name : str, optional
        How errors call the file.

    Raises
    ------
    FileFormatError
        No workbook, or none with two code columns such as "Code 2016" and "Code 2021".
    """
    sheets = read_workbook(path, name=name)
    return build_nuts(sheets, file=name or path.name)


def build_nuts(sheets: Iterable[Sheet], *, file: str) -> NutsWorkbook:
    """Turn sheets into codes and changes; `read_nuts_workbook` without the reading."""
    found = [(sheet, heads) for sheet in sheets if (heads := _heads(sheet))]
    lines = [line for sheet, heads in found for line in _lines(sheet, heads)]
    if not any(line.is_main for line in lines):
        code = "nuts.no_code_columns"
        raise FileFormatError(code, where=Where(file=file), expected="Code 2016, Code 2021")
    vintages = found[0][1].vintages
    main = [line for line in lines if line.is_main]
    return NutsWorkbook(
        codes=(*_codes(main, vintages[0], old=True), *_codes(main, vintages[1], old=False)),
        changes=tuple(_changes(main, lines, vintages)),
    )


# --- sheets -------------------------------------------------------------------------------


def _heads(sheet: Sheet) -> _Heads | None:
    """Find the row that has two code columns; what else it has is found by name."""
    for place, row in enumerate(sheet.rows[:HEAD_ROWS]):
        names = [" ".join(str(cell or "").lower().replace("*", "").split()) for cell in row]
        vintages = [int(match[1]) for name in names if (match := _CODE_HEAD.fullmatch(name))]
        if len(vintages) == 2:  # noqa: PLR2004 - from and to
            columns = {name: column for column, name in reversed(list(enumerate(names))) if name}
            return _Heads(place, (vintages[0], vintages[1]), columns)
    return None


def _lines(sheet: Sheet, heads: _Heads) -> Iterator[_Line]:
    is_main = "explanation (new = old)" not in heads.columns
    labels = _label_columns(heads)
    for row in sheet.rows[heads.place + 1 :]:
        old, is_old_part = _code(row, heads, f"code {heads.vintages[0]}")
        new, is_new_part = _code(row, heads, f"code {heads.vintages[1]}")
        if old or new:
            yield _Line(
                old,
                new,
                is_old_part,
                is_new_part,
                level=len(old or new) - 2,
                name=next((text for column in labels if (text := _text(row[column]))), ""),
                change=_change(row, heads),
                explanation=_cell(row, heads, "explanation (new = old)"),
                is_main=is_main,
            )


def _label_columns(heads: _Heads) -> list[int]:
    starts = ("country", "nuts level ", "statistical regions level", "statisitcal regions level")
    return [
        column
        for name, column in heads.columns.items()
        if name == "label"
        or (name.startswith(starts) and name not in ("country order", "country code"))
    ]


def _code(row: Sequence[Cell], heads: _Heads, head: str) -> tuple[str, bool]:
    text = _cell(row, heads, head)
    bare = _PART.sub("", text).strip()
    return (bare if _CODE.fullmatch(bare) else ""), bool(_PART.search(text))


def _change(row: Sequence[Cell], heads: _Heads) -> str:
    parts = [_cell(row, heads, name) for name in ("change codes", "change comments", "change")]
    return "|".join(part for part in parts if part)


def _cell(row: Sequence[Cell], heads: _Heads, head: str) -> str:
    column = heads.columns.get(head)
    return "" if column is None or column >= len(row) else _text(row[column])


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


# --- codes --------------------------------------------------------------------------------


def _codes(main: Iterable[_Line], vintage: int, *, old: bool) -> Iterator[NutsCode]:
    seen = set()
    for line in main:
        code, is_part = (line.old, line.is_old_part) if old else (line.new, line.is_new_part)
        if code and not is_part and code not in seen:
            seen.add(code)
            country = code[:2]
            kind: Kind = "statistical region" if country in _PARTNERS else "NUTS"
            parent = code[:-1] if line.level else ""
            yield NutsCode(vintage, len(code) - 2, code, country, parent, line.name, kind)


# --- changes ------------------------------------------------------------------------------


def _changes(main: list[_Line], lines: list[_Line], vintages: tuple[int, int]) -> list[NutsChange]:
    evidence = _Evidence.of(main, lines)
    told = [_told_by_the_whole(line) for line in main]
    changes = [
        _change_of(line, evidence, vintages) for line in told if line.change or line.old != line.new
    ]
    return _with_children(changes, main)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the sheets say beyond single lines.

    ``whole``: new regions in which an old one lies wholly. ``sources``: old regions of which a
    new one is made. ``parts``: new regions that hold a part of an old one. ``names``: new
    regions by level, country and name.
    """

    whole: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, int]
    parts: Mapping[str, set[str]]
    names: Mapping[tuple[int, str, str], set[str]]
    texts: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, main: list[_Line], lines: list[_Line]) -> "_Evidence":
        whole = _whole(lines)
        sources = Counter(new for targets in whole.values() for new in targets)
        names: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        for line in main:
            if line.new and line.new != line.old:
                names[line.level, line.new[:2], line.name].add(line.new)
        texts = {(line.old, line.new): line.explanation for line in lines if line.explanation}
        return cls(whole, sources, _parts(lines), names, texts)

    def candidates(self, line: _Line) -> tuple[str, ...]:
        """Return possible successors: told, else of the same name.

        Where only a boundary moved the namesake is the successor, whatever else got a part.
        """
        told = {*self.parts.get(line.old, ()), *self.whole.get(line.old, ())}
        namesakes = self.names.get((line.level, line.old[:2], line.name), set())
        first, second = (namesakes, told) if _is_boundary(line) else (told, namesakes)
        return tuple(sorted(first or second))


def _told_by_the_whole(line: _Line) -> _Line:
    """Return a line on a part of an old region as a new region; the whole has its own line."""
    if line.is_old_part and line.new:
        return replace(line, old="", is_old_part=False, level=len(line.new) - 2)
    return line


def _change_of(line: _Line, evidence: _Evidence, vintages: tuple[int, int]) -> NutsChange:
    candidates = evidence.candidates(line) if line.old else ()
    relation, target = _relation(line, evidence, candidates)
    return NutsChange(
        *vintages,
        level=line.level,
        from_code=line.old,
        to_code=target,
        relation=relation,
        is_exact=relation in EXACT,
        candidates=() if target else candidates,
        change_text=line.change,
        explanation=evidence.texts.get((line.old, line.new), ""),
    )


def _relation(
    line: _Line, evidence: _Evidence, candidates: tuple[str, ...]
) -> tuple[Relation, str]:
    """Return what happened and the one successor, if there is one."""
    words, target = line.change.lower(), "" if line.is_new_part else line.new
    whole = evidence.whole.get(line.old, ())
    if not line.old:
        return "new", line.new
    if _is_boundary(line):
        return "boundary", target
    if target:
        return ("renamed" if line.old == target else "recoded"), target
    if len(whole) == 1 and "split" not in words:
        return ("merged" if evidence.sources[whole[0]] > 1 else "recoded"), whole[0]
    is_split = "split" in words or (not words and len(candidates) > 1)
    return ("split" if is_split else "discontinued"), ""


def _is_boundary(line: _Line) -> bool:
    words = line.change.lower()
    return "boundary" in words or "art. 5" in words or words[:1] in _BOUNDARY_NUMBERS


def _whole(lines: Iterable[_Line]) -> dict[str, tuple[str, ...]]:
    """Find old regions that lie wholly in new ones.

    From lines such as "DE41 | DE40 (part)" and explanations such as "DE40 = DE41 + DE42". An
    equation with parts or a minus says nothing certain about any of its terms.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.old and line.new and line.is_new_part and not line.is_old_part:
            found[line.old].add(line.new)
        new, terms = _equation(line.explanation)
        for term in terms:
            if len(term) == len(new):
                found[term].add(new)
    return {old: tuple(sorted(new)) for old, new in found.items()}


def _equation(explanation: str) -> tuple[str, list[str]]:
    """Split "A = B + C" into A and its terms; nothing if any term is not whole."""
    left, equals, right = explanation.split(",", maxsplit=1)[0].rpartition(";")[2].partition("=")
    pieces = [piece.strip().removeprefix("ex-") for piece in right.split("+")]
    is_whole = all(_CODE.fullmatch(piece) for piece in pieces)
    if not equals or not is_whole or not _CODE.fullmatch(left.strip()):
        return "", []
    return left.strip(), pieces


def _parts(lines: Iterable[_Line]) -> dict[str, set[str]]:
    """Find new regions that hold a part of an old one, from lines and explanations."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.is_old_part and line.new:
            found[line.old].add(line.new)
        left, equals, right = line.explanation.partition("=")
        if not equals:
            continue
        for new in _regions(left):
            for old in _regions(right):
                if len(old) == len(new):
                    found[old].add(new)
    return found


def _regions(text: str) -> list[str]:
    """Return the region codes in a text; two letters alone would be a country or a word."""
    return [code for code in _CODE.findall(text) if len(code) > 2]  # noqa: PLR2004


def _with_children(changes: list[NutsChange], main: list[_Line]) -> list[NutsChange]:
    """Complete a region without successor from what became of the regions inside it."""
    successors = {line.old: {line.new} for line in main if line.old and line.old == line.new}
    for change in changes:
        if change.from_code:
            found = {change.to_code} if change.to_code else set(change.candidates)
            successors[change.from_code] = found
    exact = {change.from_code for change in changes if change.from_code and change.is_exact}
    exact |= {line.old for line in main if line.old and line.old == line.new and not line.change}
    children: dict[str, list[str]] = defaultdict(list)
    for code in successors:
        children[code[:-1]].append(code)
    return [_completed(change, children, successors, exact) for change in changes]


def _completed(
    change: NutsChange,
    children: Mapping[str, list[str]],
    successors: Mapping[str, set[str]],
    exact: set[str],
) -> NutsChange:
    inside = children.get(change.from_code, []) if change.from_code else []
    if not inside or change.to_code:
        return change
    targets = {new[:-1] for child in inside for new in successors[child]}
    is_whole = len(targets) == 1 and all(child in exact for child in inside)
    if is_whole and change.relation == "discontinued":
        explanation = "derived: every region inside lies in it"
        return replace(
            change, to_code=targets.pop(), relation="merged", is_exact=True, candidates=(),
            explanation=explanation,
        )  # fmt: skip
    return replace(change, candidates=tuple(sorted({*change.candidates, *targets})))

"""Two people edited the same thing: merged by field, paragraph and row, comments anchored."""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules

# --- Two people edited the same thing: three-way merge by field, paragraph and row ----------------


BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
PARAGRAPH_BREAK: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed in different ways.

    Attributes
    ----------
    field : str
    base, theirs, mine : object
        What both started from, what is stored now, what I wrote.
    """

    field: str
    base: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Merge:
    """Fields after a merge.

    Attributes
    ----------
    values : mapping of str to object
        Every field; theirs where there is a conflict, as it stays live.
    conflicts : tuple of FieldConflict
    """

    values: Mapping[str, object] = field(hash=False)
    conflicts: tuple[FieldConflict, ...]

    @property
    def is_clean(self) -> bool:
        """Whether it can be saved as it is."""
        return not self.conflicts


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row that two people changed in different ways, or one changed and one deleted.

    Attributes
    ----------
    uuid : hashable
    field : str or None
        None where the whole row is in question.
    base, theirs, mine : object
        Values of the field, or rows; None for a row that is not there.
    """

    uuid: Hashable
    field: str | None
    base: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class RowMerge:
    """Rows after a merge.

    Attributes
    ----------
    rows : mapping of uuid to mapping
        Theirs in their order, then what I added; theirs where there is a conflict.
    conflicts : tuple of RowConflict
    """

    rows: Mapping[Hashable, Mapping[str, object]] = field(hash=False)
    conflicts: tuple[RowConflict, ...]

    @property
    def is_clean(self) -> bool:
        """Whether it can be saved as it is."""
        return not self.conflicts


def merge_fields(
    base: Mapping[str, object],
    theirs: Mapping[str, object],
    mine: Mapping[str, object],
    *,
    long_fields: Collection[str] = (),
) -> Merge:
    """Merge what two people made of the same fields.

    Parameters
    ----------
    base : mapping
        What both started from, one key per field and language.
    theirs : mapping
        What is stored now.
    mine : mapping
        What I want to save.
    long_fields : collection of str
        Names of texts that are merged by paragraphs.

    Returns
    -------
    Merge
        Values of all fields, and the fields on which somebody has to decide.

    Notes
    -----
    A field that is missing counts as None. Without a conflict it does not matter who came first.
    Linear in the fields.

    References
    ----------
    .. [1] S. Khanna, K. Kunal, B. C. Pierce, A formal investigation of diff3, FSTTCS 2007,
       485-496.

    Examples
    --------
    >>> base = {"title": "Bench", "end": "2026-12-31"}
    >>> found = merge_fields(base, {**base, "title": "Test bench"}, {**base, "end": "2027-01-31"})
    >>> dict(found.values), found.is_clean
    ({'title': 'Test bench', 'end': '2027-01-31'}, True)
    """
    values: dict[str, object] = {}
    conflicts = []
    for name in {**base, **theirs, **mine}:
        one = FieldConflict(name, base.get(name), theirs.get(name), mine.get(name))
        values[name], is_clean = _merged(one, is_long=name in long_fields)
        if not is_clean:
            conflicts.append(one)
    return Merge(values, tuple(conflicts))


def _merged(one: FieldConflict, *, is_long: bool) -> tuple[object, bool]:
    """Return the value that counts and whether that is beyond dispute."""
    if one.base == one.theirs:
        return one.mine, True
    if one.mine in (one.base, one.theirs):
        return one.theirs, True
    if is_long:
        text = merge_paragraphs(*(str(v or "") for v in (one.base, one.theirs, one.mine)))
        if text is not None:
            return text, True
    return one.theirs, False


def merge_paragraphs(base: str, theirs: str, mine: str) -> str | None:
    r"""Merge what two people made of one text, paragraph by paragraph.

    Parameters
    ----------
    base, theirs, mine : str
        What both started from, what is stored, what I wrote; blank lines part paragraphs.

    Returns
    -------
    str or None
        The text with both changes, paragraphs parted by one blank line; None where both changed
        the same paragraph in different ways or added something at the same place.

    Notes
    -----
    Line ends of Windows count as line ends. Neighbouring paragraphs do not get into each other's
    way, unlike in the diff3 of programs, as prose often has two paragraphs only.

    Examples
    --------
    >>> merge_paragraphs("One.\n\nTwo.", "One!\n\nTwo.", "One.\n\nTwo?")
    'One!\n\nTwo?'
    >>> merge_paragraphs("One.", "One!", "One?") is None
    True
    """
    base, theirs, mine = (re.sub(r"\r\n?", "\n", text) for text in (base, theirs, mine))
    if theirs in (base, mine):
        return mine
    if base == mine:
        return theirs
    start = paragraphs_of(base)
    hunks = sorted({*_hunks(start, paragraphs_of(theirs)), *_hunks(start, paragraphs_of(mine))})
    return None if _collide(hunks) else PARAGRAPH_BREAK.join(_applied(start, hunks))


def paragraphs_of(text: str) -> list[str]:
    """Part a text at blank lines; blanks at the ends of paragraphs do not count."""
    return [part for part in (one.strip() for one in BLANK_LINE.split(text)) if part]


type _Hunk = tuple[int, int, tuple[str, ...]]


def _hunks(base: Sequence[str], changed: Sequence[str]) -> Iterator[_Hunk]:
    """Say which paragraphs of the base were replaced by which."""
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            continue
        if end - start == last - first:
            # As many as before: each was edited where it stands.
            yield from (
                (start + k, start + k + 1, (changed[first + k],)) for k in range(end - start)
            )
        else:
            yield start, end, tuple(changed[first:last])


def _collide(hunks: Sequence[_Hunk]) -> bool:
    """Whether two of them, in order, want the same place."""
    reached, inserted_at = 0, -1
    for start, end, _ in hunks:
        if start < reached or (start == end == inserted_at):
            return True
        reached = end
        inserted_at = start if start == end else -1
    return False


def _applied(base: Sequence[str], hunks: Sequence[_Hunk]) -> list[str]:
    found: list[str] = []
    reached = 0
    for start, end, replacement in hunks:
        found += [*base[reached:start], *replacement]
        reached = end
    return [*found, *base[reached:]]


def merge_rows(
    base: Mapping[Hashable, Mapping[str, object]],
    theirs: Mapping[Hashable, Mapping[str, object]],
    mine: Mapping[Hashable, Mapping[str, object]],
    *,
    long_fields: Collection[str] = (),
) -> RowMerge:
    """Merge what two people made of the same list, such as milestones, row by row.

    Parameters
    ----------
    base, theirs, mine : mapping of uuid to mapping
        Rows that both started from, that are stored, that I want to save.
    long_fields : collection of str
        Names of texts that are merged by paragraphs.

    Returns
    -------
    RowMerge
        The rows, and the rows or fields on which somebody has to decide.

    Notes
    -----
    A row that one deleted and the other changed is a conflict. Linear in the rows.

    Examples
    --------
    >>> found = merge_rows({"m": {"due": "1"}}, {}, {"m": {"due": "2"}})
    >>> [(one.uuid, one.theirs, one.mine) for one in found.conflicts]
    [('m', None, {'due': '2'})]
    >>> dict(merge_rows({"m": {}}, {"m": {}, "n": {}}, {}).rows)
    {'n': {}}
    """
    rows: dict[Hashable, Mapping[str, object]] = {}
    conflicts: list[RowConflict] = []
    for uuid in {**theirs, **mine, **base}:
        row, found = _merged_row(
            RowConflict(uuid, None, base.get(uuid), theirs.get(uuid), mine.get(uuid)),
            long_fields,
        )
        conflicts += found
        if row is not None:
            rows[uuid] = row
    return RowMerge(rows, tuple(conflicts))


def _merged_row(
    one: RowConflict, long_fields: Collection[str]
) -> tuple[Mapping[str, object] | None, Sequence[RowConflict]]:
    base, theirs, mine = one.base, one.theirs, one.mine
    if isinstance(theirs, Mapping) and isinstance(mine, Mapping) and isinstance(base, Mapping):
        merged = merge_fields(base, theirs, mine, long_fields=long_fields)
        return merged.values, [
            RowConflict(one.uuid, c.field, c.base, c.theirs, c.mine) for c in merged.conflicts
        ]
    live = theirs if isinstance(theirs, Mapping) else None
    if base == theirs:
        return (mine if isinstance(mine, Mapping) else None), []
    return live, ([] if mine in (base, theirs) else [one])


# --- Where a comment belongs after a text was revised ---------------------------------------------


def split_paragraphs(text: str) -> tuple[str, ...]:
    r"""Part a text into its paragraphs.

    Parameters
    ----------
    text : str
        Blank lines part paragraphs.

    Returns
    -------
    tuple of str
        Without blanks at their ends, none of them empty.

    Examples
    --------
    >>> split_paragraphs("One.\r\n\r\nTwo.\n")
    ('One.', 'Two.')
    """
    return tuple(paragraphs_of(text.replace("\r\n", "\n").replace("\r", "\n")))


def anchor_paragraph(
    quote: str, place: int, paragraphs: Sequence[str], *, rules: PlanRules = DEFAULT_RULES
) -> int | None:
    """Find the paragraph of a new version to which a comment belongs.

    Parameters
    ----------
    quote : str
        What the comment quotes: a paragraph of the old version, or words of it.
    place : int
        Number of that paragraph, from 0.
    paragraphs : sequence of str
        Of the new version.
    rules : PlanRules
        ``anchor_similarity`` is needed at least.

    Returns
    -------
    int or None
        The most similar paragraph, of equal ones the nearest to its old place, of these the
        first; None where none is similar enough, which leaves the comment orphaned.

    Notes
    -----
    Similarity is 1 where the quote stands in the paragraph, else 2 M / T: words in common blocks
    over words of both (difflib, case and blanks left out).

    Examples
    --------
    >>> anchor_paragraph("Regions share a test bench.", 0,
    ...                  ["A preface.", "All regions share one test bench."])
    1
    >>> anchor_paragraph("Regions share a test bench.", 0, ["Something else."]) is None
    True
    """
    words, least = _words(quote), rules.anchor_similarity
    if not words:
        return None
    similar = [
        (_similarity(words, _words(one), least), -abs(number - place), -number)
        for number, one in enumerate(paragraphs)
    ]
    best = max(similar, default=(0.0, 0, 0))
    return -best[2] if best[0] >= least else None


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _similarity(quote: Sequence[str], paragraph: Sequence[str], least: float) -> float:
    """Return the similarity, or an upper bound of it that is too small anyway."""
    if f" {' '.join(quote)} " in f" {' '.join(paragraph)} ":
        return 1.0
    matcher = SequenceMatcher(None, quote, paragraph, autojunk=False)
    bound = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return bound if bound < least else matcher.ratio()

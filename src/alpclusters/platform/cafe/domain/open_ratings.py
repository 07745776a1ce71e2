"""Ratings as open data: one row per answer, people as shuffled numbers, small groups withheld."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import AlpCafe

SUPPRESSED: Final = "suppressed"
CANNOT_JUDGE: Final = "cannot_judge"
UNANIMOUS_BELOW: Final = 10

type CellKey = tuple[int, int, int]
"""Round, measure, criterion."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One standing answer; ``value`` None is "cannot judge"."""

    person: int
    cell: CellKey
    value: int | None
    region: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenRating:
    """A row of ``ratings.csv``; a withheld cell has one row without a person."""

    row: int | None
    round: int
    measure: int
    criterion: int
    value: str
    source: str
    region: str


def open_ratings(cafe: AlpCafe, *, with_regions: bool) -> list[OpenRating]:
    """Return the standing answers of an AlpCafé so that they give nobody away.

    A measure on a criterion with fewer than five judgements, or with fewer than ten that are all
    alike, is one row ``suppressed``. A region is named only while every cell it is part of has
    five answers, and so has the rest; the source likewise.
    """
    answers = _answers(cafe)
    hidden = _hidden_cells(answers)
    shown = [answer for answer in answers if answer.cell not in hidden]
    regions = _safe_groups(shown, lambda answer: answer.region) if with_regions else frozenset()
    has_sources = _are_safe(shown, regions)
    numbers = _shuffled({answer.person for answer in shown})
    rows = [
        _row(answer, numbers[answer.person], regions, has_source=has_sources) for answer in shown
    ]
    withheld = [OpenRating(None, *cell, SUPPRESSED, SUPPRESSED, "") for cell in sorted(hidden)]
    return sorted(rows, key=lambda r: (r.row or 0, r.round, r.measure, r.criterion)) + withheld


def _answers(cafe: AlpCafe) -> list[_Answer]:
    from alpclusters.platform.evaluation.domain.tables import rating_tables  # noqa: PLC0415

    codes = dict(cafe.participants.order_by().values_list("pk", "region__code"))
    found: dict[tuple[int, CellKey], _Answer] = {}
    for number, table in rating_tables(cafe).items():
        sources = {(w.person, w.measure, w.criterion): w.source for w in table.ways}
        for person, measure, criterion, value in table.rows:
            cell = (number, measure, criterion)
            source = sources[person, measure, criterion]
            # Rows come in the order of arrival: the latest stands.
            found[person, cell] = _Answer(person, cell, value, codes.get(person) or "", source)
    return list(found.values())


def _hidden_cells(answers: Iterable[_Answer]) -> frozenset[CellKey]:
    values: dict[CellKey, list[int]] = defaultdict(list)
    for answer in answers:
        values[answer.cell] += [] if answer.value is None else [answer.value]
    return frozenset(cell for cell, found in values.items() if not _is_safe(found))


def _is_safe(values: Sequence[int]) -> bool:
    """Say whether figures of these judgements may be shown."""
    n = len(values)
    return n >= K_ANONYMITY and not (n < UNANIMOUS_BELOW and len(set(values)) == 1)


type _Label = Callable[[_Answer], str]


def _safe_groups(answers: Sequence[_Answer], label: _Label) -> frozenset[str]:
    """Return the groups that may be named: largest choice, the smallest group goes first."""
    sizes = Counter(label(answer) for answer in answers)
    kept = {name for name in sizes if name}
    while kept:
        told = _told(answers, label, kept)
        bad = {name for name, values in told if not _is_safe_part(values)}
        if not bad:
            return frozenset(kept)
        inside = (bad & kept) or kept
        kept.discard(min(inside, key=lambda name: (sizes[name], name)))
    return frozenset()


def _told(
    answers: Sequence[_Answer], label: _Label, kept: Iterable[str]
) -> list[tuple[str, list[int | None]]]:
    """Return the answers of each group in each cell; all groups that are not named are one."""
    names = set(kept)
    parts: dict[tuple[str, CellKey], list[int | None]] = defaultdict(list)
    for answer in answers:
        name = label(answer)
        parts[name if name in names else "", answer.cell].append(answer.value)
    return [(name, values) for (name, _cell), values in parts.items()]


def _is_safe_part(values: Sequence[int | None]) -> bool:
    judged = [value for value in values if value is not None]
    return len(values) >= K_ANONYMITY and (not judged or _is_safe(judged))


def _are_safe(answers: Sequence[_Answer], regions: frozenset[str]) -> bool:
    """Say whether the source may stand at every answer, within the regions that are named."""

    def label(answer: _Answer) -> str:
        return f"{answer.region if answer.region in regions else ''}/{answer.source}"

    names = {label(answer) for answer in answers}
    return all(_is_safe_part(values) for _name, values in _told(answers, label, names))


def _shuffled(people: Iterable[int]) -> Mapping[int, int]:
    """Number people by chance: the order of joining must not survive."""
    order = sorted(people)
    secrets.SystemRandom().shuffle(order)
    return {person: place for place, person in enumerate(order, start=1)}


def _row(answer: _Answer, number: int, regions: frozenset[str], *, has_source: bool) -> OpenRating:
    round_, measure, criterion = answer.cell
    return OpenRating(
        row=number,
        round=round_,
        measure=measure,
        criterion=criterion,
        value=CANNOT_JUDGE if answer.value is None else str(answer.value),
        source=answer.source if has_source else SUPPRESSED,
        region=answer.region if answer.region in regions else "",
    )

"""Everything that is or ever was public of the answers of an AlpCafé, as one system.

Evaluations, also those taken back, and blocks that were shown in the hall stand beside each other:
whoever kept them all can subtract one from the other. Each is read as it stood when it was shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol, Self

from alpclusters.analysis.disclosure import Audit, Block, Mark, Register, Split, audit
from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.disclosure.statements import Public, Statement
from alpclusters.analysis.disclosure.systems import is_true
from alpclusters.platform.cafe.models import AlpCafe, Release
from alpclusters.platform.cafe.models import Block as Shown
from alpclusters.platform.evaluation.domain.histories import (
    CANNOT,
    BlockKey,
    Histories,
    People,
    trace,
)
from alpclusters.platform.evaluation.domain.records import FORMAT, REGION, Evaluation
from alpclusters.platform.evaluation.domain.statements import (
    View,
    change_row_statements,
    evaluation_statements,
    splits_of,
    summed,
    told_counts,
)
from alpclusters.platform.evaluation.domain.storage import from_json
from alpclusters.platform.evaluation.domain.tables import Journal, Tables, read_journal
from alpclusters.platform.evaluation.models import Snapshot

# --- What a block tells that was shown in the hall, as statements about groups of people ----------
#
# Beside n and mean an interval and quartiles stand there: more is assumed to be told than is
# printed, namely how many gave each answer.


type Json = dict[str, Any]
_NEARLY: Final = 1e-6


def hall_statements(block: str, blocks: Json, view: View, release: str) -> Iterator[Public]:
    """Say what a block of results tells, of all that were computed with it.

    Tiers come from answers that were dealt out anew, the cloud from answers that changed places:
    they tell what is kept thereby, counts of everybody, for tiers of each region that is shown too.
    """
    data = blocks[block]
    match block:
        case Shown.HEAT:
            yield from _heat(data, view, release)
        case Shown.TIERS:
            yield from _tiers(data, view, release)
            yield from _regions(blocks, view, release)
        case Shown.GROUPS:
            yield from _groups(data["splits"], view, release)
        case Shown.CLOUD:
            yield from _cloud(data, view, release)
        case Shown.CHANGE:
            yield from _change(data, view, release)


def _heat(data: Json, view: View, release: str) -> Iterator[Public]:
    for row in data["rows"]:
        for cell in row["cells"]:
            yield from _cell((cell["criterion"], row["measure"]), cell, None, view, release)


def _tiers(data: Json, view: View, release: str) -> Iterator[Public]:
    for one in data["criteria"]:
        for row in one["rows"]:
            cell = {name: row[name] for name in ("n", "cannot_judge") if name in row}
            yield from _cell((one["criterion"], row["measure"]), cell, None, view, release)


def _change(data: Json, view: View, release: str) -> Iterator[Public]:
    for one in data["criteria"]:
        for row in one["rows"]:
            history = view.history((one["criterion"], row["measure"]))
            if history is not None:
                yield from change_row_statements(row, history, view.moment, view.everyone, release)


def _cloud(data: Json, view: View, release: str) -> Iterator[Public]:
    for row in data["rows"]:
        for criterion in (data["x"], data["y"]) if not row.get("withheld") else ():
            block = view.block((criterion, row["measure"]))
            if block is not None:
                yield from told_counts(block, view.everyone, release)


def _regions(blocks: Json, view: View, release: str) -> Iterator[Public]:
    splits = blocks.get(Shown.GROUPS, {}).get("splits", {})
    yield from _groups({name: one for name, one in splits.items() if name == REGION}, view, release)


def _groups(splits: Json, view: View, release: str) -> Iterator[Public]:
    members = view.members({name: list(one["groups"]) for name, one in splits.items()})
    for name, one in splits.items():
        for row in one["rows"]:
            for cell in row["cells"]:
                group = members.get(name, {}).get(cell["group"], frozenset())
                yield from _cell((row["criterion"], row["measure"]), cell, group, view, release)


def _cell(
    key: BlockKey, cell: Json, group: People | None, view: View, release: str
) -> Iterator[Statement]:
    """Say what one cell tells; of everybody where no group is named."""
    block = view.block(key)
    if "n" not in cell or block is None:
        return
    people = view.everyone if group is None else group

    def stated(one: Statement, low: float, high: float) -> Statement:
        return Statement(one.block, one.people, one.weights, low, high, release)

    n = cell["n"]
    judged = summed(block, people, lambda value: int(is_judgement(value)), release)
    yield stated(judged, n, n)
    if cell.get("mean") is not None:
        total = summed(block, people, lambda v: v if isinstance(v, int) else 0, release)
        yield stated(total, n * cell["mean"] - _NEARLY, n * cell["mean"] + _NEARLY)
    share = cell.get("cannot_judge")
    if share is not None and share < 1:
        unsure = summed(block, people, lambda value: int(value == CANNOT), release)
        k = round(share * n / (1 - share))
        yield stated(unsure, k, k)
    yield from told_counts(block, people, release)


# --- Everything that is or ever was public of the answers of an AlpCafé, as one system ------------


class Publication(Protocol):
    """Something that was shown."""

    @property
    def name(self) -> str:
        """What an audit calls it."""

    @property
    def shown_at(self) -> datetime:
        """When it was computed."""

    def statements(self, view: View) -> Iterator[Public]:
        """Say what it tells of answers as they stood at a moment."""


@dataclass(frozen=True, slots=True)
class PublicEvaluation:
    """A snapshot that is or was public."""

    name: str
    shown_at: datetime
    evaluation: Evaluation

    def statements(self, view: View) -> Iterator[Public]:
        """Say what it tells."""
        return evaluation_statements(self.evaluation, view, self.name)


@dataclass(frozen=True, slots=True)
class HallBlock:
    """A block that was shown on phones and big screen."""

    name: str
    shown_at: datetime
    block: str
    blocks: dict[str, Any] = field(repr=False)

    def statements(self, view: View) -> Iterator[Public]:
        """Say what it tells."""
        return hall_statements(self.block, self.blocks, view, self.name)


@dataclass(frozen=True, slots=True)
class Told:
    """The whole system.

    Attributes
    ----------
    histories : Histories
        The unknowns: what everybody answered at every moment.
    splits : tuple of Split
        Role and region of these people.
    register : Register
        What was told of them.
    n_untrue : int
        Statements about answers that were changed since: no moment is kept at which they held.
    """

    histories: Histories
    splits: tuple[Split, ...]
    register: Register
    n_untrue: int

    @property
    def now(self) -> View:
        """The answers as they stand now."""
        everyone = self.histories.everyone
        return View(self.histories, len(everyone) - 1, self.splits, everyone[-1])

    def of(self, people: frozenset[int]) -> View:
        """Return the answers of these participants as they stand now."""
        places = {p for p, who in enumerate(self.histories.people) if who in people}
        return replace(self.now, everyone=frozenset(places))

    def audit(self, *, limit_s: float = 300.0) -> Audit:
        """Attack the whole system."""
        return audit(self.register, self.histories.blocks, limit_s=limit_s)

    def beside(self, more: Iterable[Public]) -> Self:
        """Return the system with what would be told besides."""
        return replace(self, register=self.register.add(more))

    def made_certain_by(self, name: str) -> set[BlockKey]:
        """Return the questions of which something is certain by one publication beside the rest."""
        found = self.audit()
        if found.is_safe:
            return set()
        before = replace(self, register=self.register.apart_from(name)).audit().told
        return {one.block for one in found.found if not one.told <= before}  # type: ignore[misc]


def ever_public(cafe: AlpCafe) -> list[Publication]:
    """Return what is or was public of an AlpCafé, the newest evaluation first.

    Evaluations of an older format gave people away by themselves; they are no measure of anything.
    """
    return [*_evaluations(cafe, formats=(FORMAT,)), *_hall_blocks(cafe)]


def audited_publications(cafe: AlpCafe) -> list[Publication]:
    """Return the same with evaluations of every format."""
    return [*_evaluations(cafe), *_hall_blocks(cafe)]


def _evaluations(cafe: AlpCafe, formats: Sequence[int] = ()) -> list[PublicEvaluation]:
    found = cafe.snapshots.filter(first_released_at__isnull=False).order_by("-number")
    kept = [one for one in found if not formats or one.data.get("format") in formats]
    return [as_publication(snapshot) for snapshot in kept]


def as_publication(snapshot: Snapshot) -> PublicEvaluation:
    """Return a snapshot as it would be public."""
    name = f"evaluation {snapshot.number}"
    return PublicEvaluation(name, snapshot.made_at, from_json(snapshot.data))


def _hall_blocks(cafe: AlpCafe) -> list[HallBlock]:
    rows = Release.objects.filter(cafe=cafe).order_by("visible_from", "pk")
    return [
        HallBlock(f"hall: {row.block} {number}", row.visible_from, row.block, found)
        for number, row in enumerate(rows, start=1)
        if (found := row.data.get("blocks", {})).get(row.block)
    ]


def read_told(
    cafe: AlpCafe,
    publications: Sequence[Publication],
    *,
    criteria: Sequence[int],
    measures: Sequence[int],
    journal: Journal | None = None,
) -> Told:
    """Write publications about these measures on these criteria as one system."""
    found = read_journal(cafe) if journal is None else journal
    moments, candidates = _moments(found, publications)
    histories = trace(moments, {pk: found.scales[pk] for pk in criteria}, measures)
    splits = tuple(splits_of(histories.table, histories.people))
    told: list[Public] = []
    n_untrue = 0
    for publication, own in zip(publications, candidates, strict=True):
        # A few who came after figures were public do not count: only who was there before.
        pairs = (
            (one, other) for one in own for other in dict.fromkeys((one, *range(len(moments))))
        )
        views = [
            View(histories, one, splits, histories.everyone[one] & histories.everyone[other])
            for one, other in pairs
        ]
        best = _best(publication, views)
        told += [one for one, holds in best if holds]
        n_untrue += sum(not holds for _one, holds in best)
    return Told(histories, splits, Register().add(told), n_untrue)


def _moments(
    journal: Journal, publications: Sequence[Publication]
) -> tuple[list[Tables], list[list[int]]]:
    """Return the moments at which answers may have stood, now last, and those of each publication.

    Times are told until the seal; after it only what came before results and what came later.
    """
    fixed = [journal.in_time().first(), journal.first(), journal.in_time(), journal]
    tables: list[Tables] = []
    places: dict[tuple[object, ...], int] = {}

    def place(own: Journal) -> int:
        found = own.counted()
        key = tuple((number, table.rows) for number, table in sorted(found.items()))
        if key not in places:
            places[key] = len(tables)
            tables.append(found)
        return places[key]

    candidates = [
        list(dict.fromkeys(place(each) for each in (journal.until(one.shown_at), *reversed(fixed))))
        for one in publications
    ]
    tables.append(journal.counted())
    return tables, candidates


def _best(publication: Publication, views: Sequence[View]) -> list[tuple[Public, bool]]:
    """Read a publication at the moment at which most of what it says was true."""
    best: list[tuple[Public, bool]] | None = None
    for view in views:
        blocks = {key: one.block for key, one in view.histories.questions.items()}
        found = [
            (one, _holds(one, blocks))
            for one in publication.statements(view)
            if one.block in blocks
        ]
        if all(holds for _one, holds in found):
            return found
        if best is None or _n_untrue(found) < _n_untrue(best):
            best = found
    return best or []


def _n_untrue(found: Sequence[tuple[Public, bool]]) -> int:
    return sum(not holds for _one, holds in found)


def _holds(one: Public, blocks: Mapping[BlockKey, Block]) -> bool:
    block = blocks[one.block]  # type: ignore[index]  # a key of a question
    if isinstance(one, Mark):
        return any(is_true(each, block) for each in one.alternatives)
    return is_true(one, block)

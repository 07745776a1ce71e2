"""Everything that is or ever was public of the answers of an AlpCafé, as one system.

Evaluations, also those taken back, and blocks that were shown in the hall stand beside each other:
whoever kept them all can subtract one from the other. Each is read as it stood when it was shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, Self

from alpclusters.analysis.disclosure import Audit, Block, Mark, Register, Split, audit
from alpclusters.analysis.disclosure.statements import Public
from alpclusters.analysis.disclosure.systems import is_true
from alpclusters.platform.cafe.models import AlpCafe, Release
from alpclusters.platform.evaluation.domain.hall_statements import hall_statements
from alpclusters.platform.evaluation.domain.histories import BlockKey, Histories, trace
from alpclusters.platform.evaluation.domain.records import FORMAT, Evaluation
from alpclusters.platform.evaluation.domain.splits import splits_of
from alpclusters.platform.evaluation.domain.statements import View, evaluation_statements
from alpclusters.platform.evaluation.domain.storage import from_json
from alpclusters.platform.evaluation.domain.tables import Journal, Tables, read_journal
from alpclusters.platform.evaluation.models import Snapshot


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

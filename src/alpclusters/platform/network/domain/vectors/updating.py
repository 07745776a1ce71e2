"""Bring the stored vectors up to date: encode only what is new or changed, in steps that last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from alpclusters.platform.network.domain.vectors.encoding import ModelError, batches_of
from alpclusters.platform.network.domain.vectors.model import (
    Encoder,
    Key,
    Kind,
    Letters,
    Rows,
    Stamp,
    Text,
    comparable,
    load_reference,
    stamp_of,
)
from alpclusters.platform.network.domain.vectors.store import (
    StoredVectors,
    VectorStore,
    gather_rows,
)

# What a killed process loses at most: one or two minutes of encoding.
KEEP_EVERY: Final = 500
# The whole state is written each time: a large one less often.
KEEP_SHARE: Final = 0.1
MOST_FAILED: Final = 5

# Texts encoded and to be encoded; False stops after the batch.
type Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update did.

    Attributes
    ----------
    status : {'done', 'cancelled', 'busy', 'failed'}
        Busy: somebody else is updating. Failed: the model refused several texts in a row.
    n_texts : int
        Texts that have a vector now, without the reference needs.
    n_encoded, n_kept, n_removed, n_empty, n_failed : int
        Of all, with the reference needs: encoded now; known already; no longer there; without a
        letter; refused by the model.
    stamp : Stamp
    """

    status: Literal["done", "cancelled", "busy", "failed"]
    n_texts: int
    n_encoded: int
    n_kept: int
    n_removed: int
    n_empty: int
    n_failed: int
    stamp: Stamp


@dataclass(slots=True)
class _Run:
    """What an update has so far.

    ``known`` are rows of the old state whose text is still the same; ``stale`` those whose text
    has changed: better than none until the new one is there.
    """

    store: VectorStore
    wanted: dict[Key, Text]
    old: StoredVectors | None
    known: dict[Key, int]
    stale: dict[Key, int]
    new: dict[Key, Rows] = field(default_factory=dict)
    n_unsaved: int = 0
    n_failed: int = 0

    @property
    def is_sparse(self) -> bool:
        return self.store.stamp.name == Letters.name

    @property
    def is_due(self) -> bool:
        """Say whether to store what there is; letters are counted faster than stored."""
        least = max(KEEP_EVERY, KEEP_SHARE * (len(self.known) + len(self.new)))
        return not self.is_sparse and self.n_unsaved >= least


def update_vectors(
    texts: Sequence[Text], *, folder: Path, encoder: Encoder, progress: Progress | None = None
) -> Outcome:
    """Encode what is new or changed, forget what is gone, and store the result.

    Parameters
    ----------
    texts : sequence of Text
        All texts there are, in any order; the reference needs are added.
    folder : Path
        Such as ``caches/vectors`` of the data directory.
    encoder : Encoder
        ``for_many`` of `choose_encoder`.
    progress : callable, optional
        Called after each batch with how many texts are encoded and how many are to be; returns
        False to stop. What is encoded by then is kept.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        Two texts of one id, kind and language.
    """
    wanted = comparable([*texts, *load_reference()])
    n_empty = sum(not text.cleaned for text in texts)
    store = VectorStore(folder, stamp_of(encoder))
    with store.writing() as is_mine:
        if not is_mine:
            return Outcome("busy", 0, 0, 0, 0, n_empty, 0, store.stamp)
        return _update(_begin(store, wanted), encoder, progress or _go_on, n_empty)


def _begin(store: VectorStore, wanted: dict[Key, Text]) -> _Run:
    old = store.read()
    run = _Run(store, wanted, old, {}, {})
    for place, key in enumerate([] if old is None else old.keys):
        if old is not None and key in wanted:
            is_same = wanted[key].digest == old.digests[place]
            (run.known if is_same else run.stale)[key] = place
    return run


def _update(run: _Run, encoder: Encoder, progress: Progress, n_empty: int) -> Outcome:
    to_do = [text for key, text in run.wanted.items() if key not in run.known]
    n_removed = 0 if run.old is None else len(set(run.old.keys) - run.wanted.keys())
    status = _encode_all(run, to_do, encoder, progress)
    if status == "done":
        run.stale = {}
    if to_do or n_removed or run.old is None:
        _keep(run)
    if status == "done":
        run.store.remove_others()
    keys = run.known.keys() | run.new.keys() | run.stale.keys()
    return Outcome(
        status=status,
        n_texts=sum(kind != Kind.REFERENCE for kind, _, _ in keys),
        n_encoded=len(run.new),
        n_kept=len(run.known),
        n_removed=n_removed,
        n_empty=n_empty,
        n_failed=run.n_failed,
        stamp=run.store.stamp,
    )


def _encode_all(
    run: _Run, to_do: Sequence[Text], encoder: Encoder, progress: Progress
) -> Literal["done", "cancelled", "failed"]:
    equal = _equal_texts(to_do, encoder)
    for batch in batches_of([texts[0] for texts in equal.values()]):
        for text, row in _encode(run, batch, encoder):
            same = equal[_said(text, encoder)]
            run.new |= dict.fromkeys((one.key for one in same), row)
            run.n_unsaved += len(same)
        if run.n_failed > MOST_FAILED:
            return "failed"
        if run.is_due:
            _keep(run)
        if not progress(len(run.new), len(to_do)):
            return "cancelled"
    return "done"


def _equal_texts(texts: Sequence[Text], encoder: Encoder) -> dict[tuple[bool, str], list[Text]]:
    """Bring texts that say the same in the same words together: they are encoded once."""
    found: dict[tuple[bool, str], list[Text]] = {}
    for text in texts:
        found.setdefault(_said(text, encoder), []).append(text)
    return found


def _said(text: Text, encoder: Encoder) -> tuple[bool, str]:
    return text.kind.is_asked, encoder.phrase(text)


def _encode(run: _Run, batch: list[Text], encoder: Encoder) -> Iterator[tuple[Text, Rows]]:
    """Encode a batch; where the model dies, its halves, until the text that it dies of is alone."""
    if run.n_failed > MOST_FAILED:
        return
    encode = encoder.encode_queries if batch[0].kind.is_asked else encoder.encode_passages
    try:
        rows = encode([encoder.phrase(text) for text in batch])
    except ModelError:
        yield from _encode_halves(run, batch, encoder)
        return
    for place, text in enumerate(batch):
        yield text, rows[[place]]


def _encode_halves(run: _Run, batch: list[Text], encoder: Encoder) -> Iterator[tuple[Text, Rows]]:
    middle = len(batch) // 2
    if middle == 0:
        run.n_failed += 1
        return
    yield from _encode(run, batch[:middle], encoder)
    yield from _encode(run, batch[middle:], encoder)


def _keep(run: _Run) -> None:
    """Store what is known, stale and new, in the order of the keys."""
    places = {key: place for key, place in (run.known | run.stale).items() if key not in run.new}
    kept = [] if run.old is None else [run.old.raw[list(places.values())]]
    rows = gather_rows([*kept, *run.new.values()], run.store.stamp, is_sparse=run.is_sparse)
    digests = {key: _digest(run, key) for key in [*places, *run.new]}
    order = sorted(range(len(digests)), key=list(digests).__getitem__)
    run.store.replace(dict(sorted(digests.items())), rows[order])
    run.n_unsaved = 0


def _digest(run: _Run, key: Key) -> str:
    if run.old is not None and key in run.stale and key not in run.new:
        return str(run.old.digests[run.stale[key]])
    return run.wanted[key].digest


def _go_on(done: int, of: int) -> bool:
    del done, of
    return True

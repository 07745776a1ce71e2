"""Where vectors lie: one folder a state, and a pointer to the newest, so none is half-written.

A state is written whole under a name of its own; then the pointer is replaced, which happens at
once or not at all. A process that is killed leaves a folder that nobody points to; the next
writer removes it. Readers keep what they have mapped.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array, vstack

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.vectors.model import (
    Dense,
    Encoder,
    Key,
    Rows,
    Stamp,
    Text,
    stamp_of,
)
from alpclusters.platform.network.domain.vectors.spaces import (
    Centre,
    CentredSpace,
    Centres,
    Space,
    Strings,
    WeighedSpace,
    build_space,
)

# --- Rows and spaces as .npy files: mapped into memory, not read; nothing pickled -----------------


_PARTS: Final = ("data", "indices", "indptr")


def save_rows(folder: Path, name: str, rows: Rows) -> None:
    """Write dense rows as one C-contiguous float32 matrix, sparse ones as three arrays."""
    if isinstance(rows, csr_array):
        for part in _PARTS:
            save_array(folder / f"{name}-{part}.npy", getattr(rows, part))
    else:
        save_array(folder / f"{name}.npy", np.ascontiguousarray(rows, np.float32))


def load_rows(folder: Path, name: str, stamp: Stamp) -> Rows:
    """Map rows into memory, read-only."""
    dense = folder / f"{name}.npy"
    if dense.exists():
        return map_array(dense)
    parts = [map_array(folder / f"{name}-{part}.npy") for part in _PARTS]
    return csr_array(tuple(parts), shape=(len(parts[2]) - 1, stamp.dim))


def save_space(folder: Path, space: Space) -> None:
    """Write the middles or the rarity."""
    if isinstance(space, WeighedSpace):
        save_array(folder / "rarity.npy", space.rarity)
    elif isinstance(space, CentredSpace):
        keys = list(space.centres)
        found = list(space.centres.values())
        vectors = [centre.vector for centre in found]
        save_array(folder / "centre-keys.npy", np.array(keys, str).reshape(-1, 2))
        save_array(folder / "centre-vectors.npy", np.array(vectors, np.float32))
        save_array(folder / "centre-sources.npy", np.array([c.source for c in found], str))
        save_array(folder / "centre-counts.npy", np.array([c.n for c in found], np.int64))


def load_space(folder: Path) -> Space:
    """Read what `save_space` wrote."""
    rarity = folder / "rarity.npy"
    if rarity.exists():
        return WeighedSpace(load_array(rarity))
    columns = [
        load_array(folder / f"centre-{name}.npy")
        for name in ("keys", "vectors", "sources", "counts")
    ]
    centres: Centres = {
        (str(key[0]), str(key[1])): Centre(vector, str(source), int(n))  # type: ignore[arg-type]  # one of four words, as written
        for key, vector, source, n in zip(*columns, strict=True)
    }
    return CentredSpace(centres)


def save_array(path: Path, array: np.ndarray) -> None:
    """Write an array and wait until it lies on the disk."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def load_array(path: Path) -> np.ndarray:
    """Read an array."""
    array: np.ndarray = np.load(path, allow_pickle=False)
    return array


def map_array(path: Path) -> np.ndarray:
    """Map an array into memory, read-only: what nobody looks at is not read."""
    array: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


# --- Where vectors lie: one folder a state, and a pointer to the newest, so none is half-written


POINTER: Final = "current"
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """One state of the store; row i is of the text with the key i.

    Attributes
    ----------
    stamp : Stamp
    kinds, languages, ids, digests : array of shape (n_texts,), str
        In the order of kind, language and id, so that each kind is a slice.
    raw : array or csr_array of shape (n_texts, dim), float32
        As the encoder made them; mapped, read-only.
    rows : array or csr_array of shape (n_texts, dim), float32
        Comparable: centred or weighed, of length 1; mapped, read-only.
    space : Space
        Makes a question comparable to them.
    """

    stamp: Stamp
    kinds: Strings
    languages: Strings
    ids: Strings
    digests: Strings
    raw: Rows
    rows: Rows
    space: Space

    @property
    def n_texts(self) -> int:
        """How many texts there are."""
        return len(self.ids)

    @property
    def keys(self) -> list[Key]:
        """Kind, language and id of each row."""
        rows = zip(self.kinds, self.languages, self.ids, strict=True)
        return [(str(kind), str(language), str(of)) for kind, language, of in rows]

    def slice_of(self, kind: str) -> slice:
        """Return where the texts of a kind lie."""
        ends = (np.searchsorted(self.kinds, kind, side=side) for side in ("left", "right"))
        return slice(*map(int, ends))


@dataclass(frozen=True, slots=True)
class VectorStore:
    """The vectors of one encoder under a folder.

    Attributes
    ----------
    folder : Path
        Such as ``caches/vectors`` of the data directory.
    stamp : Stamp
        Of the encoder; another version lies in another folder, and nothing is mixed.
    """

    folder: Path
    stamp: Stamp

    @property
    def home(self) -> Path:
        """The folder of this encoder."""
        name = f"{self.stamp.name}-{self.stamp.version}"
        return self.folder / re.sub(r"[^\w.-]", "_", name)

    def read(self) -> StoredVectors | None:
        """Return the newest state; None if there is none of this stamp, or none whole."""
        for _ in range(_ATTEMPTS):
            state = self._state()
            if state is None:
                return None
            # A writer may take the folder away after the pointer was read: ask again.
            with contextlib.suppress(OSError, EOFError, ValueError, TypeError, KeyError):
                return _load(state, self.stamp)
            if self._state() == state:
                return None
        return None

    @contextlib.contextmanager
    def writing(self) -> Iterator[bool]:
        """Be the only writer; False if somebody else is. A lock ends with its process."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def replace(self, digests: Mapping[Key, str], raw: Rows) -> None:
        """Store these rows instead of all others; only within `writing`.

        Parameters
        ----------
        digests : mapping of key to str
            In the order of the keys; of the texts from which the rows were made.
        raw : array or csr_array of shape (n_texts, dim)
        """
        state = self.home / uuid.uuid4().hex
        state.mkdir(mode=0o700)
        _save(state, self.stamp, digests, raw)
        _sync_folder(state)
        _point(self.home, state.name)
        self._remove_all_but(state.name)

    def remove_others(self) -> None:
        """Remove the vectors of other encoders; only within `writing`."""
        for other in self.folder.iterdir():
            if other.is_dir() and other != self.home:
                shutil.rmtree(other, ignore_errors=True)

    def _state(self) -> Path | None:
        try:
            return self.home / (self.home / POINTER).read_text(encoding="ascii").strip()
        except OSError:
            return None

    def _remove_all_but(self, name: str) -> None:
        for state in self.home.iterdir():
            if state.is_dir() and state.name != name:
                shutil.rmtree(state, ignore_errors=True)


def gather_rows(parts: Sequence[Rows], stamp: Stamp, *, is_sparse: bool) -> Rows:
    """Put rows under one another."""
    if is_sparse:
        blocks: list[Any] = [csr_array((0, stamp.dim), dtype=np.float32), *parts]
        return csr_array(vstack(blocks, format="csr"))
    dense: Dense = np.concatenate([np.zeros((0, stamp.dim), np.float32), *parts])
    return dense


def _save(state: Path, stamp: Stamp, digests: Mapping[Key, str], raw: Rows) -> None:
    columns = {
        "kinds": [kind for kind, _, _ in digests],
        "languages": [language for _, language, _ in digests],
        "ids": [of for _, _, of in digests],
        "digests": list(digests.values()),
    }
    arrays = {name: np.array(values, str) for name, values in columns.items()}
    for name, values in arrays.items():
        save_array(state / f"{name}.npy", values)
    space = build_space(raw, arrays["kinds"], arrays["languages"])
    save_rows(state, "raw", raw)
    rows = space.place(raw, columns["kinds"], columns["languages"])
    save_rows(state, "rows", rows)
    save_space(state, space)
    _write(state / "stamp.json", json.dumps(asdict(stamp)))


def _load(state: Path, stamp: Stamp) -> StoredVectors:
    told = Stamp(**json.loads((state / "stamp.json").read_text(encoding="utf-8")))
    if told != stamp:
        raise ValueError(told)
    names = ("kinds", "languages", "ids", "digests")
    columns: dict[str, Any] = {name: map_array(state / f"{name}.npy") for name in names}
    raw, rows = load_rows(state, "raw", stamp), load_rows(state, "rows", stamp)
    sizes = {len(column) for column in columns.values()}
    if sizes | {raw.shape[0], rows.shape[0]} != sizes or len(sizes) != 1:
        raise ValueError(sizes)
    return StoredVectors(
        stamp=stamp,
        **columns,
        raw=raw,
        rows=rows,
        space=load_space(state),
    )


def _point(home: Path, name: str) -> None:
    _write(home / f"{POINTER}.new", name)
    (home / f"{POINTER}.new").replace(home / POINTER)
    _sync_folder(home)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- Make a typed text comparable to stored ones --------------------------------------------------


def place_text(vectors: StoredVectors, text: Text, *, encoder: Encoder) -> Rows:
    """Encode a text that is not stored, and make it comparable.

    Raises
    ------
    StateError
        The vectors were made by another encoder.
    """
    if stamp_of(encoder) != vectors.stamp:
        raise StateError("network.other_encoder", found=encoder.name, expected=vectors.stamp.name)
    encode = encoder.encode_queries if text.kind.is_asked else encoder.encode_passages
    return vectors.space.place(encode([encoder.phrase(text)]), [text.kind], [text.language])

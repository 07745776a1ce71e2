"""The store: whole or not at all, for many readers and one writer, also when it is killed."""

import os
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest

from alpclusters.platform.network.domain.vectors.model import Letters, Stamp, stamp_of
from alpclusters.platform.network.domain.vectors.store import VectorStore

pytestmark = pytest.mark.integration

STAMP = Stamp("dice", "1", 4, "none")
N_TEXTS = 400

# Writes states of one value each, forever: a mixed state would have two.
WRITER = """
import sys, numpy as np
from pathlib import Path
from alpclusters.platform.network.domain.vectors.model import Stamp
from alpclusters.platform.network.domain.vectors.store import VectorStore

store = VectorStore(Path(sys.argv[1]), Stamp("dice", "1", 4, "none"))
with store.writing() as is_mine:
    assert is_mine
    value = 0
    while True:
        value += 1
        digests = {("profile", "de", f"{n:03}"): str(value) for n in range(400)}
        store.replace(digests, np.full((400, 4), value, np.float32))
        print(value, flush=True)
"""


def state(value: int) -> tuple[dict, np.ndarray]:
    digests = {("profile", "de", f"{n:03}"): str(value) for n in range(N_TEXTS)}
    return digests, np.full((N_TEXTS, 4), value, np.float32)


def value_of(stored) -> int:
    """The one value of a state; fails if it is mixed."""
    (digest,) = set(map(str, stored.digests))
    assert stored.n_texts == N_TEXTS
    assert set(map(float, np.unique(stored.raw))) == {float(digest)}
    return int(digest)


@pytest.fixture
def store(tmp_path):
    return VectorStore(tmp_path / "vectors", STAMP)


def test_nothing_is_read_before_something_is_stored(store):
    assert store.read() is None


def test_what_is_stored_is_read_as_one_matrix_in_memory_order(store):
    with store.writing():
        store.replace(*state(1))

    stored = store.read()

    assert value_of(stored) == 1
    assert isinstance(stored.raw, np.memmap)
    assert stored.raw.flags.c_contiguous
    assert stored.raw.dtype == np.float32
    assert not stored.raw.flags.writeable
    assert stored.slice_of("profile") == slice(0, N_TEXTS)
    assert stored.slice_of("need") == slice(0, 0)


def test_empty_state_is_read(store):
    for kind, rows in ((STAMP, np.zeros((0, 4), np.float32)), (None, None)):
        other = store if kind else replace(store, stamp=stamp_of(Letters()))
        with other.writing():
            other.replace({}, rows if kind else Letters().encode_passages([]))

        assert other.read().n_texts == 0


def test_letters_are_stored_sparse(tmp_path):
    store = VectorStore(tmp_path, stamp_of(Letters()))
    rows = Letters().encode_passages(["Holzbau", "Käse"])
    with store.writing():
        store.replace({("profile", "de", "a"): "1", ("profile", "de", "b"): "2"}, rows)

    stored = store.read()

    assert (stored.raw - rows).nnz == 0
    assert np.allclose(stored.rows.multiply(stored.rows).sum(axis=1), 1)


def test_vectors_of_another_model_are_not_read(store):
    with store.writing():
        store.replace(*state(1))

    for other in ({"version": "2"}, {"name": "other"}, {"convention": "query:"}, {"dim": 5}):
        assert replace(store, stamp=replace(STAMP, **other)).read() is None


def test_only_one_writes_and_the_other_is_told(store):
    with store.writing() as first, store.writing() as second:
        assert (first, second) == (True, False)
    with store.writing() as again:
        assert again


@pytest.mark.parametrize("n_left", [0, 40])
@pytest.mark.parametrize("spoilt", ["raw.npy", "rows.npy", "ids.npy", "stamp.json"])
def test_spoilt_file_reads_as_nothing_and_is_written_anew(store, spoilt, n_left):
    with store.writing():
        store.replace(*state(1))
    (path,) = store.home.glob(f"*/{spoilt}")
    path.write_bytes(path.read_bytes()[:n_left])

    assert store.read() is None
    with store.writing():
        store.replace(*state(2))
    assert value_of(store.read()) == 2


@pytest.mark.slow
def test_readers_beside_a_writer_see_whole_states_only(store):
    with store.writing():
        store.replace(*state(1))
    seen, stop = ([], []), threading.Event()

    def look(values):
        while not stop.is_set():
            values.append(value_of(store.read()))

    readers = [threading.Thread(target=look, args=(values,)) for values in seen]
    for reader in readers:
        reader.start()
    with store.writing():
        for value in range(2, 25):
            store.replace(*state(value))
    stop.set()
    for reader in readers:
        reader.join()

    assert all(seen)
    assert all(values == sorted(values) for values in seen)
    assert value_of(store.read()) == 24


@pytest.mark.parametrize("n_lines", [1, 3, 8])
def test_killed_writer_leaves_a_whole_state_and_no_lock(store, n_lines):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITER, str(store.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        told = [int(writer.stdout.readline()) for _ in range(n_lines)]
        writer.kill()
    assert value_of(store.read()) >= told[-1]

    with store.writing() as is_mine:
        assert is_mine
        store.replace(*state(9_999))

    assert value_of(store.read()) == 9_999
    assert len([path for path in store.home.iterdir() if path.is_dir()]) == 1


def test_vectors_of_other_encoders_can_be_removed(store):
    other = replace(store, stamp=replace(STAMP, version="0"))
    with other.writing():
        other.replace(*state(1))
    with store.writing():
        store.replace(*state(2))
        store.remove_others()

    assert other.read() is None
    assert value_of(store.read()) == 2

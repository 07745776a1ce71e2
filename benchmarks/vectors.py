"""Time text vectors: encoding, storing and reading 100,000; the model beside letters."""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from alpclusters.platform.network.domain.vectors.encoding import Choice, choose_encoder
from alpclusters.platform.network.domain.vectors.model import (
    Encoder,
    Kind,
    Letters,
    Rows,
    Text,
    stamp_of,
)
from alpclusters.platform.network.domain.vectors.quality import LETTERS, MODEL
from alpclusters.platform.network.domain.vectors.store import VectorStore
from alpclusters.platform.network.domain.vectors.updating import update_vectors
from benchmarks._memory import peak_mb

ROOT: Final = Path(__file__).resolve().parents[1]
TEXTS: Final = ROOT / "tests" / "platform" / "network" / "vectors"
# Standard deviations along the main directions of centred vectors, from the first to the last,
# measured on 800 texts of eleven words: simulated vectors without main directions are no texts.
DIRECTIONS: Final = (0, 8, 32, 96, 192, 288, 380)
DEVIATIONS: Final = (0.1996, 0.1458, 0.0871, 0.0482, 0.0259, 0.0143, 0.0054)
# Loads an encoder, encodes one text, tells its greatest memory.
MEMORY: Final = """
import sys
from benchmarks._memory import peak_mb
from alpclusters.platform.network.domain.vectors.{module} import {name}
before = peak_mb()
{name}().encode_passages(["Holzbau in den Alpen"])
print(before, peak_mb())
"""

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return CPU time of a text, of storing many, and memory, for either encoder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        choice = choose_encoder(folder)
        encoders = _encoders(choice)
        return {
            "probe": {"runs": choice.has_model, "reason": choice.verdict.reason},
            "encoding": {n: _encoding(e, folder / n, small, say) for n, e in encoders.items()},
            "storing": {n: _storing(n, folder, small, say) for n in ("model", "letters")},
            "memory_mb": {n: _memory(n, say) for n in encoders},
            "quality": _quality(),
            "peak_mb": round(peak_mb(), 1),
        }


def _encoders(choice: Choice) -> dict[str, Encoder]:
    letters: dict[str, Encoder] = {"letters": Letters()}
    return {"model": choice.for_many, **letters} if choice.has_model else letters


# --- encoding -----------------------------------------------------------------------------------


def _encoding(encoder: Encoder, folder: Path, small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - as above
    share = 15 if small else 1
    sets = {
        "profiles of 15 words": _texts("own_profiles.csv", Kind.PROFILE)[::share],
        "profiles of 60 words": list(_long_texts())[::share],
        "needs of 6 words": _texts("own_needs.csv", Kind.NEED)[::share],
    }
    figures: dict[str, Any] = {}
    # The reference needs are encoded with the first set; they are not what is measured.
    update_vectors([], folder=folder, encoder=encoder)
    texts: list[Text] = []
    for name, more in sets.items():
        texts += more
        wall, cpu = time.perf_counter(), _cpu_s()
        update_vectors(texts, folder=folder, encoder=encoder)
        cpu, wall = _cpu_s() - cpu, time.perf_counter() - wall
        figures[name] = {
            "texts": len(more),
            "cpu_ms_per_text": round(1000 * cpu / len(more), 3),
            "wall_s": round(wall, 3),
        }
        say(f"{encoder.name}: {len(more)} {name}, {1000 * cpu / len(more):.2f} CPU ms each")
    return figures


def _texts(name: str, kind: Kind) -> list[Text]:
    with (TEXTS / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Text(row["field"], kind, row["language"], row["text"]) for row in rows]


def _long_texts() -> Iterator[Text]:
    """Put four profiles of one language together."""
    profiles = _texts("own_profiles.csv", Kind.PROFILE)
    for n, profile in enumerate(profiles):
        others = [profiles[(n + 5 * k) % len(profiles)].text for k in range(4)]
        yield Text(f"long:{n}", Kind.PROFILE, profile.language, " ".join(others))


def _cpu_s() -> float:
    """Return the CPU time of this process and of those it has started."""
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(who) for who in of]
    return sum(u.ru_utime + u.ru_stime for u in used)


# --- storing ------------------------------------------------------------------------------------


def _storing(name: str, folder: Path, small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - as above
    n_texts = 4_000 if small else 100_000
    storing_s, reading_ms = _stored(name, folder / f"many-{name}", n_texts)
    size_mb = round(_size_mb(folder / f"many-{name}"), 1)
    say(f"{name}: {n_texts:,} texts stored in {storing_s:.1f} s, {size_mb} MB")
    return {
        "texts": n_texts,
        "storing_s": round(storing_s, 2),
        "reading_ms": round(reading_ms, 2),
        "stored_mb": size_mb,
    }


def _stored(name: str, folder: Path, n_texts: int) -> tuple[float, float]:
    """Store simulated texts; one language, since centring does not change the time."""
    rows, encoder = _simulated(name, n_texts)
    store = VectorStore(folder, stamp_of(encoder))
    digests = {("profile", "de", f"organisation:{n:06}"): "simulated" for n in range(n_texts)}
    started = time.perf_counter()
    with store.writing():
        store.replace(digests, rows)
    storing_s, started = time.perf_counter() - started, time.perf_counter()
    if store.read() is None:
        raise RuntimeError(folder)
    return storing_s, 1000 * (time.perf_counter() - started)


def _simulated(name: str, n_texts: int) -> tuple[Rows, Encoder]:
    """Return simulated rows: vectors spread as the model's, shuffled words for letters."""
    from alpclusters.platform.network.domain.vectors.model import E5  # noqa: PLC0415 - only here

    g = np.random.default_rng(7)
    if name == "model":
        spread = np.exp(np.interp(np.arange(E5.dim), DIRECTIONS, np.log(DEVIATIONS)))
        rows = g.standard_normal((n_texts, E5.dim), np.float32) * spread.astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows, E5()
    words = np.array([w for t in _texts("own_profiles.csv", Kind.PROFILE) for w in t.text.split()])
    texts = [" ".join(words[g.integers(0, len(words), 15)]) for _ in range(n_texts)]
    return Letters().encode_passages(texts), Letters()


def _size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.npy")) / 2**20


# --- memory and quality -------------------------------------------------------------------------


def _memory(name: str, say: Say) -> dict[str, float]:
    module, encoder = ("model", "E5") if name == "model" else ("fallback", "Letters")
    code = MEMORY.format(module=module, name=encoder)
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    before, after = map(float, done.stdout.split())
    say(f"{name}: {after - before:.0f} MB to encode one text")
    return {"before": round(before, 1), "with_encoder": round(after, 1)}


def _quality() -> dict[str, Any]:
    """Return the figures that the tests measure, to stand beside the times."""
    return {
        name: {of: f"{q.needs.n_first}/{q.needs.n} needs" for of, q in measured.items()}
        for name, measured in (("model", MODEL), ("letters", LETTERS))
    }

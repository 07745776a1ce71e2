"""Keep the vectors of all texts up to date: in the background, and by the command line."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from alpclusters.platform.network.domain.matching.profiles import matching_texts
from alpclusters.platform.network.domain.vectors.encoding import Choice, choose_encoder
from alpclusters.platform.network.domain.vectors.model import Letters, stamp_of
from alpclusters.platform.network.domain.vectors.store import StoredVectors, VectorStore
from alpclusters.platform.network.domain.vectors.updating import Outcome, update_vectors

type Progress = Callable[[int, int], bool]


def caches() -> Path:
    """Return where the verdict on the model lies."""
    home: Path = settings.CONFIGURATION.home
    return home / "caches"


def vectors_folder(*, is_simulated: bool) -> Path:
    """Return where the vectors lie; simulated texts have vectors and middles of their own."""
    return caches() / "vectors" / ("simulated" if is_simulated else "real")


def machine() -> Choice:
    """Return the encoders of this machine; the first time the model is tried out."""
    caches().mkdir(parents=True, exist_ok=True, mode=0o700)
    return choose_encoder(caches())


def stored_vectors(choice: Choice, *, is_simulated: bool) -> StoredVectors | None:
    """Return the vectors there are; None before the first update."""
    folder = vectors_folder(is_simulated=is_simulated)
    return VectorStore(folder, stamp_of(choice.for_many)).read()


def letters_now(*, is_simulated: bool, now: datetime) -> StoredVectors | None:
    """Count letters at once: what there is until the model has read the texts."""
    folder = vectors_folder(is_simulated=is_simulated).with_suffix(".letters")
    encoder = Letters()
    texts = matching_texts(is_simulated=is_simulated, now=now)
    update_vectors(texts, folder=folder, encoder=encoder)
    return VectorStore(folder, stamp_of(encoder)).read()


def keep_vectors(*, is_simulated: bool, now: datetime, progress: Progress | None = None) -> Outcome:
    """Encode what is new or changed, of real or of simulated organisations."""
    choice = machine()
    return update_vectors(
        matching_texts(is_simulated=is_simulated, now=now),
        folder=vectors_folder(is_simulated=is_simulated),
        encoder=choice.for_many,
        progress=progress,
    )


def n_not_read(vectors: StoredVectors | None, *, is_simulated: bool, now: datetime) -> int:
    """Return how many texts have no vector, or one of an older wording."""
    texts = [one for one in matching_texts(is_simulated=is_simulated, now=now) if one.cleaned]
    if vectors is None:
        return len(texts)
    known = dict(zip(vectors.keys, vectors.digests.tolist(), strict=True))
    return sum(known.get(text.key) != text.digest for text in texts)

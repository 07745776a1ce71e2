"""Texts encoded by the worker: a profile takes a tenth of a second, all of them minutes."""

from datetime import timedelta
from typing import Final

from django.tasks import task
from django.utils import timezone

from alpclusters.platform.network.domain.matching.keeping import caches, keep_vectors
from alpclusters.platform.progress import Diary, clear

LATER: Final = timedelta(minutes=1)


@task
def read_texts() -> None:
    """Encode the texts of profiles and postings that are new or changed."""
    folder = caches() / "vectors"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    clear(folder)
    diary = Diary(folder)

    def note(done: int, total: int) -> bool:
        diary.note(done, total)
        return not diary.is_cancelled()

    for is_simulated in (False, True):
        found = keep_vectors(is_simulated=is_simulated, now=timezone.now(), progress=note)
        if found.status == "busy":
            # Somebody else began before this change was there: look again when that is over.
            read_texts.using(run_after=timezone.now() + LATER).enqueue()
            return

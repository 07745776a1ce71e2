"""``alpclusters index vectors``: read the texts of profiles and postings for the matching."""

import shutil
import sys
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from alpclusters.platform.network.domain.vectors.updating import Outcome


def index_vectors(speech: Speech, *, rebuild: bool) -> int:
    """Encode what is new or changed, of real and of simulated organisations; say how much."""
    from django.utils import timezone

    from alpclusters.platform.network.domain.matching.keeping import keep_vectors, vectors_folder

    is_whole = True
    for is_simulated in (False, True):
        if rebuild:
            shutil.rmtree(vectors_folder(is_simulated=is_simulated), ignore_errors=True)
        found = keep_vectors(is_simulated=is_simulated, now=timezone.now(), progress=_note)
        print("\n".join(_lines(found, speech, is_simulated=is_simulated)))
        is_whole &= found.status == "done" and not found.n_failed
    return 0 if is_whole else 1


def _note(done: int, total: int) -> bool:
    """Show how far it is where somebody looks; never stop."""
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
    return True


def _lines(found: "Outcome", speech: Speech, *, is_simulated: bool) -> list[str]:
    head = (
        speech.gettext("Texts of simulated organisations read: %(n)s (%(new)s now) by %(model)s")
        if is_simulated
        else speech.gettext("Texts of organisations read: %(n)s (%(new)s now) by %(model)s")
    )
    model = f"{found.stamp.name} {found.stamp.version}"
    lines = [head % {"n": found.n_texts, "new": found.n_encoded, "model": model}]
    if found.n_failed:
        lines.append(speech.gettext("Texts that could not be read: %(n)s") % {"n": found.n_failed})
    if found.status == "busy":
        lines.append(speech.gettext("Somebody else is reading them already."))
    return lines

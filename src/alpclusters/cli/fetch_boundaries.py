"""``alpclusters fetch boundaries``: licence, files, check, cut."""

import sys
from pathlib import Path

from alpclusters.cli.progress_line import ProgressLine
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

TERMS = _(
    "The boundaries belong to EuroGeographics (© EuroGeographics for the administrative "
    "boundaries). They are not for commercial use: whoever wants to use them commercially needs "
    "a licence from EuroGeographics. The notice is shown on every map; do not pass the files on "
    "without it."
)
_YES = frozenset({"y", "yes", "j", "ja", "o", "oui", "s", "si", "sì", "d", "da"})


def fetch_boundaries(folder: Path, speech: Speech, *, is_small: bool, is_accepted: bool) -> int:
    """Show the licence, fetch both levels, keep what the map of the Alps needs."""
    from alpclusters.platform.territory.domain.boundaries import LEVELS, store_boundaries
    from alpclusters.platform.territory.models import CURRENT_VINTAGE
    from alpclusters.sources import boundary_downloads

    print(speech.gettext(TERMS))
    _settle_licence(speech, is_accepted=is_accepted)
    sources = [
        boundary_downloads.boundary_file(CURRENT_VINTAGE, level, small=is_small) for level in LEVELS
    ]
    files = []
    for source in sources:
        with ProgressLine(source.file) as line:
            files += boundary_downloads.fetch_boundaries(
                folder, sources=[source], progress=line.show
            )
    for level in store_boundaries([file.path for file in files], vintage=CURRENT_VINTAGE):
        text = speech.gettext(
            "NUTS %(level)s: %(n)s regions, %(points)s of %(read)s points kept, "
            "%(size)s kB (%(packed)s kB packed)"
        )
        values = {
            "level": level.level,
            "n": level.n_regions,
            "points": level.n_points,
            "read": level.n_points_read,
            "size": round(level.n_bytes / 1000),
            "packed": round(level.n_bytes_packed / 1000),
        }
        print(text % values)
    print(speech.gettext("The map of the directory offers the detailed view from now on."))
    return 0


def _settle_licence(speech: Speech, *, is_accepted: bool) -> None:
    """Ask once; later calls only show the terms."""
    from datetime import UTC, datetime

    from alpclusters.analysis.errors import InputError
    from alpclusters.platform.territory.domain import licences

    if licences.accepted_at(licences.BOUNDARIES):
        return
    if not is_accepted and not _says_yes(speech):
        code = "fetch.licence_not_accepted"
        raise InputError(code, expected="--accept-licence")
    licences.accept(licences.BOUNDARIES, terms=speech.gettext(TERMS), now=datetime.now(UTC))


def _says_yes(speech: Speech) -> bool:
    if not sys.stdin.isatty():
        return False
    answer = input(speech.gettext("Do you accept these terms? [y/N]") + " ")
    return answer.strip().lower() in _YES

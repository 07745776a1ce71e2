"""``alpclusters fetch postcodes``: which region a postcode lies in."""

from pathlib import Path

from alpclusters.cli.progress_line import ProgressLine
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _


def fetch_postcodes(folder: Path, speech: Speech) -> int:
    """Fetch the postal points of Europe and keep those of the countries on the tile map."""
    from alpclusters.platform.actors.domain.postcodes import store_postcodes
    from alpclusters.platform.territory.domain.tiles import tiles
    from alpclusters.sources import postcode_downloads
    from alpclusters.sources.postcodes import LICENCE, PostcodeReader

    print(LICENCE.attribution)
    print(
        speech.gettext(
            "Whoever passes this table on passes it on under the same licence. Proposals made "
            "from it name the source."
        )
    )
    with ProgressLine(postcode_downloads.POSTCODES.file) as line:
        file = postcode_downloads.fetch_postcodes(folder, progress=line.show)
    speech.step(_("reading the postcodes"))
    reader = PostcodeReader(file.path, frozenset(tile.country for tile in tiles()))
    stored = store_postcodes(reader)
    text = speech.gettext(
        "Rows read: %(rows)s; kept: %(points)s (codes of NUTS %(vintage)s); of other countries: "
        "%(elsewhere)s; without postcode or code: %(rejected)s"
    )
    values = {
        "rows": reader.n_rows,
        "points": stored.n_points,
        "vintage": stored.vintage or "–",
        "elsewhere": reader.n_elsewhere,
        "rejected": reader.n_rejected,
    }
    print(text % values)
    return 0

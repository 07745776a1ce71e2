"""``alpclusters fetch cordis``: the archive of a framework programme, to be imported after."""

from pathlib import Path

from alpclusters.cli.progress_line import ProgressLine
from alpclusters.cli.speech import Speech


def fetch_cordis(programme: str, folder: Path, speech: Speech) -> int:
    """Fetch one archive and say how it is imported."""
    from alpclusters.sources.cordis_downloads import archive_of, fetch_archive

    with ProgressLine(archive_of(programme).file) as line:
        stored = fetch_archive(programme, folder, progress=line.show)
    text = speech.gettext("%(file)s: %(size)s MB, of %(day)s")
    day = stored.retrieved_at[:10] or "–"
    size = f"{stored.n_bytes / 1_000_000:.1f}"
    print(text % {"file": stored.path, "size": size, "day": day})
    print(speech.gettext("Import it: %(command)s") % {"command": _command(stored.path)})
    print(speech.gettext("Source: CORDIS, European Union, CC BY 4.0."))
    return 0


def _command(path: Path) -> str:
    return f"alpclusters import cordis {path} --countries AT,CH,DE,FR,IT,LI,SI"

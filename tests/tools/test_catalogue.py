"""The check of the catalogues: what is missing or left over, and that nothing is written."""

import shutil
from pathlib import Path

import polib
import pytest

from alpclusters.platform.languages.catalogues import LOCALE_DIR, po_path
from alpclusters.platform.languages.codes import TRANSLATED_LANGUAGES
from tools import catalogue

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real catalogues, elsewhere, and sources that say just what is in them."""
    for language in TRANSLATED_LANGUAGES:
        copy = tmp_path / po_path(language).relative_to(LOCALE_DIR)
        copy.parent.mkdir(parents=True)
        shutil.copy(po_path(language), copy)
    place = {
        lang: tmp_path / po_path(lang).relative_to(LOCALE_DIR) for lang in TRANSLATED_LANGUAGES
    }
    monkeypatch.setattr(catalogue, "po_path", place.__getitem__)
    template = polib.pofile(str(place["de"]))
    monkeypatch.setattr(catalogue, "_extract", lambda: template)
    return tmp_path


def files_in(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("folder")
@pytest.mark.slow
def test_complete_catalogues_pass(capsys):
    assert catalogue.check()
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.slow
def test_what_one_language_lacks_and_what_nobody_says_is_named(capsys):
    slovenian = polib.pofile(str(catalogue.po_path("sl")))
    lacking = next(entry for entry in slovenian if not entry.msgid_plural)
    lacking.msgstr = ""
    slovenian.append(polib.POEntry(msgid="Nobody says this", msgstr="Tega nihče ne pravi"))
    slovenian.save()

    assert not catalogue.check()

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"missing ['sl'] {lacking.msgid!r}")
    assert lines[1:] == ["left over sl 'Nobody says this'"]


@pytest.mark.slow
def test_check_writes_nothing_while_servers_may_read(folder):
    before = files_in(folder)

    catalogue.check()

    assert files_in(folder) == before

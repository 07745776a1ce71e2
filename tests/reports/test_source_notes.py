"""What readers and imports note: every note has a sentence with all its values."""

import re
from pathlib import Path

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.source_notes import SENTENCES, note_sentence
from alpclusters.sources.records import Note

pytestmark = pytest.mark.unit

SOURCES = Path(__file__).resolve().parents[2] / "src" / "alpclusters"
MADE = re.compile(r'"((?:organisation|region|identifier|encoding)\.[a-z_]+)"')
IMPORTS = SOURCES / "platform/actors/domain/importing"


def test_every_note_of_an_import_has_a_sentence():
    texts = [path.read_text(encoding="utf-8") for path in IMPORTS.glob("*.py")]
    codes = {code for text in texts for code in MADE.findall(text)}

    assert codes - set(SENTENCES) == set()
    assert len(codes) > 15


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_sentence_can_be_filled_in_every_language(language):
    names = (
        "given taken column most name scheme encoding sample n line vintage n_codes n_fitting "
        "current candidates country"
    )
    for code in SENTENCES:
        sentence = note_sentence(Note(code, dict.fromkeys(names.split(), 7)), language)

        assert sentence
        assert "%" not in sentence

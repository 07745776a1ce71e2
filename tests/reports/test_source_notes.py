"""What readers and imports note: every note has a sentence with all its values."""

import csv
import re
from pathlib import Path

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.domain.finding import SEED, region_elsewhere
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
        "current candidates country vintages"
    )
    for code in SENTENCES:
        sentence = note_sentence(Note(code, dict.fromkeys(names.split(), 7)), language)

        assert sentence
        assert "%" not in sentence


@pytest.mark.parametrize(
    ("code", "name", "vintages"),
    [
        ("DED2D", "Görlitz", "2010–2024"),
        ("CZ042", "Ústecký kraj", "2003–2024"),
        ("PL432", "Zielonogórski", "2003–2024"),
        ("NO072", "Troms/Romsa/Tromssa", "2016, 2024"),
    ],
)
def test_a_code_of_another_part_of_europe_is_named_and_not_called_wrong(code, name, vintages):
    found = region_elsewhere(code)

    assert (found.name, found.vintages) == (name, vintages)


def test_a_code_of_no_list_is_unknown():
    assert region_elsewhere("FR99") is None


def test_the_table_of_codes_elsewhere_agrees_with_the_lists_of_eurostat(shared):
    with (shared / "data/classifications/nuts_codes.csv").open(encoding="utf-8") as file:
        listed = {row["code"] for row in csv.DictReader(file) if len(row["code"]) > 2}
    own = {row["code"] for row in read_rows(SEED.with_name("nuts_codes.csv"))}

    assert {row["code"] for row in read_rows(SEED)} == listed - own

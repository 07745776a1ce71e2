"""Codes and names of NACE Rev. 2, against the table of Eurostat where it is at hand."""

import csv

import pytest

from alpclusters.platform.actors.domain.named_lists import (
    ECOSYSTEMS,
    TECHNOLOGIES,
    choice_label,
    ecosystem_label,
    names_of,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import (
    DIVISIONS,
    SECTIONS,
    is_sector,
    parse_sector,
    search_sectors,
    section_of,
    sector_label,
    sector_name,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.domain.names import country_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28.41", "28.41"),
        ("2841", "28.41"),
        ("C28.41", "28.41"),
        (" c2841 ", "28.41"),
        ("c", "C"),
        ("28.4", "28.4"),
        ("01", "01"),
        ("1", None),
        ("04", None),
        ("28.40", None),
        ("B28.41", None),
        ("", None),
        ("28.41.1", None),
        ("٢٨", None),
    ],
)
def test_codes_are_read_as_people_write_them(text, code):
    assert parse_sector(text) == code


def test_every_code_lies_in_the_one_above_it():
    assert (len(SECTIONS), len(DIVISIONS)) == (21, 88)
    assert {section_of(code) for code in DIVISIONS} == set(SECTIONS)
    assert section_of("28.41") == "C"
    with pytest.raises(ValueError, match="04"):
        section_of("04")


def test_codes_and_names_are_those_of_the_source(shared):
    with (shared / "data/classifications/nace_rev2_labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert all(is_sector(row["code"]) for row in rows)
    assert [r["code"] for r in rows if r["level"] == "2"] == list(DIVISIONS)
    ours = {code: sector_name(code, "de") for code in (*SECTIONS, *DIVISIONS)}
    theirs = {r["code"]: r["de"] for r in rows if r["level"] in "12"}
    assert {c: n.upper() for c, n in ours.items() if c not in "CFI"} == {
        c: n.upper() for c, n in theirs.items() if c not in "CFI"
    }


def test_sections_are_written_as_their_language_writes():
    assert [sector_label("A", code) for code in LANGUAGE_CODES] == [
        "A Land- und Forstwirtschaft, Fischerei",
        "A Agriculture, forestry and fishing",
        "A Agriculture, sylviculture et pêche",
        "A Agricoltura, silvicoltura e pesca",
        "A Kmetijstvo in lov, gozdarstvo, ribištvo",
    ]


def test_a_class_is_told_by_its_code_and_division():
    assert (
        sector_label("22.21", "it")
        == "22.21 (22 Fabbricazione di articoli in gomma e materie plastiche)"
    )


def test_a_search_finds_words_of_the_readers_language_and_english_and_codes():
    assert search_sectors("Kunststoff", "de") == ["22"]
    assert search_sectors("plastic", "sl") == ["22"]
    assert search_sectors("22.2", "de") == ["22.2", "22.21", "22.22", "22.23", "22.29"]
    assert search_sectors("   ", "de") == []


def test_lists_in_the_code_are_those_of_the_tables():
    assert list(names_of("ecosystems")) == list(ECOSYSTEMS)
    assert list(names_of("technologies")) == list(TECHNOLOGIES)


def test_names_come_in_the_readers_language_and_what_is_unknown_names_itself():
    assert ecosystem_label("textile", "sl") == "Tekstil"
    assert technology_label("photonics", "de-AT") == "Photonik"
    assert technology_label("own word", "de") == "own word"
    assert choice_label("aim", "sell", "fr") == "Vendre"
    assert country_name("JP", "it") == "Giappone"
    assert country_name("XX", "it") == "XX"

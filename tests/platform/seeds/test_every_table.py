"""What holds for every seed table: form, languages, typography, status, no personal data."""

import csv
import re
from pathlib import Path

import pytest

from alpclusters.platform.seed_rows import TEXTS, read_rows
from tests.platform.seeds.tables import APPS, LANGUAGES, PLATFORM, ROOT, paths

pytestmark = pytest.mark.unit

STATUSES = {"verified", "unverified", "unknown"}
SPAN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}[- ]\d{4}")
ENGLISH_TITLE = "Alpine Space industrial Clusters’ networks: paving the way for Europe 2020"
PERSONAL = re.compile(r"\+?\d[\d /-]{6,}\d")
AMOUNTS = {"budget", "eu", "budget_ct"}
FRENCH_MARKS = re.compile(r"(?<![\u00a0\u202f])[;!?]|(?<!\u00a0):(?!//)")


def raw(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


TEXT_TABLES = sorted(PLATFORM.glob(f"*/seeds/*{TEXTS}.csv"))


def cells(suffix: str) -> list[tuple[str, str, str]]:
    """File, column and text of each translated cell of a language."""
    return [
        (path.name, column, text)
        for path in paths()
        for row in read_rows(path)
        for column, text in row.items()
        if column.endswith(f"_{suffix}") and text
    ]


def words(path: Path) -> str:
    """Text of a table or page without addresses of the web and without amounts of money."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        told = [
            cell for row in read_rows(path) for name, cell in row.items() if name not in AMOUNTS
        ]
        text = "\n".join(told)
    return re.sub(r"https?://\S+", "", text)


@pytest.mark.parametrize("path", [*paths(), *TEXT_TABLES], ids=lambda path: path.name)
def test_a_table_is_utf_8_with_line_feeds_and_full_rows(path: Path) -> None:
    content = path.read_bytes()

    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert all(None not in row and None not in row.values() for row in raw(path))


@pytest.mark.parametrize("path", TEXT_TABLES, ids=lambda path: path.name)
def test_every_text_is_of_a_row_in_a_language_once_and_not_empty(path: Path) -> None:
    lines = raw(path)
    *key, column, language, text = lines[0]
    facts = raw(path.with_name(path.name.replace(f"{TEXTS}.csv", ".csv")))
    rows = [tuple(row[name] for name in key) for row in facts]
    said = [(*(line[name] for name in key), line["column"], line["language"]) for line in lines]

    assert (column, language, text) == ("column", "language", "text")
    assert len(set(rows)) == len(rows)
    assert {place[: len(key)] for place in said} <= set(rows)
    assert len(set(said)) == len(said)
    assert {line["language"] for line in lines} <= set(LANGUAGES)
    assert all(line["text"] for line in lines)


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.name)
def test_a_table_is_translated_in_all_five_languages_or_not_at_all(path: Path) -> None:
    head = list(read_rows(path)[0])
    fields = {column[:-3] for column in head if column.endswith("_de")}

    for row in read_rows(path):
        for field in fields:
            filled = [bool(row[f"{field}_{language}"].strip()) for language in LANGUAGES]
            assert len(set(filled)) == 1, (field, row)


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.name)
def test_a_status_is_one_of_three_and_has_a_source(path: Path) -> None:
    for row in raw(path):
        if "status" in row:
            assert row["status"] in STATUSES
            assert row["source"]


def test_every_folder_of_seeds_says_where_its_facts_come_from() -> None:
    for app in APPS:
        text = (PLATFORM / app / "seeds" / "README.md").read_text(encoding="utf-8")
        assert all(path.name in text for path in paths() if path.parent.parent.name == app)
        assert "Checked on" in text


def test_a_readme_counts_the_rows_of_its_tables() -> None:
    counted = re.compile(r"^\| ([\w., ]+\.csv) \| (\d[\d, ]*) \|", re.MULTILINE)
    for app in APPS:
        folder = PLATFORM / app / "seeds"
        for files, counts in counted.findall((folder / "README.md").read_text(encoding="utf-8")):
            told = [int(count.replace(",", "")) for count in counts.split(", ")]
            assert told == [len(raw(folder / file)) for file in files.split(", ")], files


def test_no_text_has_a_straight_apostrophe_or_quotation_mark() -> None:
    assert [c for language in LANGUAGES for c in cells(language) if set(c[2]) & {"'", '"'}] == []


def test_french_has_its_spaces_before_double_marks() -> None:
    french = [cell for cell in cells("fr") if cell[2] != ENGLISH_TITLE]

    assert [cell for cell in french if FRENCH_MARKS.search(cell[2])] == []


def test_no_text_uses_a_gender_sign_inside_a_word_outside_of_role_names() -> None:
    signs = re.compile(r"\w[*:_·]\w|/-?in\b")
    roles = {"Entscheidungsträger/-in in der Politik", "Clustermanager/-in"}

    found = {c[2] for language in LANGUAGES for c in cells(language) if signs.search(c[2])}

    assert found == roles


def test_no_text_starts_or_ends_with_a_space() -> None:
    assert [c for language in LANGUAGES for c in cells(language) if c[2] != c[2].strip()] == []


def test_no_telephone_number_or_address_for_mail_is_in_a_table_or_readme() -> None:
    for path in [*paths(), *PLATFORM.glob("*/seeds/README.md")]:
        text = words(path)
        numbers = [number for number in PERSONAL.findall(text) if not SPAN.fullmatch(number)]
        addresses = re.findall(r"@[\w-]+\.\w", text)
        assert (path.name, numbers, addresses) == (path.name, [], [])


def test_the_telephone_number_of_the_seed_is_nowhere(shared: Path) -> None:
    seed = (shared / "seed.txt").read_text(encoding="utf-8")
    digits = re.sub(r"\D", "", next(n for n in PERSONAL.findall(seed) if n.startswith("0711")))

    for path in ROOT.joinpath("src").rglob("*.csv"):
        assert digits[-7:] not in re.sub(r"[ /-]", "", path.read_text(encoding="utf-8"))

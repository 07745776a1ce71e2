"""No seed repeats a sentence of the project's own description or names a private person."""

import re
from pathlib import Path

import pytest

from tests.platform.seeds.tables import ROOT, paths

pytestmark = pytest.mark.unit

RUN = 6
# A title is a name and not a sentence.
TITLE = "Industrielle Cluster-Netzwerke im Alpenraum: auf dem Weg zu Europa 2020"
SURNAME = "Wel" + "ck"


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_no_seed_repeats_six_words_of_the_description_in_a_row(shared: Path) -> None:
    told = runs((shared / "seed.txt").read_text(encoding="utf-8")) - runs(TITLE)

    found = {path.name: runs(path.read_text(encoding="utf-8")) & told for path in paths()}

    assert {name: same for name, same in found.items() if same} == {}


def test_the_private_person_of_the_description_is_named_nowhere() -> None:
    files = [
        path
        for folder in ("src", "tests", "docs", "benchmarks", "tools")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".csv", ".html", ".json", ".md", ".po", ".py", ".toml", ".txt"}
    ]

    assert len(files) > 1_000
    assert [path for path in files if SURNAME in path.read_text(encoding="utf-8")] == []

"""A further language is a row, a catalogue and texts in seed tables: tried with Croatian in a copy.

Nothing is added to the database: a text keeps all languages in one column.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

pytestmark = pytest.mark.integration

SOURCE = Path(__file__).resolve().parents[3] / "src"
ROW = r"""
[hr]
name = "Hrvatski"
locale = "hr"
countries = ["HR"]
fallback = ["sl", "en"]
plural = '''nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :
 n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);'''
plural_examples = { one = 1, few = 2, other = 5 }
quotes = "„{}”"
months = [
  "siječanj", "veljača", "ožujak", "travanj", "svibanj", "lipanj", "srpanj", "kolovoz",
  "rujan", "listopad", "studeni", "prosinac",
]
months_of = [
  "siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza",
  "rujna", "listopada", "studenoga", "prosinca",
]

[hr.numbers]
group = "."
decimal = ","
percent_space = "\u202f"
money_first = false
range_word = "do"

[hr.dates]
day = "{d}."
long = "{day} {of_month} {y}."
short = "{d}. {m}. {y}."
clock = "{hh}:{minutes}"
with_clock = "{date}, {clock}"
"""
TEXTS = {
    "platform/territory/seeds/country_names_texts.csv": ["AT", "name", "hr", "Austrija"],
    "platform/actors/seeds/helix_texts.csv": ["business", "name", "hr", "gospodarstvo"],
    "platform/measures/seeds/measure_types_texts.csv": [
        "needs_survey",
        "name",
        "hr",
        "Ispitivanje potreba",
    ],
}
LOOK = """
import json
from datetime import date

import django

django.setup()
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alpclusters.analysis.similarity.words import is_stop_word
from alpclusters.platform.actors.domain.named_lists import helix_name
from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import LANGUAGE_CODES, fallbacks
from alpclusters.platform.measures.domain.seeding import SEEDS
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.reports.captions import page_words, quoted
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.numbers import format_money, format_percent
from alpclusters.www.cafe.sentences import sentences

loader = MigrationLoader(None)
found = MigrationAutodetector(
    loader.project_state(),
    ProjectState.from_apps(apps),
    NonInteractiveMigrationQuestioner(specified_apps=set(), dry_run=True),
).changes(graph=loader.graph)
ours = [
    [type(one).__name__, one.name]
    for label, migrations in found.items()
    for migration in migrations
    for one in migration.operations
]
page = Client().get("/hr/accessibility/", headers={"host": "localhost"})
with translation.override("hr"):
    home = reverse("public:home")
    unsent = sentences()["unsent"]
    name = Region(name={"hr": "Koruška", "de": "Kärnten", "sl": "Koroška"}).name
print(json.dumps({
    "codes": LANGUAGE_CODES,
    "fallbacks": fallbacks("hr"),
    "offered": dict(settings.LANGUAGES)["hr"],
    "chosen": dict(User._meta.get_field("language").choices)["hr"],
    "migrated": ours,
    "home": home,
    "answer": [page.status_code, page.headers["Content-Language"], page.content.decode()],
    "unsent": unsent,
    "kept": [name, name.language, name.missing()],
    "page": page_words("hr"),
    "written": [
        format_date(date(2026, 7, 1), "hr"), format_date_short(date(2026, 7, 1), "hr"),
        format_money(123_450, "EUR", "hr"), format_percent(0.12, "hr"), quoted("a", "hr"),
    ],
    "stops": is_stop_word("koji", "hr"),
    "said": [country_name("AT", "hr"), country_name("SI", "hr"), helix_name("business", "hr")],
    "stored": [row["name_hr"] for row in read_rows(SEEDS / "measure_types.csv")][:2],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the package to which Croatian was added."""
    root = tmp_path_factory.mktemp("further") / "src"
    shutil.copytree(SOURCE, root, ignore=shutil.ignore_patterns("__pycache__"))
    package = root / "alpclusters"
    with (package / "platform/languages/languages.toml").open("a", encoding="utf-8") as file:
        file.write(ROW)
    (package / "analysis/similarity/stopwords/hr.txt").write_text("koji koja je\n", "utf-8")
    _write_catalogue(package / "locale/hr/LC_MESSAGES/django.po")
    for name, line in TEXTS.items():
        with (package / name).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(line)
    return root


def _write_catalogue(path):
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": "hr",
        "Plural-Forms": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
        " && (n%100<10 || n%100>=20) ? 1 : 2);",
    }
    catalogue.append(
        polib.POEntry(
            msgid="Page %(number)s of %(count)s", msgstr="Stranica %(number)s od %(count)s"
        )
    )
    forms = ["%(n)s neposlan unos", "%(n)s neposlana unosa", "%(n)s neposlanih unosa"]
    catalogue.append(
        polib.POEntry(
            msgid="%(n)s unsent entry",
            msgid_plural="%(n)s unsent entries",
            msgstr_plural=dict(enumerate(forms)),
        )
    )
    catalogue.save(str(path))


@pytest.fixture(scope="module")
def seen(copy, tmp_path_factory):
    """Return what a process says that runs from the copy, without a database."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        "PYTHONPATH": str(copy),
        "ALPCLUSTERS_HOME": str(tmp_path_factory.mktemp("home")),
        "ALPCLUSTERS_STATIC": "finders",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_the_program_knows_the_language(seen):
    assert seen["codes"] == ["de", "en", "fr", "it", "sl", "hr"]
    assert seen["fallbacks"] == ["hr", "sl", "en", "de", "fr", "it"]
    assert seen["offered"] == seen["chosen"] == "Hrvatski"
    assert seen["home"] == "/hr/"


def test_a_page_answers_in_the_language_and_offers_it(seen):
    status, language, page = seen["answer"]

    assert (status, language) == (200, "hr")
    assert '<html lang="hr"' in page
    assert "Hrvatski" in page


def test_numbers_days_quotes_and_plurals_are_those_of_the_row(seen):
    written = [text.replace("\u202f", " ") for text in seen["written"]]

    assert written == ["1. srpnja 2026.", "1. 7. 2026.", "1.234,50 €", "12 %", "„a”"]
    assert seen["page"] == "Stranica {k} od {n}"
    assert seen["unsent"] == {
        "one": "%(n)s neposlan unos",
        "few": "%(n)s neposlana unosa",
        "other": "%(n)s neposlanih unosa",
    }
    assert seen["stops"]


def test_texts_of_tables_are_shown_and_a_missing_one_in_the_language_of_fallback(seen):
    assert seen["said"] == ["Austrija", "Slovenija", "gospodarstvo"]
    assert seen["stored"] == ["Ispitivanje potreba", ""]


def test_no_migration_follows_and_rows_take_the_language(seen):
    assert seen["migrated"] == []
    assert seen["kept"] == ["Koruška", "hr", ["en", "fr", "it"]]


def test_three_files_at_most_are_touched_beside_catalogue_and_texts(copy):
    before = {path.relative_to(SOURCE) for path in _files(SOURCE)}
    touched = [
        path.relative_to(copy)
        for path in _files(copy)
        if path.relative_to(copy) not in before
        or path.read_bytes() != (SOURCE / path.relative_to(copy)).read_bytes()
    ]
    others = [path for path in touched if "locale" not in path.parts]

    assert len([path for path in others if not path.stem.endswith("_texts")]) <= 3
    assert len(others) == 5


def _files(root):
    return (
        path
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    )

"""A further field is a column, a migration and its heads: tried with a telephone in a copy.

Everything that is asked of the columns there are (`test_fields.py`) is asked of it as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
ACTORS = Path("src/alpclusters/platform/actors")
COLUMN = """    telephone = fact(
        models.CharField(_("Number of the telephone"), max_length=40, blank=True),
        "name",
        in_lists=True,
        words="subjects",
        schema="telephone",
    )
"""
BEFORE = "    # Only bodies from published lists"
MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actors", {last!r})]
    operations = [
        migrations.AddField(
            name,
            "telephone",
            models.CharField("Number of the telephone", max_length=40, blank=True, default=""),
            preserve_default=False,
        )
        for name in ("organisation", "historicalorganisation")
    ]
"""
HEADS = {
    "en": "telephone",
    "de": "telefon",
    "fr": "téléphone",
    "it": "telefono",
    "sl": "telefonska številka",
}
LABELS = {
    "de": "Telefonnummer",
    "fr": "Numéro de téléphone",
    "it": "Numero di telefono",
    "sl": "Telefonska številka",
}
# What is asked of each column is asked of the new one, and what is asked of all of them.
ASKED = "telephone or (not in_every_language and not of_its_part and not is_emptied)"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the sources and the tests to which the field was added."""
    root = tmp_path_factory.mktemp("further")
    unneeded = shutil.ignore_patterns("__pycache__", "e2e", "analysis", "*.mo")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=unneeded if name == "tests" else NO_CACHES)
    shutil.copy(ROOT / "pyproject.toml", root)
    model = root / ACTORS / "models/organisations.py"
    model.write_text(model.read_text("utf-8").replace(BEFORE, COLUMN + BEFORE), "utf-8")
    last = max(path.stem for path in (root / ACTORS / "migrations").glob("0*.py"))
    migration = root / ACTORS / "migrations/0999_telephone.py"
    migration.write_text(MIGRATION.format(last=last), "utf-8")
    with (root / ACTORS / "seeds/heads.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"telephone,{code},{head}\n" for code, head in HEADS.items())
    for code, label in LABELS.items():
        _translate(root / f"src/alpclusters/locale/{code}/LC_MESSAGES/django.po", label)
    return root


NO_CACHES = shutil.ignore_patterns("__pycache__", "*.mo")


def _translate(path, label):
    catalogue = polib.pofile(str(path))
    catalogue.append(polib.POEntry(msgid="Number of the telephone", msgstr=label))
    catalogue.save(str(path))


def ran(copy, *arguments):
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {
        "PYTHONPATH": str(copy / "src"),
        "ALPCLUSTERS_HOME": str(copy / "home"),
        "ALPCLUSTERS_TEST_HOMES": str(copy / "homes"),
        "ALPCLUSTERS_STATIC": "finders",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_that_holds_for_a_column_holds_for_it(copy):
    told = ran(copy, "-m", "pytest", "-q", "-k", ASKED, "tests/platform/actors/test_fields.py")

    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-2000:]
    assert "failed" not in told.stdout


def test_the_inventory_of_personal_data_knows_it(copy):
    told = ran(
        copy,
        "-m",
        "pytest",
        "-q",
        "-k",
        "organisation",
        "tests/platform/accounts/test_inventory.py",
    )

    assert told.returncode == 0, told.stdout[-4000:]


def test_no_further_migration_follows(copy):
    told = ran(copy, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run")

    assert told.returncode == 0, told.stdout


def test_three_files_are_touched_beside_the_catalogues(copy):
    source = copy / "src"
    before = {path.relative_to(ROOT / "src") for path in _files(ROOT / "src")}
    touched = [
        path.relative_to(source)
        for path in _files(source)
        if path.relative_to(source) not in before
        or path.read_bytes() != (ROOT / "src" / path.relative_to(source)).read_bytes()
    ]

    assert len([path for path in touched if "locale" not in path.parts]) <= 3


def _files(root):
    return (
        path
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    )

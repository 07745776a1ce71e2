"""The phone's scripts: asked for at once, under names that change with their content."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from alpclusters.www.cafe.sentences import STATIC, scripts_behind

pytestmark = pytest.mark.unit
FOLDER = "js/cafe"


def test_every_script_behind_the_page_is_found():
    found = scripts_behind(f"{FOLDER}/app.js")

    assert {"js/cafe/queue.js", "js/cafe/views/sheet.js", "js/cafe/second.js"} <= set(found)
    assert len(set(found)) == len(found)
    assert all((STATIC / name).exists() for name in found)


def test_join_page_needs_few_scripts():
    assert len(scripts_behind(f"{FOLDER}/join.js")) <= 6


def test_scripts_import_each_other_in_no_circle():
    names = [f"{FOLDER}/app.js", *scripts_behind(f"{FOLDER}/app.js")]

    assert [name for name in names if name in scripts_behind(name)] == []


def test_imports_lead_to_names_that_change_with_the_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "alpclusters.www.static_storage.StaticStorage"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    hashed = [
        p for p in Path(tmp_path, FOLDER).rglob("*.js") if re.search(r"\.\w{12}\.js$", p.name)
    ]
    imports = [line for path in hashed for line in re.findall(r'from "(\..+?)"', path.read_text())]
    assert len(imports) > 50
    assert [target for target in imports if not re.search(r"\.\w{12}\.js$", target)] == []

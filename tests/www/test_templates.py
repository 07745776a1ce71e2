"""Rules for every template: nothing that data fill is taken for markup."""

import re
from pathlib import Path

import pytest

import alpclusters

pytestmark = pytest.mark.unit

ROOT = Path(alpclusters.__file__).parent
# Texts of our own forms, some with a link; no person writes them.
ALLOWED = {"www/templates/django/forms/field.html": ["{{ field.help_text|safe }}"]}
UNESCAPED = re.compile(r"\{\{[^}]*\|\s*safe(?:seq)?\b[^}]*\}\}|\{%\s*autoescape\s+off\s*%\}")


def test_no_template_prints_data_without_escaping():
    found = {
        path.relative_to(ROOT).as_posix(): UNESCAPED.findall(path.read_text(encoding="utf-8"))
        for path in ROOT.rglob("*.html")
    }

    assert len(found) > 300
    assert {name: texts for name, texts in found.items() if texts} == ALLOWED

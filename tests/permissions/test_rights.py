"""Every right that is asked for exists, and every right is asked for."""

import re
from pathlib import Path

import pytest
from rules.permissions import permissions

pytestmark = pytest.mark.unit

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "alpclusters"
ASKED_IN_CODE = re.compile(r"(?:has_perm|permission_required|test_rule)\(\s*f?[\"']([\w.]+)[\"']")
ASKED_IN_TEMPLATES = re.compile(r"\bperms\.(\w+\.\w+)|\bhas_perm\s+[\"']([\w.]+)[\"']")
# Right -> where it is asked, if not by its name in a call.
ASKED_OTHERWISE: dict[str, str] = {
    "policy.publish_plan": "by its constant in www/workspace/policy/plan_forms.py",
    "policy.monitor": "by its constant in www/workspace/monitoring/report_forms.py",
    "policy.decide": "by its constants in www/workspace/recommendations and policy, access.py",
    "actors.change_stakeholders": "pages fetch the project through own_project, which asks for it",
    "evidence.keep_corpus": "by its constant in www/workspace/evidence/corpora.py",
    "evidence.grade_lesson": "by its constant in www/workspace/lessons/lesson_page.py",
}


def asked() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]:
        pattern = ASKED_IN_CODE if path.suffix == ".py" else ASKED_IN_TEMPLATES
        for match in pattern.finditer(path.read_text(encoding="utf-8")):
            name = next(filter(None, match.groups()))
            found.setdefault(name, set()).add(str(path.relative_to(PACKAGE)))
    return found


def test_every_right_asked_for_exists():
    unknown = {name: files for name, files in asked().items() if name not in permissions}

    assert unknown == {}


def test_every_right_is_asked_for():
    assert set(permissions) - set(asked()) - set(ASKED_OTHERWISE) == set()


def names_in_code() -> set[str]:
    """Every right whose name stands in the code elsewhere than where it is registered."""
    registered = re.compile(r"add_right\([^)]*\)")
    texts = [
        registered.sub("", path.read_text(encoding="utf-8"))
        for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    ]
    return {name for name in permissions if any(f'"{name}"' in text for text in texts)}


def test_no_right_is_dead():
    """Whatever is said of a right: its name stands in a page, or changing it changes nothing."""
    assert set(ASKED_OTHERWISE) - names_in_code() == set()


def test_every_right_is_said_in_words():
    assert [name for name, rule in permissions.items() if not rule.__doc__] == []


def test_no_page_compares_roles():
    """Roles are compared in rules.py; pages ask for rights."""
    pattern = re.compile(r"\.role\s*(==|!=|in\b)|\bis_superuser\b|has_role\(|\bis_staff\b")
    found = [
        str(path.relative_to(PACKAGE))
        for path in (PACKAGE / "www").rglob("*")
        if path.suffix in {".py", ".html"} and pattern.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []

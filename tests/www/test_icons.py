"""Every icon that a page names is in the sprite: one that is not would show nothing."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

SOURCE = Path(__file__).resolve().parents[2] / "src" / "alpclusters"
SPRITE = SOURCE / "www" / "static" / "icons.svg"
TEMPLATES = SOURCE / "www" / "templates"
NAMED = re.compile(r"""\{%\s*icon\s+"([^"]+)"|\bicon="([^"{]+)"|#i-([a-z0-9-]+)""")


def drawn() -> set[str]:
    return set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', SPRITE.read_text("utf-8")))


def named(text: str) -> set[str]:
    return {next(filter(None, match.groups())) for match in NAMED.finditer(text)}


def test_each_symbol_stands_once():
    ids = re.findall(r'id="(i-[a-z0-9-]+)"', SPRITE.read_text("utf-8"))

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("pattern", ["*.html", "*.txt"])
def test_icons_of_templates_are_in_the_sprite(pattern):
    unknown = {
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in TEMPLATES.rglob(pattern)
        for name in named(path.read_text("utf-8")) - drawn()
    }

    assert unknown == set()


def texts(node: ast.expr) -> set[str]:
    """Return the texts an expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    return {str(node.value)} if is_text else set()


def icons_of(tree: ast.AST) -> set[str]:
    """Return what code gives as ``icon=`` or as first argument of a kind of badge."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "icon":
            found |= texts(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= texts(node.args[0]) if node.func.id == "Kind" and node.args else set()
    return found


def looks_of(tree: ast.AST) -> list[list[set[str]]]:
    """Return mappings called LOOKS, each a list of looks: an icon and a tone, in either order."""
    found: list[list[set[str]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            if any(isinstance(one, ast.Name) and one.id.endswith("LOOKS") for one in targets):
                looks = (one for one in node.value.values if isinstance(one, ast.Tuple))
                found.append([set().union(*map(texts, look.elts)) for look in looks])
    return found


def modules() -> dict[str, ast.AST]:
    paths = (SOURCE / "www").rglob("*.py")
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text("utf-8")) for path in paths}


@pytest.mark.slow
def test_icons_that_code_names_are_in_the_sprite():
    named_where = {(path, name) for path, tree in modules().items() for name in icons_of(tree)}

    assert len(named_where) > 10
    assert {one for one in named_where if one[1] not in drawn()} == set()


@pytest.mark.slow
def test_looks_have_an_icon_of_the_sprite():
    """Mappings of looks without any icon are of other things: colours of a map, signs."""
    icons = drawn()
    mappings = [
        (path, looks)
        for path, tree in modules().items()
        for looks in looks_of(tree)
        if any(look & icons for look in looks)
    ]

    assert len(mappings) > 5
    assert [
        (path, look) for path, looks in mappings for look in looks if look and not look & icons
    ] == []


@pytest.mark.parametrize("name", ["send", "eye", "history"])
def test_icons_that_were_missing_are_there(name):
    assert name in drawn()

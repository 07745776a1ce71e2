"""What exists is documented: commands, settings, methods; links lead somewhere; no place leaks."""

import argparse
import importlib
import pkgutil
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import alpclusters.analysis
from alpclusters.platform.actors.domain.importing.fields import columns_in_lists, list_fields
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.configuration import SETTINGS

pytestmark = [pytest.mark.integration, pytest.mark.gate]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
OF_PROFILES = "of cluster organisations only"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def entries(folder: str) -> set[str]:
    """Every name in code marks that stands in a heading or a row of a table."""
    lines = [
        line
        for page in (DOCS / folder).rglob("*.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith(("#", "|"))
    ]
    return set(re.findall(r"`([^`\s]+?)(?:\([^`]*\))?`", "\n".join(lines)))


def commands() -> set[str]:
    from alpclusters.cli import _parser  # noqa: PLC0415 - a broken command line fails one test

    actions = _parser("en")._actions
    choices = [a.choices for a in actions if isinstance(a, argparse._SubParsersAction)]
    return {name for group in choices for name in group}


def methods() -> set[str]:
    """The public names of the analysis layer."""
    package = alpclusters.analysis
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    modules = [importlib.import_module(info.name) for info in found]
    return {name for module in modules for name in getattr(module, "__all__", ())}


def test_every_command_has_a_row_for_operators() -> None:
    assert commands() - entries("operator") == set()


def test_every_setting_has_a_row_for_operators() -> None:
    assert {s.name for s in SETTINGS} - entries("operator") == set()


def test_every_public_name_of_the_analysis_is_in_the_methods() -> None:
    assert methods() - entries("methods") == set()


def test_what_the_table_of_lists_names_may_be_brought_by_a_list() -> None:
    page = (DOCS / "operator" / "importing.md").read_text(encoding="utf-8")
    table = page.partition("### Fields")[2].partition("| --- | --- |\n")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()]
    named = [re.findall(r"`(\w+)`", fields) for fields, _ in rows]
    (own,) = [names for names, row in zip(named, rows, strict=True) if OF_PROFILES in row[1]]
    of_profiles = {column.name for column in columns_in_lists(ClusterOrganisation)}
    columns = {column.name for column in columns_in_lists()}
    fields = {one.name for one in list_fields()}

    # Columns that are read as any other of their kind need no row.
    names = Counter(name for row in named for name in row)
    assert set(names.values()) == {1}
    assert fields - columns <= set(names) <= fields
    assert set(own) - {"label"} <= of_profiles
    assert of_profiles & set(names) <= set(own)


def test_analysis_has_public_names() -> None:
    assert methods() != set()


# --- links ------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """What a heading is called in an address: lower case, hyphens, no signs."""
    heads = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield target


@pytest.mark.parametrize("document", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_to_a_file_or_heading(document: Path) -> None:
    assert list(broken_links(document)) == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        links = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
        found = {(page.parent / name).resolve() for name in links if name.endswith(".md")}
        waiting += [p for p in found if p.exists() and p not in seen]

    assert set(PAGES) - seen == set()


# --- what must not be in the repository -------------------------------------------------------

# Written apart, so that this file does not find itself.
REGISTRIES = ["pypi." + "org", "pythonhosted." + "org", "registry." + "npmjs", "npmjs." + "com"]
PLACES = ["/work" + r"/\w", "/root" + "/", "/home" + r"/\w+/", "/Users" + "/"]
FORBIDDEN = re.compile("|".join([*map(re.escape, REGISTRIES), *PLACES]))


def tracked_files() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = [ROOT / name for name in done.stdout.split("\0") if name]
    return [p for p in paths if p.is_file()]


def text_of(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked_files()
        if (match := FORBIDDEN.search(text_of(path)))
    ]

    assert found == []


def test_development_lock_pins_what_the_run_time_lock_pins() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"(?m)^([\w.-]+==[^\s;\\]+)", (ROOT / name).read_text()))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()
    assert len(pins("requirements.lock")) > 20

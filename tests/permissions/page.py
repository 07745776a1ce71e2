"""Write docs/developer/permissions.md from the table: `python -m tests.permissions.page`."""

from itertools import groupby
from pathlib import Path
from typing import Final

from tests.permissions.table import ACTS, ROLES, ROWS, Row

TARGET: Final = Path(__file__).resolve().parents[2] / "docs" / "developer" / "permissions.md"
HEAD: Final = """\
# Who may do what

Made from `tests/permissions/permissions.toml` by `python -m tests.permissions.page`; do not edit.
Every page is asked in every cell by `tests/permissions`: eleven people, seven methods, things that
are theirs and things that are not.

yes: allowed · see: may look, not change · sign-in: led to the sign-in · join: led to the page for
the code · 404: already the existence is private · 403: seen, but not allowed.

- own: of the project and region in which the person holds the role; other region: of another region
  of this project
- hidden: of a project that is not public and in which the person has no role; public: of somebody
  else's public project, published or released; historic: of a historic project in which the person
  holds the role
- The participant joined on a phone and has no account; the disabled account was an administrator.
- The data protection officer works in no project.
- Coordinators hold their role in the whole project, the others in one region of it.
"""
SPACES: Final = {
    "": "Machines and signing in",
    "public": "Public pages",
    "workspace": "Workspace",
    "cafe": "Phones",
    "components": "Page of components",
}
RELATIONS: Final = {"any": "", "region": "other region", "other": "hidden"}
WORDS: Final = {"ok": "yes", "login": "sign-in"}


def space_of(row: Row) -> str:
    """Return the namespace of a page."""
    return row.name.partition(":")[0] if ":" in row.name else ""


def name_of(row: Row) -> str:
    """Return a page with what a form asks of it."""
    return f"{row.name} {row.form}".strip()


def lines_of(row: Row) -> list[str]:
    """Write one row of the document per relation."""
    found = []
    for number, (relation, outcomes) in enumerate(row.outcomes.items()):
        name = f"`{name_of(row)}` {' '.join(row.methods)}" if number == 0 else ""
        cells = [WORDS.get(outcomes[role], outcomes[role]) for role in ROLES]
        found.append(f"| {name} | {RELATIONS.get(relation, relation)} | {' | '.join(cells)} |")
    return found


def document() -> str:
    """Return the whole page."""
    parts = [HEAD]
    every = [*ROWS.values(), *ACTS.values()]
    rows = sorted(every, key=lambda row: list(SPACES).index(space_of(row)))
    for space, group in groupby(rows, key=space_of):
        members = list(group)
        roles = " | ".join(role.replace("_", " ") for role in ROLES)
        parts.append(f"## {SPACES[space]}\n")
        parts.append(f"| page, methods | thing | {roles} |\n|{' --- |' * (len(ROLES) + 2)}")
        parts.append("\n".join(line for row in members for line in lines_of(row)) + "\n")
        rules = [f"- `{name_of(row)}`: {row.rule}" for row in members]
        parts.append("\n".join(rules) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")

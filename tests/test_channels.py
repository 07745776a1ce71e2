"""Every public address of an event stands in the table that says what protects it."""

import re
from pathlib import Path

import pytest

from tests.permissions.table import names_of_resolver

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[1] / "docs" / "methods" / "disclosure.md"
OF_AN_EVENT = re.compile(r"cafe:|public:(cafe|evaluation|common|card|research)")


def test_every_public_address_of_an_event_says_what_covers_it():
    section = PAGE.read_text(encoding="utf-8").split("## Every public channel of an event")[1]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| `")]
    named = [name for line in lines for name in re.findall(r"`([a-z_]+:[a-z_]+)`", line)]

    wanted = {name for name in names_of_resolver() if OF_AN_EVENT.match(name)}
    assert "public:evaluation_file" in wanted
    assert sorted(named) == sorted(wanted)
    assert all(line.strip("| ").split(" | ")[-1] for line in lines)

"""Whoever turns one right round is caught by the table of who may do what.

``flipped_rights.toml`` names for each right two cells of that table: one that answers otherwise as
soon as nobody has the right, one as soon as everybody has it. Each is asked twice: with the right
as it is, when it answers as the table says, and with the right turned round, when it must not.
What chooses the rows that somebody sees is turned round likewise: no rows, or all of them.
"""

import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from rules import Predicate
from rules.permissions import permissions
from rules.predicates import always_false, always_true

from alpclusters.platform.network.rules import may_confirm_link, may_refuse_link
from tests.permissions.asking import address_of, ask, undrawn
from tests.permissions.table import ACTS, ROWS
from tests.permissions.test_permissions import judge
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PATH = Path(__file__).with_name("flipped_rights.toml")
TOLD_BY: dict[str, dict[str, str]] = tomllib.loads(PATH.read_text(encoding="utf-8"))
TURNED: dict[str, Predicate] = {"nobody": always_false, "everybody": always_true}
# Asked by the domain and not by their name: administrators hold every named right, but not these.
UNNAMED: dict[str, Callable[..., bool]] = {
    "network.may_confirm_link": may_confirm_link,
    "network.may_refuse_link": may_refuse_link,
}
# Of those that lead to a page of one thing: what only fills lists is tested with these.
CHOOSING = ("corpora_of", "visible_")


def what_is_wrong(cell: str, world: World) -> str:
    """Ask a page as a cell says; return how the answer differs from the table, if it does."""
    page, relation, role, method = cell.rsplit(maxsplit=3)
    row = ROWS.get(page) or ACTS[page]
    path = address_of(row, relation, world)
    with undrawn():
        answer = ask(world.clients[role], method, path, form=row.form)
    return judge(row, method, row.expected(relation, role, method), answer)


def turn_round(monkeypatch: pytest.MonkeyPatch, right: str, has_it: str) -> None:
    """Give a right to nobody, or to everybody, until the test ends."""
    if right in UNNAMED:
        put_everywhere(monkeypatch, UNNAMED[right], lambda *_: has_it == "everybody")
    elif is_choosing(right):
        choose_otherwise(monkeypatch, right, has_it)
    else:
        monkeypatch.setitem(permissions, right, TURNED[has_it])


def is_choosing(right: str) -> bool:
    return right.partition(".")[2].startswith(CHOOSING)


def choose_otherwise(monkeypatch: pytest.MonkeyPatch, right: str, has_it: str) -> None:
    """Let the one of rules.py choose no rows, or all."""
    app, _, name = right.partition(".")
    choose = getattr(import_module(f"alpclusters.platform.{app}.rules"), name)

    def turned(*args: Any, **kwargs: Any) -> QuerySet[Any]:
        every = choose(*args, **kwargs).model._default_manager.all()
        return every if has_it == "everybody" else every.none()

    put_everywhere(monkeypatch, choose, turned)


def put_everywhere(
    monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], other: Callable[..., Any]
) -> None:
    """Put another function wherever one of ours was imported."""
    ours = [module for key, module in sys.modules.items() if key.startswith("alpclusters.")]
    for module in ours:
        for local_name, value in list(vars(module).items()):
            if value is function:
                monkeypatch.setattr(module, local_name, other)


def test_two_cells_are_named_for_every_right():
    rights = [right for right in TOLD_BY if not is_choosing(right)]

    assert sorted(rights) == sorted([*permissions, *UNNAMED])
    assert [right for right, cells in TOLD_BY.items() if set(cells) != set(TURNED)] == []


@pytest.mark.parametrize("has_it", TURNED)
@pytest.mark.parametrize("right", TOLD_BY)
def test_a_right_that_is_turned_round_is_noticed(
    right: str, has_it: str, world: World, monkeypatch: pytest.MonkeyPatch
):
    cell = TOLD_BY[right][has_it]
    assert what_is_wrong(cell, world) == ""

    turn_round(monkeypatch, right, has_it)

    assert what_is_wrong(cell, world) != ""

"""Every page, asked by ten people, with seven methods, about things that are theirs and not."""

from collections import Counter

import pytest
from django.db import connection

from tests.permissions.asking import Answer, address_of, ask
from tests.permissions.table import METHODS, OUTCOMES, ROLES, ROWS, Row, names_of_resolver
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

READING = {"GET", "HEAD", "OPTIONS"}
# Page -> why its POST leads to the page where codes are typed, also for those who may use it.
LEADS_TO_JOIN = {"cafe:language": "comes back to where the phone was", "cafe:leave": "has left"}
LEADS_TO_SIGN_IN = {
    "account_confirm_login_code": "without a code in the mail there is nothing to confirm",
}
UNKNOWN_LINKS = {"account_confirm_email": "the made-up key is unknown, once it is sent"}
# allauth leads people away, or asks for a sign-in, before it looks at the method.
LOOKS_AT_METHOD_LAST = "account_"
# Page -> why reading it may write.
MAY_WRITE = {
    "account_email": "allauth notes the address of an account made elsewhere at first sight",
}
# A method that a page does not know is refused for what it is, not for who asks: nobody, somebody
# and the one who may everything try it.
TRY_UNKNOWN_METHODS = {"visitor", "member", "administrator"}
SMALLEST_NUMBER_OF_CELLS = 8_000


def cells(row: Row, methods=METHODS):
    return [
        (relation, role, method)
        for relation in row.outcomes
        for role in ROLES
        for method in methods
        if method in row.methods or role in TRY_UNKNOWN_METHODS
    ]


def methods_asked(row: Row):
    """A method that a page does not know is refused before the page asks the database.

    That is the same on every database: on another than SQLite only the others are tried.
    """
    return METHODS if connection.vendor == "sqlite" else row.methods


def judge(row: Row, method: str, expected: str, answer: Answer) -> str:
    """Say what is wrong with an answer; nothing, if nothing is."""
    if answer.status >= 500 and method in row.methods:
        return f"{answer.status} {answer.error}"
    is_reading = method in READING or expected != "ok" or method not in row.methods
    if answer.writes and is_reading and row.name not in MAY_WRITE:
        return f"wrote {answer.writes}"
    allowed = {expected}
    if method not in row.methods:
        allowed = {"405"} if expected == "ok" else {expected, "405"}
        allowed |= {"ok", "login"} if row.name.startswith(LOOKS_AT_METHOD_LAST) else set()
    elif expected == "ok":
        allowed |= {"join"} if row.name in LEADS_TO_JOIN else set()
        allowed |= {"login"} if row.name in LEADS_TO_SIGN_IN else set()
        allowed |= {"404"} if row.name in UNKNOWN_LINKS else set()
    return "" if answer.outcome in allowed else f"{answer.outcome} instead of {min(allowed)}"


def test_every_page_has_a_row():
    assert sorted(set(names_of_resolver()) - set(ROWS)) == []


def test_every_row_has_a_page():
    assert sorted(set(ROWS) - set(names_of_resolver())) == []


def test_no_two_pages_share_a_name():
    assert [name for name, n in Counter(names_of_resolver()).items() if n > 1] == []


def test_table_uses_its_own_words():
    used = {o for row in ROWS.values() for by in row.outcomes.values() for o in by.values()}
    methods = {m for row in ROWS.values() for m in row.methods}

    assert used <= OUTCOMES
    assert methods <= set(METHODS)
    assert [row.name for row in ROWS.values() if not row.rule or not row.outcomes] == []


def test_table_is_large_enough():
    assert sum(len(cells(row)) for row in ROWS.values()) >= SMALLEST_NUMBER_OF_CELLS


@pytest.mark.parametrize("name", ROWS)
def test_page_opens_to_those_of_the_table_and_to_nobody_else(name: str, world: World):
    row = ROWS[name]
    wrong = []
    paths = {relation: address_of(row, relation, world) for relation in row.outcomes}
    for relation, role, method in cells(row, methods_asked(row)):
        path = paths[relation]
        answer = ask(world.clients[role], method, path)
        problem = judge(row, method, row.expected(relation, role, method), answer)
        if problem:
            wrong.append(f"{relation} {role} {method} {path}: {problem}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)

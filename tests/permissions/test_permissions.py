"""Every page, asked by ten people, with seven methods, about things that are theirs and not.

The headers of what they read are judged in the same answers.
"""

from collections import Counter
from contextlib import nullcontext

import pytest

from tests.permissions.asking import Answer, address_of, ask, undrawn
from tests.permissions.headers import wrong_headers
from tests.permissions.table import (
    ACTS,
    METHODS,
    OUTCOMES,
    ROLES,
    ROWS,
    Row,
    names_of_resolver,
)
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

READING = {"GET", "HEAD", "OPTIONS"}
# Page -> why its POST leads to the page where codes are typed, also for those who may use it.
LEADS_TO_JOIN = {"cafe:language": "comes back to where the phone was", "cafe:leave": "has left"}
LEADS_TO_SIGN_IN = {
    "account_confirm_login_code": "without a code in the mail there is nothing to confirm",
    "mfa_authenticate": "without a password before there is no second step",
    "mfa_login_webauthn": "without a passkey there is nobody to let in",
}
UNKNOWN_LINKS = {"account_confirm_email": "the made-up key is unknown, once it is sent"}
# allauth leads people away, or asks for a sign-in, before it looks at the method.
LOOKS_AT_METHOD_LAST = ("account_", "mfa_")
# Page -> why reading it may write.
MAY_WRITE = {
    "account_email": "allauth notes the address of an account made elsewhere at first sight",
}
# Nobody, somebody, and the one who may everything.
THREE = {"visitor", "member", "administrator"}
REFUSED = {"403", "404"}
SMALLEST_NUMBER_OF_CELLS = 20_000


def cells(row: Row):
    return [
        (relation, role, method)
        for n, relation in enumerate(row.outcomes)
        for role in ROLES
        for method in METHODS
        if is_asked(row, role, method, is_first=n == 0)
    ]


def is_asked(row: Row, role: str, method: str, *, is_first: bool) -> bool:
    """Everybody asks with every method of a page, and three of them with the rest about one thing.

    A method that a page does not know is refused for what it is, not for who asks about what;
    HEAD is answered by what answers GET, and three notice where it is not. A form is only sent.
    """
    is_for_all = method in row.methods and (method != "HEAD" or "GET" not in row.methods)
    return is_for_all or (is_first and role in THREE and not row.form)


def is_drawn(role: str, method: str, expected: str) -> bool:
    """Say whether an answer is drawn and not only decided.

    A refusal looks the same to all: three see it drawn. What HEAD draws is thrown away.
    """
    return method != "HEAD" and (role in THREE or expected not in REFUSED)


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
    rows = [*ROWS.values(), *ACTS.values()]
    used = {o for row in rows for by in row.outcomes.values() for o in by.values()}
    methods = {m for row in rows for m in row.methods}

    assert used <= OUTCOMES
    assert methods <= set(METHODS)
    assert [row.name for row in rows if not row.rule or not row.outcomes] == []


def test_table_is_large_enough():
    assert sum(len(cells(row)) for row in ROWS.values()) >= SMALLEST_NUMBER_OF_CELLS


def test_every_form_is_sent_to_a_page_that_takes_one():
    without = [key for key, row in ACTS.items() if "POST" not in ROWS[row.name].methods]

    assert without == []
    assert [key for key, row in ACTS.items() if not row.form or row.methods != ("POST",)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ROWS, *ACTS])
def test_page_opens_to_those_of_the_table_and_to_nobody_else(name: str, world: World):
    row = ROWS.get(name) or ACTS[name]
    reading = "GET" if "GET" in row.methods else "POST"
    wrong: list[str] = []
    paths = {relation: address_of(row, relation, world) for relation in row.outcomes}
    for relation, role, method in cells(row):
        path, expected = paths[relation], row.expected(relation, role, method)
        with nullcontext() if is_drawn(role, method, expected) else undrawn():
            answer = ask(world.clients[role], method, path, form=row.form)
        problems = [
            judge(row, method, expected, answer),
            wrong_headers(row.name, relation, role, answer) if method == reading else "",
        ]
        wrong += [f"{relation} {role} {method} {path}: {text}" for text in problems if text]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)

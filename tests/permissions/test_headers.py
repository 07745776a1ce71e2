"""No page takes a form of another site, and cookies stay out of reach.

The headers of every page are judged where every page is asked: tests/permissions/test_permissions.
"""

import pytest

from alpclusters.www.cafe.devices import is_own
from tests.permissions.asking import address_of, ask
from tests.permissions.table import ROWS
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

READERS = ("visitor", "participant", "administrator")


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "POST" in row.methods])
def test_page_takes_nothing_from_a_form_of_another_site(name: str, world: World):
    row = ROWS[name]
    client = world.clients["administrator"]
    client.handler.enforce_csrf_checks = True

    try:
        address = address_of(row, next(iter(row.outcomes)), world)
        answer = ask(client, "POST", address, site="cross-site")
    finally:
        client.handler.enforce_csrf_checks = False

    assert answer.status == 403
    assert answer.writes == ()


@pytest.mark.parametrize(
    ("site", "is_taken"),
    [("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False)],
)
def test_form_without_a_token_comes_from_this_very_origin(rf, site, is_taken):
    post = rf.post("/cafe/", headers={"Sec-Fetch-Site": site})

    assert is_own(post) is is_taken


@pytest.mark.parametrize(
    ("origin", "is_taken"),
    [
        ("http://testserver", True),
        (None, True),
        ("http://evil.example", False),
        ("http://testserver.evil.example", False),
        ("null", False),
    ],
)
def test_browser_that_does_not_say_the_site_is_known_by_its_origin(rf, origin, is_taken):
    post = rf.post("/cafe/", headers={"Origin": origin} if origin else {})

    assert is_own(post) is is_taken


@pytest.mark.slow
@pytest.mark.parametrize("role", READERS)
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(role: str, world: World):
    for name in ("public:home", "account_login", "cafe:join"):
        answer = ask(world.clients[role], "GET", address_of(ROWS[name], "any", world))
        for cookie in answer.response.cookies.values():
            assert cookie["samesite"] == "Lax"
            assert cookie["httponly"] or cookie.key == "language"

"""Looking for the best few in browsers: phones are asked what decides, the host sees the end."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.hall import Hall
from tests.e2e.handsets import Handset
from tests.e2e.serving import Server, free_port
from tests.e2e.test_host import run
from tests.homes import PLAIN, copy_home

pytestmark = pytest.mark.e2e

# Six close to one another, so that twelve people cannot tell the best three; six far below.
HALL = """
import django; django.setup()
import json
from django.utils import timezone
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.sessions import SessionStore
from alpclusters.platform.cafe.models import AlpCafe
from tests.factories.accounts import make_user_with
from tests.factories.cafe import make_open_cafe
cafe = make_open_cafe(measures=[f"type-{n:02d}" for n in range(12)], criteria=["effectiveness"])
AlpCafe.objects.filter(pk=cafe.pk).update(best_k=3, opened_at=timezone.now())
user = make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
names = {m.pk: m.name.inside("en") for m in cafe.measures.order_by("key")}
print(json.dumps([cafe.pk, cafe.code, list(names.values()), session.session_key]))
"""
PEOPLE = """
import django; django.setup()
import random
from django.utils import timezone
from alpclusters.platform.cafe.models import AlpCafe, Rating
from tests.factories.cafe import join_cafe
cafe = AlpCafe.objects.get(pk={pk})
measures, [criterion] = list(cafe.measures.order_by("key")), cafe.criteria.all()
truth, chance = [4.3, 4.0, 3.9, 3.7, 3.5, 3.3, *[1.6] * 6], random.Random({seed})
rows = []
for person in range({n}):
    who, own = join_cafe(cafe).participant, chance.gauss(0, 0.3)
    for place in chance.sample(range(12), 8):
        value = round(min(5, max(1, truth[place] + own + chance.gauss(0, 0.7))))
        rows.append(Rating(
            cafe=cafe, participant=who, measure=measures[place], criterion=criterion, value=value,
            key=f"by-chance-{seed}-{{person}}-{{place}}", received_at=timezone.now()))
Rating.objects.bulk_create(rows)
"""


@pytest.fixture
def server(tmp_path):
    """A server of its own: its AlpCafé asks otherwise than that of other tests."""
    home = copy_home("plain", tmp_path / "home")
    running = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


def room_of(server, number: int, code: str) -> Hall:
    """Return what a handset needs to know of a hall."""
    room = Hall.__new__(Hall)
    room.home, room.port, room.url = server.home, server.port, server.address
    room.number, room.code, room.running = number, code, []
    return room


def test_phones_are_asked_what_decides_and_the_host_sees_when_it_is_enough(server, browser):
    number, code, names, session = json.loads(run(server, HALL).splitlines()[-1])
    run(server, PEOPLE.format(pk=number, n=12, seed=4))
    desk = browser.new_context(viewport={"width": 1280, "height": 1800}, locale="en-GB")
    desk.add_cookies([{"name": "session", "value": session, "url": server.address}])
    page = desk.new_page()
    page.goto(f"{server.address}/en/workspace/cafes/{number}/live/")
    expect(page.locator("#best")).to_have_text("The best 3 measures need more answers.")

    context = browser.new_context(viewport={"width": 390, "height": 2400}, locale="en-GB")
    watch = Watch(context, server.address)
    phone = Handset(context.new_page(), room_of(server, number, code))

    answers = []
    phone.page.on("response", lambda one: answers.append(one))  # noqa: PLW0108 - Playwright marks it
    phone.join()
    shown = []
    for _ in range(8):
        phone.wait_for("fieldset[data-criterion]")
        shown.append(phone.page.locator("h1").inner_text())
        phone.choose(0, "3")
        phone.go_on()
        phone.page.wait_for_function(
            "old => document.querySelector('h1')?.innerText !== old", arg=shown[-1]
        )

    assert len(set(shown)) == 8
    assert {name for name in names[2:4] if any(name in one for one in shown)} == set(names[2:4])
    told = [one for one in answers if one.request.method == "POST" and "/further/" in one.url]
    assert any(one.json()["order"] for one in told)
    watch.assert_clean()

    run(server, PEOPLE.format(pk=number, n=80, seed=2))

    def is_enough() -> bool:
        page.reload()
        return "Enough answers for the best 3 measures." in page.locator("#best").inner_text()

    for _ in range(30):
        if is_enough():
            break
        page.wait_for_timeout(1000)
    expect(page.locator("#best")).to_have_text(re.compile("^Enough answers.*Nothing closes"))
    context.close()
    desk.close()

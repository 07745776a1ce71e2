"""A day of meetings with three organisations: wishes, plan, a move refused, sent, taken along."""

import io
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Watch
from tests.e2e.visiting import page_in_every_language, report, visit
from tests.www.network.meetings.calendar_file import moment, read_events

pytestmark = [pytest.mark.e2e]
NAMES = ("Fairwood Carinzia", "Fairwood Trento", "Fairwood Podravje")
TITLE = "Fair of wood"

# What an operator and coordinators did before: a project, and profiles with their keepers.
PREPARE = f"""
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.sessions import SessionStore
from django.utils import timezone
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.partnership.models import Project

Project.objects.create(slug="fairwood", acronym="FAIRWOOD", name="Fair of wood")
for number, name in enumerate({NAMES!r}):
    body = Organisation.objects.create(
        name=name, country="AT", is_listed=True, type="cluster_organisation"
    )
    cluster = ClusterOrganisation.objects.create(
        organisation=body, slug=f"fairwood-{{number}}", languages=["en", "de"], sectors=["16"]
    )
    user = User.objects.create_user(f"fair{{number}}@example.org", None, name=f"F{{number}}",
                                    language="en")
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(settings.SESSION_COOKIE_NAME, session.session_key, body.pk)
"""


@pytest.fixture
def managers(server, browser):
    """A page for each of the three, signed in."""
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    contexts = [browser.new_context(locale="en-GB") for _ in lines]
    watches = [Watch(context, server.address) for context in contexts]
    for context, (cookie, key, _pk) in zip(contexts, lines, strict=True):
        context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
    yield [context.new_page() for context in contexts], [int(line[2]) for line in lines]
    for watch, context in zip(watches, contexts, strict=True):
        watch.assert_clean()
        context.close()


@pytest.fixture
def planner(browser, server, administrator):
    context: BrowserContext = browser.new_context(storage_state=administrator, locale="en-GB")
    watch = Watch(context, server.address)
    yield context.new_page()
    # A move that is refused answers 422, which the browser writes down.
    watch.errors = [one for one in watch.errors if "422" not in one]
    watch.assert_clean()
    context.close()


def prepare(page: Page, address: str) -> str:
    """Prepare a day of three meetings at one table; return its address."""
    page.goto(f"{address}/en/workspace/meetings/new/")
    page.select_option("#id_project", label="FAIRWOOD")
    page.fill("#id_title", TITLE)
    ahead = timezone.localdate() + timedelta(days=90)
    page.fill("#id_held_on", ahead.isoformat())
    page.fill("#id_begins", "09:00")
    page.fill("#id_n_slots", "4")
    page.fill("#id_breaks", "2")
    page.fill("#id_n_tables", "1")
    page.fill("#id_place", "Trento, Sala A")
    page.click("#day-form button[type=submit]")
    for name in NAMES:
        page.fill("#q", name)
        page.click("main form[role=search] button")
        page.get_by_role("button", name=re.compile(f"Invite.*{name}")).click()
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Open the day and send invitations").click()
    expect(page.locator("main")).to_contain_text("Mails sent: 3")
    return page.url


def answer(page: Page, day: str, own: int, others: list[str]) -> None:
    """Say that an organisation comes, and whom it wants to meet."""
    page.goto(f"{day}attend/{own}/")
    page.get_by_label("What you look for").fill("Mould makers")
    page.get_by_label("My name may stand on the plan").check()
    page.get_by_role("button", name="We come", exact=True).click()
    for other in others:
        page.get_by_role(
            "button", name=re.compile(f"(Ask for a meeting|Yes, meet).*{other}")
        ).click()
        expect(page.locator("main")).to_contain_text(other)


def test_three_organisations_meet(managers, planner, server, tmp_path):
    pages, bodies = managers
    day = prepare(planner, server.address)

    # The first one comes alone; the others find it, and each other.
    answer(pages[0], day, bodies[0], [])
    answer(pages[1], day, bodies[1], [NAMES[0]])
    answer(pages[2], day, bodies[2], [NAMES[0], NAMES[1]])
    for number, others in ((0, NAMES[1:]), (1, NAMES[2:])):
        page = pages[number]
        page.goto(f"{day}wishes/{bodies[number]}/")
        for other in others:
            page.get_by_role("button", name=re.compile(f"Yes, meet.*{other}")).click()
            expect(page.locator("main")).to_contain_text(f"You and {other} both want to meet.")

    planner.goto(f"{day}plan/")
    planner.get_by_role("button", name="Plan the meetings").click()
    expect(planner.locator("main")).to_contain_text("Every pair that both want meets.")
    expect(planner.locator("main")).to_contain_text("no plan reaches more")

    # Each time somebody else is free: whoever moves meets a table that is taken.
    planner.locator(".meetplan td a").first.click()
    before = planner.locator("#id_slot").input_value()
    other = planner.locator(f"#id_slot option:not([value='{before}'])").first
    planner.select_option("#id_slot", value=other.get_attribute("value"))
    planner.get_by_role("button", name="Move and fix").click()
    expect(planner.locator("main")).to_contain_text("would have two meetings at")
    expect(planner.locator("main")).to_contain_text("Table 1 is taken at")
    planner.get_by_label("Let a meeting that is there take the old place").check()
    planner.get_by_role("button", name="Move and fix").click()
    expect(planner.locator("main")).to_contain_text("Moved, and fixed there.")

    planner.get_by_role("button", name="Send the plan").click()
    expect(planner.locator("main")).to_contain_text("The plan is sent: 3 mails.")
    examine_own_day(pages[0], day)
    examine_files(planner, day)
    state = planner.context.storage_state()
    chief = visit(planner.context.browser, server, state)
    path = f"/en{day.split('/en')[1]}plan/"
    report(page_in_every_language(chief, path, "meeting plan", tmp_path))


def examine_own_day(page: Page, day: str) -> None:
    page.goto(day)
    rows = page.locator("main table tbody tr")
    expect(rows).to_have_count(2)
    with page.expect_download() as calendar:
        page.get_by_role("link", name="Into my calendar").click()
    events = read_events(calendar.value.path().read_bytes())
    assert {event["SUMMARY"] for event in events} == {f"Meeting: {name}" for name in NAMES[1:]}
    begins = sorted(moment(event["DTSTART"]) for event in events)
    # Nine o'clock in Vienna in winter is eight in UTC.
    assert all((one.hour, one.day, one.month) >= (8, 1, 3) for one in begins)
    assert all(event["LOCATION"] == "Table 1, Trento, Sala A" for event in events)
    assert {event["DESCRIPTION"].split("\n")[0] for event in events} == {"F1", "F2"}
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Print (PDF)").click()
    text = PdfReader(io.BytesIO(sheet.value.path().read_bytes())).pages[0].extract_text()
    assert NAMES[1] in text
    assert "Mould makers" in text


def examine_files(page: Page, day: str) -> None:
    for language in ("de", "sl"):
        answered = page.context.request.get(f"{day}files/sheets.pdf?language={language}")
        reader = PdfReader(io.BytesIO(answered.body()))
        assert reader.trailer["/Root"]["/Lang"].startswith(language)
        assert len(reader.pages) == len(NAMES)

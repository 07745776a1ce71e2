"""A reader proposes a change, a coordinator accepts it, the public page shows it."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.e2e]

# An offer, a reader, and a coordinator of a project.
PREPARE = """
import datetime as dt
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.sessions import SessionStore
from django.utils import timezone
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.platform.funding.domain.entries import create_entry
from alpclusters.platform.funding.models import Offer, Programme
from alpclusters.platform.partnership.models import Project

now = timezone.now()
programme = create_entry(
    Programme, {"name_de": "Kette", "level": "regional"}, key="e2e-kept", source="", by=None,
    now=now,
)
terms = {
    "origin": "regional", "grants_from": "AT", "rates": [{"bp": 5000}], "cap_ct": 1000000,
    "eligibility": {"eq": ["partner.kind", "cluster"]},
}
create_entry(
    Offer, {"title_de": "Holzkette", "terms": terms, "checked_on": "2020-01-01"},
    key="e2e-kept", programme=programme, source="", by=None, now=now,
)
project = Project.objects.create(slug="e2e-kept", acronym="Kept", kind=Project.Kind.DEMONSTRATION)
reader = User.objects.create_user("reader-kept@example.org", None, language="de")
keeper = User.objects.create_user("keeper-kept@example.org", None, language="de")
RoleAssignment.objects.create(user=keeper, role=Role.PARTNER_COORDINATOR, project=project)
for user in (reader, keeper):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(settings.SESSION_COOKIE_NAME, session.session_key)
"""


def run(server, program):
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


@pytest.fixture
def people(server, browser):
    """Two pages: of a reader and of a coordinator, in German on a laptop."""
    pages, contexts, watches = [], [], []
    for cookie, key in run(server, PREPARE):
        context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
        watches.append(Watch(context, server.address))
        context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
        contexts.append(context)
        pages.append(context.new_page())
    yield pages
    for watch in watches:
        watch.assert_clean()
    for context in contexts:
        context.close()


def test_a_proposal_of_a_reader_comes_to_the_public_page(server, people):
    reader, keeper = people
    reader.goto(f"{server.address}/de/funding/offers/e2e-kept/")
    reader.get_by_role("link", name="Änderung vorschlagen").click()
    reader.get_by_label("Höchster Zuschuss in Euro").fill("25000")
    reader.get_by_label("Beleg", exact=True).fill("Richtlinie 2026")
    reader.get_by_role("button", name="Vorschlag senden").click()
    expect(reader.locator("main")).to_contain_text("Wartet auf eine Entscheidung")

    keeper.goto(f"{server.address}/de/workspace/funding/entries/")
    keeper.get_by_role("link", name="Holzkette").first.click()
    expect(keeper.locator("main")).to_contain_text("25.000")
    keeper.set_viewport_size({"width": 320, "height": 700})
    assert keeper.evaluate("document.documentElement.scrollWidth") <= 320
    keeper.set_viewport_size({"width": 1280, "height": 900})
    keeper.get_by_label("Ich habe heute den ganzen Eintrag").check()
    keeper.get_by_role("button", name="Annehmen").click()
    expect(keeper.locator("main")).to_contain_text("Angenommen am")

    reader.goto(f"{server.address}/de/funding/offers/e2e-kept/")
    expect(reader.locator("main")).to_contain_text("25.000")
    expect(reader.locator("main")).to_contain_text(f"{dt.datetime.now(tz=dt.UTC).year}")
    expect(reader.locator("main")).not_to_contain_text("1. Januar 2020")
    reader.get_by_role("link", name="Verlauf").click()
    expect(reader.locator("main")).to_contain_text("Richtlinie 2026")

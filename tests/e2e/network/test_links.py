"""One side enters a link, the other confirms it; a year later a mail asks, and both pages know."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.e2e]
OWN, OTHER = "Holzverbund Beispieltal (simuliert)", "Gozdni grozd Primer (simulirano)"

# What coordinators did before: two profiles, each with its keeper.
PREPARE = f"""
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.sessions import SessionStore
from django.utils import timezone
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation

def side(name, country, language):
    body = Organisation.objects.create(
        name=name, country=country, is_listed=True, is_simulated=True, type="cluster_organisation"
    )
    cluster = ClusterOrganisation.objects.create(organisation=body, slug=f"e2e-link-{{language}}")
    user = User.objects.create_user(f"link-{{language}}@example.org", None, language=language)
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(settings.SESSION_COOKIE_NAME, session.session_key)

side({OWN!r}, "AT", "de")
side({OTHER!r}, "SI", "sl")
"""
# What `alpclusters remind` does, a year and some days later; it prints the address of the mail.
ASK = f"""
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.links.reports import (
    due_questions, link_token, note_asked,
)

now = timezone.now()
later = now + timedelta(days=370)
due = next(one for one in due_questions(later) if one.user.email == "link-sl@example.org")
assert [str(one.other) for one in due.links] == [{OWN!r}]
note_asked(due, now=now)
print(link_token(due.user, now=now))
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
def sides(server, browser):
    """A page for each of the two, signed in, and one of somebody who is not."""
    signed = run(server, PREPARE)
    contexts = [browser.new_context(locale=code) for code in ("de-DE", "sl-SI", "sl-SI")]
    watches = [Watch(context, server.address) for context in contexts]
    for context, (cookie, key) in zip(contexts, signed, strict=False):
        context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
    yield [context.new_page() for context in contexts]
    for watch in watches:
        watch.assert_clean()
    for context in contexts:
        context.close()


def said(word, name):
    """The name of a link or button that is only heard in full."""
    return re.compile(f"{word} ?: {re.escape(name)}")


def test_link_is_entered_confirmed_and_asked_about(sides, server):
    own, other, reader = sides

    own.goto(f"{server.address}/de/workspace/links/")
    own.get_by_role("link", name="Neue Verbindung").first.click()
    own.get_by_role("searchbox").fill("Gozdni grozd")
    own.get_by_role("button", name="Suchen").click()
    own.get_by_role("link", name=said("Wählen", OTHER)).click()
    own.get_by_label("Art der Verbindung").select_option("agreement")
    own.get_by_label("Worum es geht").fill("Holz")
    own.get_by_label("Stand heute").select_option("active_self")
    own.get_by_role("button", name="Verbindung eintragen").click()
    own.wait_for_url("**/workspace/links/*/")
    address = own.url
    expect(own.locator("main")).to_contain_text("Die andere Seite hat sie noch nicht bestätigt")

    other.goto(f"{server.address}/sl/workspace/links/")
    expect(other.get_by_role("heading", name="1 povezava čaka na vas")).to_be_visible()
    other.get_by_role("button", name=said("Potrdi", OWN)).click()
    expect(other.locator("main")).to_contain_text("Potrjeno. Povezava odslej šteje.")

    [[token]] = run(server, ASK)
    reader.goto(f"{server.address}/sl/workspace/links/alive/{token}/")
    reader.get_by_role("group", name=OWN).get_by_label("končano").check()
    reader.get_by_role("button", name="Pošlji odgovore").click()
    expect(reader.locator("main")).to_contain_text("Zabeleženo za 1 povezavo.")

    own.goto(address)
    expect(own.locator("main")).to_contain_text("über den Link einer E-Mail")
    expect(own.locator("dl").first).to_contain_text("beendet")

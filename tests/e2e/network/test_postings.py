"""A need in Italian is sent back, mended and published; it is found, followed and answered in
Slovenian, and the digest comes in Slovenian.
"""

import email.parser
import email.policy
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]
OWN, OTHER = "Rete di prova Valsugana", "Preskusni grozd Pohorje"
TITLE = "Cerchiamo segherie per case in legno"
FIRST = "Cerchiamo segherie oltre confine. Contattateci presto, per favore."
MENDED = "Cerchiamo segherie oltre confine che forniscano legname per case di montagna."
REASON = "Per favore scrivete quale legname cercate."
MESSAGE = "Imamo žago in les iz Pohorja ter bi se radi pogovorili o skupnem projektu."

# What an operator and coordinators did before: two profiles, each with its keeper.
PREPARE = f"""
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.sessions import SessionStore
from django.utils import timezone
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.territory.models import Region

def side(name, region, language, **fields):
    place = Region.objects.filter(code=region).order_by("-last_vintage").first()
    body = Organisation.objects.create(
        name=name, region=place, country=region[:2], is_listed=True, type="cluster_organisation"
    )
    cluster = ClusterOrganisation.objects.create(
        organisation=body, slug=f"e2e-posting-{{language}}", **fields
    )
    user = User.objects.create_user(f"posting-{{language}}@example.org", None, language=language)
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(settings.SESSION_COOKIE_NAME, session.session_key)

side({OWN!r}, "ITH2", "it", languages=["it", "en"], sectors=["16"])
side({OTHER!r}, "SI03", "sl", languages=["sl", "en"], sectors=["16"])
"""
# What `alpclusters remind` does for needs and offers, eight days later; mails are printed.
REMIND = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from alpclusters.cli.remind_postings import remind_of_postings
from alpclusters.cli.speech import Speech

remind_of_postings(timezone.now() + timedelta(days=8), Speech("en"))
"""


def run(server: Server, code: str) -> str:
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def people(server, browser, administrator):
    """A page for the manager in Trento, the one in Maribor, and somebody who moderates."""
    cookies = [line.split() for line in run(server, PREPARE).splitlines()]
    contexts = [browser.new_context(locale=locale) for locale in ("it-IT", "sl-SI")]
    for context, (cookie, key) in zip(contexts, cookies, strict=True):
        context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
    contexts.append(browser.new_context(storage_state=administrator, locale="de-DE"))
    watches = [Watch(context, server.address) for context in contexts]
    yield [context.new_page() for context in contexts]
    for watch in watches:
        # A form that is sent back answers 422 on purpose.
        watch.errors = [error for error in watch.errors if "422" not in error]
        watch.assert_clean()
    for context in contexts:
        context.close()


def write(page: Page, server: Server) -> None:
    """Look at it as readers will, then hand it in."""
    page.goto(f"{server.address}/it/workspace/postings/new/")
    page.get_by_label("Titolo", exact=True).fill(TITLE)
    page.get_by_label("Testo", exact=True).fill(FIRST)
    page.get_by_label("Aperto fino al").fill((date.today() + timedelta(days=90)).isoformat())  # noqa: DTZ011 - the day of this machine, as the form has it
    page.get_by_role("button", name="Anteprima").click()
    expect(page.get_by_role("heading", level=2, name=TITLE)).to_be_visible()
    page.get_by_role("button", name="Presentare", exact=True).click()
    page.wait_for_url(re.compile(r"/it/workspace/postings/\d+/$"))


def open_in_queue(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/de/workspace/postings/moderation/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url(re.compile(r"/moderation/\d+/$"))


def test_a_need_in_italian_is_found_and_answered_in_slovenian(people, server, tmp_path):
    trento, maribor, desk = people
    maribor.goto(f"{server.address}/sl/workspace/postings/digest/")
    maribor.get_by_role("button", name="Naroči sporočila").click()
    expect(maribor.locator("main")).to_contain_text("vsak teden")

    write(trento, server)
    open_in_queue(desk, server)
    desk.locator("[name=reason]").fill(REASON)
    desk.get_by_role("button", name="Zurückgeben").click()
    desk.wait_for_url("**/postings/moderation/")

    trento.reload()
    expect(trento.locator("main")).to_contain_text(REASON)
    trento.get_by_role("link", name="Modifica").click()
    trento.get_by_label("Testo", exact=True).fill(MENDED)
    trento.get_by_role("button", name="Presentare", exact=True).click()
    open_in_queue(desk, server)
    examine(desk, server, "workspace:posting-moderate", tmp_path)
    desk.get_by_role("button", name="Veröffentlichen").click()
    desk.wait_for_url("**/postings/moderation/")

    find_in_slovenian(maribor, server)
    examine(maribor, server, "public:posting", tmp_path)
    maribor.get_by_role("button", name="Spremljaj").click()
    expect(maribor.get_by_role("button", name="Ne spremljaj več")).to_be_visible()
    maribor.get_by_role("link", name="Izrazi zanimanje").click()
    maribor.wait_for_url("**/introductions/ask/**")
    expect(maribor.locator("main")).to_contain_text(TITLE)
    maribor.get_by_label("Sporočilo", exact=True).fill(MESSAGE)
    maribor.locator("main form.ac-form button[type=submit]").click()
    maribor.wait_for_url(re.compile(r"/introductions/\d+/$"))

    trento.goto(f"{server.address}/it/workspace/postings/")
    row = trento.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("aperto")
    expect(row.get_by_role("cell").last).to_have_text("1")
    row.get_by_role("link", name=TITLE).click()
    expect(trento.get_by_role("link", name="Trovare partner")).to_be_visible()
    examine(trento, server, "workspace:posting", tmp_path)

    letter = mail_to(run(server, REMIND), "posting-sl@example.org")
    assert "od zadnjega sporočila je v mreži novo:" in letter
    assert f"[Potreba, Italiano] {TITLE}" in letter
    assert MENDED in letter
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter


def find_in_slovenian(page: Page, server: Server) -> None:
    """Look for wood in Slovenian, and open the need that is written in Italian."""
    page.goto(f"{server.address}/sl/network/postings/")
    page.get_by_label("Besede v vašem jeziku").fill("lesene meja")
    page.get_by_role("button", name="Išči").first.click()
    card = page.locator("article").filter(has_text=OWN)
    expect(card).to_contain_text("Italiano")
    card.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/network/postings/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "it")


def mail_to(printed: str, address: str) -> str:
    """Return the printed mail to somebody, its lines joined and decoded."""
    parts = printed.split("-" * 79)
    found = next(part for part in parts if f"To: {address}" in part)
    message = email.parser.Parser(policy=email.policy.default).parsestr(
        found[found.index("Content-Type") :]
    )
    heads = "\n".join(f"{name}: {value}" for name, value in message.items())
    return f"{heads}\n\n{message.get_content()}"


def examine(page: Page, server: Server, name: str, folder: Path) -> None:
    """Examine the page somebody stands on as all others are, in five languages."""
    person = visit(page.context.browser, server, page.context.storage_state())
    path = re.sub(r"^https?://[^/]+/[a-z]{2}/", "/en/", page.url)
    report(page_in_every_language(person, path, name, folder))
    person.context.close()

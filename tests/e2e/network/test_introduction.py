"""A manager in Trento finds a partner in Slovenian texts; both tell that it became a project."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]
NEED = "Cerchiamo una rete di falegnami e segherie per costruire insieme case in legno."
OTHER = "Grozd lesene gradnje Podravje"
OWN = "Rete legno Trentino"
MESSAGE = "We plan a joint training for timber builders and look for a partner in Slovenia."

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
from alpclusters.platform.network.domain.measuring.storing import measure_all
from alpclusters.platform.network.models import Link
from alpclusters.platform.territory.models import Region

def side(name, region, language, **fields):
    place = Region.objects.filter(code=region).order_by("-last_vintage").first()
    body = Organisation.objects.create(
        name=name, region=place, country=region[:2], is_listed=True, type="cluster_organisation"
    )
    slug = name.lower().replace(" ", "-")
    cluster = ClusterOrganisation.objects.create(organisation=body, slug=slug, **fields)
    user = User.objects.create_user(
        f"{{language}}@example.org", None, name=language.upper(), language=language
    )
    Claim.objects.create(
        cluster=cluster, user=user, state="approved", made_at=timezone.now()
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(settings.SESSION_COOKIE_NAME, session.session_key, body.pk)
    return body

own = side(
    {OWN!r}, "ITH2", "it",
    summary={{"it": "Imprese di costruzioni in legno, segherie e carpentieri."}},
    languages=["it", "en"], sectors=["16"], technologies=["timber"],
)
other = side(
    {OTHER!r}, "SI03", "sl",
    summary={{"sl": "Povezujemo podjetja za leseno gradnjo, žage in tesarje."}},
    languages=["sl", "en"], sectors=["16"], technologies=["timber"],
)

# The network around the two: both regions work with Tyrol, hardly with one another.
def circle(code, centre=None):
    place = Region.objects.filter(code=code).order_by("-last_vintage").first()
    others = [
        Organisation.objects.create(name=f"{{code}} {{n}}", region=place, country=code[:2])
        for n in range(6)
    ]
    return [*others, centre] if centre else others

def tie(one, two):
    first, second = sorted((one, two), key=lambda body: body.pk)
    return Link(first=first, second=second, standing="confirmed", entered_at=timezone.now())

trento, podravje = circle("ITH2", own), circle("SI03", other)
# Of three regions everything is as expected, whatever it is: two more.
ties = [
    tie(one, two)
    for code in ("AT33", "DE21")
    for two in circle(code)
    for one in (*trento[:5], *podravje[:5])
]
ties += [tie(trento[0], podravje[0]), tie(trento[1], podravje[1])]
Link.objects.bulk_create(ties)
measure_all()
"""


@pytest.fixture
def managers(server, browser):
    """A page for each of the two, signed in."""
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    contexts = [browser.new_context(locale=locale) for locale in ("it-IT", "sl-SI")]
    watches = [Watch(context, server.address) for context in contexts]
    lines = [line.split() for line in done.stdout.splitlines()]
    for context, (cookie, key, _pk) in zip(contexts, lines, strict=True):
        context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
    yield *(context.new_page() for context in contexts), int(lines[0][2])
    for watch in watches:
        watch.assert_clean()
    for context in contexts:
        context.close()


def search(page: Page, server: Server) -> None:
    """Describe the need in Italian, look in Slovenia."""
    page.goto(f"{server.address}/it/workspace/partners/")
    page.get_by_label("un fabbisogno in parole proprie").check()
    page.get_by_label("Che cosa cerca oppure offre").fill(NEED)
    page.get_by_text("Dove cercare").click()
    page.get_by_label("Slovenia", exact=True).check()
    page.get_by_role("button", name="Trovare partner").click()
    page.wait_for_url("**/partners/runs/*/")


def find_when_read(page: Page, server: Server) -> None:
    """Search until the worker has read the new texts."""
    for _ in range(60):
        search(page, server)
        if not page.get_by_text(re.compile("non ancora lett")).count():
            return
        page.wait_for_timeout(2000)
    pytest.fail("the texts were not read")


def affinity(page: Page, server: Server) -> dict:
    """Read ties and ratio of the two regions from the file of the public page."""
    path = "/it/network/export/matrix.json?basis=links&by=nuts2&simulated=0"
    rows = page.request.get(f"{server.address}{path}").json()["pairs"]
    (found,) = [row for row in rows if {row["first"], row["second"]} == {"ITH2", "SI03"}]
    return found


def tell_project(page: Page, name: str, store: str) -> None:
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name=store).click()


def test_from_a_need_in_trento_to_a_tie_with_slovenia(managers, server, tmp_path):
    trento, maribor, own = managers
    before = affinity(trento, server)
    find_when_read(trento, server)
    # Among real ones of the directory, such as the wood industry cluster of Slovenia.
    first = trento.locator(".partners > li:nth-child(-n+3)").filter(has_text=OTHER)
    expect(first).to_contain_text("Il testo (Slovenščina) è più vicino al Suo")
    examine(trento, server, "workspace:match-run", tmp_path)

    first.get_by_role("link", name="Chiedere una presentazione").click()
    expect(trento.locator("main")).to_contain_text("it@example.org")
    examine(trento, server, "workspace:introduction-ask", tmp_path)
    trento.get_by_label("Messaggio", exact=True).fill(MESSAGE)
    trento.get_by_role("button", name="Invia la richiesta").click()
    trento.wait_for_url(re.compile(r"/introductions/\d+/$"))
    asked = _path(trento)

    maribor.goto(f"{server.address}/sl/workspace/introductions/")
    maribor.get_by_role("link", name=OWN).click()
    expect(maribor.locator("blockquote")).to_have_text(MESSAGE)
    assert "it@example.org" not in maribor.content()
    maribor.get_by_role("button", name="Sprejmi in izmenjaj naslova").click()
    expect(maribor.get_by_role("link", name="it@example.org")).to_be_visible()

    tell_project(maribor, "skupni projekt", "Shrani odgovor")
    maribor.get_by_role("button", name="Vpiši povezavo").click()
    trento.goto(f"{server.address}{asked}")
    expect(trento.get_by_role("link", name="sl@example.org")).to_be_visible()
    tell_project(trento, "progetto comune", "Salva la risposta")
    trento.get_by_role("button", name="Confermare il collegamento").click()
    expect(trento.locator("main")).to_contain_text("confermato da entrambe le parti")
    examine(trento, server, "workspace:introduction", tmp_path)

    for _ in range(60):
        answer = trento.goto(f"{server.address}/it/network/organisation/{own}/")
        if answer and answer.ok and OTHER in trento.content():
            break
        trento.wait_for_timeout(1000)
    expect(trento.locator("main")).to_contain_text(OTHER)
    after = affinity(trento, server)
    assert (before["ties"], after["ties"]) == (2, 3)
    assert before["ratio"] < after["ratio"] < 1
    pair = f"{server.address}/sl/network/pair/ITH2-SI03/?basis=links&by=nuts2"
    maribor.goto(pair)
    expect(maribor.locator("main")).to_contain_text(OTHER)


def _path(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def examine(page: Page, server: Server, name: str, folder: Path) -> None:
    """Examine the page somebody stands on as all others are, in five languages."""
    person = visit(page.context.browser, server, page.context.storage_state())
    path = re.sub(r"^/it/", "/en/", _path(page))
    report(page_in_every_language(person, path, name, folder))
    person.context.close()

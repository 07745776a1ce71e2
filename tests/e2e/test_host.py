"""The page of a table host in a browser: nothing typed is lost, and axe has nothing to say."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.auditing import examine

pytestmark = pytest.mark.e2e

PREPARE = """
import django; django.setup()
from django.utils import timezone
from alpclusters.platform.cafe.domain.host_links import host_pass
from alpclusters.platform.cafe.models import AlpCafe, Card, Guest, Question, Seat, Table
cafe = AlpCafe.objects.filter(state="open").order_by("pk").first()
table, _ = Table.objects.get_or_create(cafe=cafe, number=91, defaults={"languages": ["de"]})
if not table.cards.exists():
    AlpCafe.objects.filter(pk=cafe.pk).update(in_hall=True, phase="talk", round_index=1)
    guest = Guest.objects.create(cafe=cafe, number=91, languages=["sl"])
    Seat.objects.create(guest=guest, round_index=1, table=table, planned_table=table)
    texts = (("de", "Jedes Land hat andere Förderregeln, das bremst gemeinsame Projekte."),
             ("sl", "Vsaka država ima druga pravila financiranja, to zavira skupne projekte."))
    for language, text in texts:
        Card.objects.create(cafe=cafe, table=table, public_id="e2e-" + language, round_index=1,
                            text=text, language=language, received_at=timezone.now())
print(host_pass(table).text)
"""
PUSH = """
import django; django.setup()
from django.utils import timezone
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe
cafe = AlpCafe.objects.filter(state="open").order_by("pk").first()
said = {"id": "pushed", "text": "A card from somebody else", "language": "en"}
act(cafe, "add_card", said, seen=None, by=None, by_table=91, now=timezone.now())
"""


def run(server, code: str) -> str:
    """Run a few lines of ours in the data directory of the server."""
    environment = {
        **os.environ,
        "ALPCLUSTERS_HOME": str(server.home),
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
        "PYTHONPATH": "src:.",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def link(server) -> str:
    """The link of a table with a guest and two cards that say the same."""
    return run(server, PREPARE)


def open_table(context, server, link):
    page = context.new_page()
    page.goto(f"{server.address}/cafe/host/#{link}")
    page.wait_for_url(re.compile(r"/cafe/host/\d+/"))
    return page


def test_host_never_loses_what_is_typed(browser, server, link):
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    page = open_table(context, server, link)
    expect(page.locator("#connection")).to_have_text("connected")
    page.fill("#summary-text", "Not finished")
    page.fill("#card-text", "Half a")
    page.locator(".hostcards input[type=checkbox]").first.check()
    page.locator("#card-text").focus()

    run(server, PUSH)

    expect(page.locator(".cardtext", has_text="A card from somebody else")).to_be_visible()
    assert page.input_value("#card-text") == "Half a"
    assert page.evaluate("document.activeElement.id") == "card-text"
    assert page.locator(".hostcards input:checked").count() == 1
    page.reload()
    expect(page.locator("#card-text")).to_have_value("Half a")

    context.set_offline(True)
    page.fill("#card-text", "Half a sentence")
    page.click("#card-form button[type=submit]")
    expect(page.locator("#line")).to_contain_text("Not sent")
    context.set_offline(False)
    page.click("#card-form button[type=submit]")

    expect(page.locator(".hostcards .cardtext", has_text="Half a sentence")).to_be_visible()
    expect(page.locator("#card-text")).to_have_value("")
    page.reload()
    assert page.input_value("#card-text") == ""
    assert page.input_value("#summary-text") == "Not finished"
    context.close()


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_pages_of_the_host_are_accessible(browser, server, link, language):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": "language", "value": language, "url": server.address}])
    page = open_table(context, server, link)
    page.evaluate("document.querySelectorAll('details.more').forEach((one) => (one.open = true))")

    found = {}
    for name in ("", "proxy/"):
        if name:
            page.goto(page.url.partition("?")[0].partition("#")[0] + name)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found[f"{name}{width}"] = examine(page, language)

    assert found == {"320": [], "1280": [], "proxy/320": [], "proxy/1280": []}
    context.close()

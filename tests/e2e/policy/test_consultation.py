"""A comment sent on a phone in Slovenian, answered in German, read by its author."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.visiting import page_in_every_language, report, visit

pytestmark = [pytest.mark.e2e]
COMMENT = "Kdo plača potne stroške manjših grozdov?"
ANSWER = "Das Ministerium übernimmt sie im ersten Jahr."

# What policy makers did before: a consultation that is open, on a text of the demonstration.
PREPARE = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from alpclusters.platform.policy.domain.consulting.steps import freeze
from alpclusters.platform.policy.models import Consultation, Recommendation
one = Recommendation.objects.order_by("pk").first()
today = timezone.localdate()
held = Consultation.objects.create(
    project=one.project, state="open", opens_on=today, closes_on=today + timedelta(days=20),
    title={
        "en": "Travel costs", "de": "Reisekosten", "fr": "Frais de voyage",
        "it": "Spese di viaggio", "sl": "Potni stroški",
    },
    versions={str(one.pk): one.version}, texts={str(one.pk): freeze(one)},
)
held.recommendations.set([one])
print(held.pk)
"""


@pytest.fixture
def consultation(server) -> int:
    """An open consultation."""
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.fixture
def phone(browser: Browser, server: Server):
    """A phone in Slovenian that runs no scripts."""
    size = {"width": 320, "height": 700}
    context = browser.new_context(locale="sl-SI", viewport=size, java_script_enabled=False)
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


@pytest.fixture
def desk(browser: Browser, server: Server, administrator: dict):
    """A policy maker at a desk, in German."""
    context = browser.new_context(locale="de-DE", storage_state=administrator)
    watch = Watch(context, server.address)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def test_a_comment_is_answered_and_its_author_reads_it(
    phone: Page, desk: Page, server: Server, consultation: int, tmp_path
):
    public = f"{server.address}/sl/consultations/{consultation}/"
    phone.goto(public)
    paragraph = phone.locator("main .ac-card").filter(has_text="Komentiraj ta odstavek").nth(1)
    paragraph.locator("summary").click()
    paragraph.get_by_label("Vaš komentar").fill(COMMENT)
    paragraph.get_by_role("button", name="Pošlji komentar").click()
    phone.wait_for_url(re.compile(r"/sl/consultations/comment/[\w-]+/$"))
    private = phone.url
    expect(phone.locator("main")).to_contain_text(COMMENT)
    phone.goto(public)
    expect(phone.locator("main")).not_to_contain_text(COMMENT)

    desk.goto(f"{server.address}/de/workspace/consultations/{consultation}/")
    desk.get_by_role("button", name="Jetzt beenden").click()
    line = desk.locator("main li").filter(has_text=COMMENT)
    line.locator("summary").first.click()
    line.get_by_label("zum Teil angenommen").check()
    line.get_by_label("Antwort", exact=True).fill(ANSWER)
    line.get_by_role("button", name="Antwort speichern").click()
    desk.get_by_role("button", name="Alle sind beantwortet").click()
    desk.get_by_role("button", name="Antworten veröffentlichen").click()
    expect(desk.locator("main")).to_contain_text(ANSWER)

    phone.goto(private)
    expect(phone.locator("main")).to_contain_text(ANSWER)
    expect(phone.locator("main")).to_contain_text("deloma sprejeto")
    phone.goto(public)
    expect(phone.locator("main")).to_contain_text(ANSWER)

    person = visit(desk.context.browser, server, desk.context.storage_state())
    for name, path in {
        "public:consultation": f"/en/consultations/{consultation}/",
        "public:consultation-comment": re.sub(r"^.*?/sl/", "/en/", private),
        "workspace:consultation": f"/en/workspace/consultations/{consultation}/",
    }.items():
        report(page_in_every_language(person, path, name, tmp_path))
    person.context.close()

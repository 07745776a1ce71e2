"""The own place on the map of opinions: a phone computes what Python computes from the same."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server, free_port
from tests.e2e.test_host import run
from tests.homes import PLAIN, copy_home

pytestmark = pytest.mark.e2e

HALL = """
import django; django.setup()
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from tests.factories.cafe import NOW
from tests.factories.evaluation import make_snapshot
from tests.factories.judging import along_a_line
cafe = along_a_line(120)
release_snapshot(make_snapshot(cafe=cafe), now=NOW, by=None)
print(cafe.pk)
"""
LOSE = """async ([event, me]) => {
  const files = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { Pocket } = await import(files.find((name) => name.includes("cafe/pocket")));
  const pocket = new Pocket(event);
  pocket.set("me", me);
  pocket.loseMe();
}"""


@pytest.fixture
def hall(tmp_path):
    """A server of its own: what the factories make could stand in the one of all tests already."""
    home = copy_home("plain", tmp_path / "home")
    running = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


def along_the_axis(own, answers):
    """Return where answers lie, -1 to 1, by the formula of docs/methods/opinion-structure.md."""
    items = {name: own["items"][name] for name in answers}
    rest = {name: answers[name] - mean for name, (mean, *_) in items.items()}
    strictness = sum(rest.values()) / (len(rest) + own["strictness"])
    pull = sum(weight * (rest[name] - strictness) for name, (_, weight, *_) in items.items())
    return pull / (1 + sum(known for *_, known in items.values())) / own["reach"]


def test_phone_marks_its_own_place_after_the_seal_and_forgets_it_on_wish(hall, browser):
    event = int(run(hall, HALL))
    context = browser.new_context(viewport={"width": 390, "height": 900}, locale="en-GB")
    watch = Watch(context, hall.address)
    page = context.new_page()
    page.goto(f"{hall.address}/cafe/became/{event}/")
    expect(page.locator("#own-place")).to_contain_text("keeps no ratings")
    own = json.loads(page.locator("#own-map").text_content())
    rising = [name for name, (_, weight, *_) in own["items"].items() if weight > 0]
    first = {name: 4 if name in rising else 2 for name in list(own["items"])[:-2]}
    second = {rising[0]: 5, rising[1]: None}

    page.evaluate(LOSE, [event, {"answers": {"1": first, "2": second}}])
    page.reload()

    # Only rounds that the evaluation is about count; there was no second one.
    answers = first | {k: v for k, v in second.items() if v} if 2 in own["rounds"] else first
    place = along_the_axis(own, answers)
    mark = page.locator(".opmap .own")
    drawing = own["drawing"]
    drawn = float(mark.locator("circle").get_attribute("cx"))
    assert drawn == pytest.approx(drawing["x"] + drawing["dx"] * min(1.4, place), abs=0.01)
    expect(page.locator("#own-place")).to_contain_text(f"“{own['ends'][1]}” higher")
    expect(page.locator("#own-place")).to_contain_text("from 14 of the 16 ratings")
    mark.focus()
    assert mark.get_attribute("aria-label") in page.locator("#own-place").inner_text()

    page.click("#forget summary")
    page.click("#forget button")
    expect(page.locator("#forgotten")).to_have_text("Deleted from this phone.")
    expect(mark).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('answers'))") == []
    watch.assert_clean()
    context.close()

"""Criteria of seven steps and of yes and no: from the page that makes them to the report.

An organiser writes both, an AlpCafé uses them beside one of five steps, phones answer, the big
screen shows the results, and page and files of the evaluation say the same.
"""

import csv
import io
import json
import math
import re
import secrets
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import examine
from tests.e2e.handsets import SAVED, WAIT_MS, Handset
from tests.e2e.phones import Phone
from tests.e2e.serving import Server, free_port
from tests.e2e.test_hall_screens import go_to
from tests.e2e.test_host import run
from tests.e2e.test_trail import flat, text_of_docx, text_of_pdf
from tests.e2e.whole.afterwards import Afterwards
from tests.e2e.whole.place import Place
from tests.e2e.whole.preparing import print_sheet
from tests.e2e.whole.screens import Beamer, Cockpit
from tests.homes import PLAIN, copy_home

pytestmark = pytest.mark.e2e

DESK: Final = """
import django; django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.sessions import SessionStore
from tests.factories.accounts import make_user_with
from tests.factories.cafe import make_open_cafe
cafe = make_open_cafe()
user = make_user_with(Role.FACILITATOR, project=cafe.project)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
REACH: Final = {
    "en": ["this village", "this valley", "this district", "this province", "this country",
           "both sides of the border", "all of the Alps"],
    "de": ["dieses Dorf", "dieses Tal", "dieser Bezirk", "dieses Bundesland", "dieser Staat",
           "beide Seiten der Staatsgrenze", "der gesamte Alpenraum"],
    "fr": ["ce village", "cette vallée", "cet arrondissement", "cette province", "ce pays",
           "les deux côtés de la frontière", "toutes les Alpes"],
    "it": ["questo paese", "questa valle", "questo distretto", "questa provincia", "questo Stato",
           "entrambi i lati del confine", "tutte le Alpi"],
    "sl": ["ta vas", "ta dolina", "to okrožje", "ta pokrajina", "ta država",
           "obe strani meje", "vse Alpe"],
}  # fmt: skip
NAMES: Final = {"en": "Reach", "de": "Reichweite", "fr": "Portée", "it": "Portata", "sl": "Doseg"}
JOIN: Final = {"en": "Join in", "de": "Mitmachen", "fr": "Participer", "it": "Partecipare"}
JOIN_NAMES: Final = {**JOIN, "sl": "Sodelovanje"}
YES: Final = {"en": "Yes", "de": "Ja", "fr": "Oui", "it": "Sì", "sl": "Da"}
# Five steps, seven steps, yes or no; the same of every measure, whose order differs by phone.
BY_HAND: Final = {320: (5, 7, 1), 390: (3, 2, 0)}
ON_PAPER: Final = (4, 6, 1)
Z90: Final = 1.6448536269514722


def answers_of(number: int) -> tuple[tuple[int, int, int], ...]:
    """What one of the others says of the three measures."""
    return (
        (3 + number % 3, 5 + number % 3, int(number % 6 != 0)),
        (2 + number % 3, 3 + number % 3, number % 2),
        (1 + number % 3, 1 + number % 4, int(number % 4 == 0)),
    )


OTHERS: Final = tuple(answers_of(number) for number in range(22))


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A server of its own: other tests count the criteria."""
    home = copy_home("plain", tmp_path_factory.mktemp("scales") / "home")
    running = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk(server, browser) -> Iterator[Page]:
    """The page of a facilitator."""
    context = browser.new_context(viewport={"width": 1280, "height": 1800}, locale="en-GB")
    session = run(server, DESK).splitlines()[-1]
    context.add_cookies([{"name": "session", "value": session, "url": server.address}])
    yield context.new_page()
    context.close()


def write_criteria(page: Page, server: Server) -> None:
    """Write both criteria on the page."""
    address = f"{server.address}/en/workspace/cafes/criteria/"
    for kind, names in (("ordered", NAMES), ("yes_no", JOIN_NAMES)):
        page.goto(address)
        page.check(f"input[name=kind][value={kind}]")
        if kind == "ordered":
            page.fill("#id_high", "7")
        page.evaluate(
            "document.querySelectorAll('#criterion-form details').forEach(d => d.open = true)"
        )
        for language in LANGUAGE_CODES:
            page.fill(f"#id_name_{language}", names[language])
            page.fill(f"#id_question_{language}", f"{names[language]}?")
            if kind == "ordered":
                page.fill(f"#id_words_{language}", "\n".join(REACH[language]))
        page.click("#criterion-form button[type=submit]")
        expect(page.locator("#criteria tr", has_text=names["en"])).to_be_visible()


def create(page: Page, server: Server) -> Place:
    """Prepare an AlpCafé of three measures and three criteria, and open it."""
    page.goto(f"{server.address}/en/workspace/cafes/new/")
    page.select_option("#id_project", index=1)
    page.select_option("#id_region", index=1)
    page.fill("#id_held_on", timezone.localdate().isoformat())
    page.fill("#id_starts_at", "09:00")
    page.fill("#id_title_en", "Other scales")
    for name in ("has_presentation", "has_top_three", "has_second_rating"):
        page.uncheck(f"#id_{name}")
    boxes = page.locator("input[name=measures]")
    for number in range(3):
        boxes.nth(number).check()
    wanted = ("Effectiveness", NAMES["en"], JOIN_NAMES["en"])
    for label in page.locator("label:has(input[name=criteria])").all():
        label.locator("input").set_checked(label.inner_text().strip() in wanted)
    page.select_option("#id_cloud_x", label=NAMES["en"])
    page.select_option("#id_cloud_y", label=JOIN_NAMES["en"])
    page.click("#cafe-form button[type=submit]")
    assert page.locator(".err, .errorlist").all_inner_texts() == []
    page.wait_for_url(re.compile(r"/cafes/\d+/"))
    place = Place(server, int(re.search(r"/cafes/(\d+)/", page.url)[1]))
    page.goto(place.page())
    page.click("#open button")
    expect(page.locator("#state")).to_contain_text("open")
    shown = page.locator("section:has(#join-title)").inner_text()
    place.code = re.search(r"[0-9B-Z]{4} [0-9B-Z]{4}", shown)[0].replace(" ", "")
    return place


def join_by_hand(browser: Browser, place: Place, width: int, language: str) -> Handset:
    """Let somebody join with a narrow phone."""
    context = browser.new_context(viewport={"width": width, "height": 3000}, locale=language)
    phone = Handset(context.new_page(), place)
    phone.join()
    return phone


def rate_by_hand(phone: Handset, values: tuple[int, int, int]) -> None:
    """Answer every question of every measure."""
    for _measure in range(3):
        phone.wait_for("fieldset[data-criterion]")
        for question, value in enumerate(values):
            phone.choose(question, str(value))
        expect(phone.page.locator(SAVED)).to_have_count(3, timeout=WAIT_MS)
        phone.go_on()
    phone.wait_for("#overview")


def rate_without_a_browser(place: Place, answers: tuple[tuple[int, int, int], ...]) -> None:
    """Answer by plain HTTP, in the order of the sheet."""
    phone = Phone(place.url)
    phone.join(place.code)
    page = phone.read(f"/cafe/here/{place.number}/")
    data = json.loads(re.search(r'<script id="cafe-data"[^>]*>(.+?)</script>', page, re.DOTALL)[1])
    commands = [
        {"k": secrets.token_urlsafe(16), "t": "rate", "n": 1,
         "b": {"m": measure["id"], "c": criterion["id"], "r": 1, "v": value}}
        for measure, values in zip(data["measures"], answers, strict=True)
        for criterion, value in zip(data["criteria"], values, strict=True)
    ]  # fmt: skip
    found = phone.post(f"/live/{phone.event}/commands", {"commands": commands})
    assert {one["status"] for one in found["results"]} == {200}
    wrong = phone.send("rate", {**commands[1]["b"], "v": 8})
    assert wrong["status"] == 422, wrong
    wrong = phone.send("rate", {**commands[2]["b"], "v": 5})
    assert wrong["status"] == 422, wrong


def type_a_sheet(page: Page, place: Place) -> tuple[str, list[str]]:
    """Print a sheet and type its answers by key; return what is shown and what is wrong."""
    number = print_sheet(page, place)
    page.goto(place.page("paper/"))
    page.fill("#number", number)
    page.click("#sheet-form button")
    shown, wrong = page.locator("#paper").inner_text(), []
    fields = page.locator("select[name^=q]").all()
    assert len(fields) == 3 * len(ON_PAPER)
    for field, value in zip(fields, ON_PAPER * 3, strict=True):
        field.focus()
        page.keyboard.press(str(value))
        assert field.input_value() == str(value)
    fields[0].evaluate("one => { one.selectedOptions[0].value = '9' }")
    page.click("#paper button[type=submit]")
    expect(page.locator("#paper")).to_contain_text("9 is no step of this scale.")
    shown += page.locator("#paper").inner_text()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"paper {width}: {line}" for line in examine(page, "en")]
    page.locator("select[name^=q]").first.select_option(str(ON_PAPER[0]))
    page.click("#paper button[type=submit]")
    expect(page.locator("main")).to_contain_text("1 on paper")
    page.close()
    return shown, wrong


@pytest.fixture(scope="module")
def told(server, desk, browser, tmp_path_factory) -> dict[str, Any]:
    """The whole event; what was seen on the way."""
    seen: dict[str, Any] = {"wrong": []}
    write_criteria(desk, server)
    seen["criteria"] = desk.locator("#criteria").inner_text()
    place = create(desk, server)
    cockpit = Cockpit(desk, place)
    go_to(desk, "rating:0")
    cockpit.is_at("rating")
    phones = {
        width: join_by_hand(browser, place, width, language)
        for width, language in ((320, "de"), (390, "sl"))
    }
    for (width, phone), language in zip(phones.items(), ("de", "sl"), strict=True):
        phone.wait_for("fieldset[data-criterion]")
        phone.choose(1, "7")
        found = examine(phone.page, language)
        seen["wrong"] += [f"phone {width}: {line}" for line in found]
        seen[width] = flat(phone.page.locator("#sheet").inner_text())
        rate_by_hand(phone, BY_HAND[width])
    for answers in OTHERS:
        rate_without_a_browser(place, answers)
    seen["paper"], wrong = type_a_sheet(desk.context.new_page(), place)
    seen["wrong"] += wrong
    beamer = Beamer(browser, place, cockpit.links()[0])
    go_to(desk, "results:0")
    cockpit.is_at("results")
    for block in ("tiers", "cloud", "heat"):
        cockpit.release(block)
    seen["beamer"] = pages_of(beamer)
    seen["wrong"] += [f"screen: {line}" for line in examine(beamer.page, "de")]
    for width, language in ((320, "de"), (390, "sl")):
        page = phones[width].page
        phones[width].go_to_what_is_on()
        expect(page.locator("[data-blocks] > *")).to_have_count(3, timeout=WAIT_MS)
        seen[f"results {width}"] = flat(page.locator("[data-blocks]").inner_text())
        found = examine(page, language)
        seen["wrong"] += [f"results {width}: {line}" for line in found]
        page.context.close()
    beamer.context.close()
    cockpit.close()
    office = Afterwards(desk, place)
    office.evaluate()
    number = re.search(r"/snapshots/(\d+)/", office.snapshot)[1]
    address = f"{server.address}/de/evaluations/{number}/"
    desk.goto(address)
    seen["page"] = flat(desk.locator("main").inner_text())
    folder = tmp_path_factory.mktemp("files")
    for kind in ("csv", "json", "pdf", "docx"):
        answer = desk.request.get(f"{address}{kind}")
        assert answer.status == 200, kind
        (folder / f"evaluation.{kind}").write_bytes(answer.body())
    seen["folder"] = folder
    return seen


def pages_of(beamer: Beamer) -> list[str]:
    """Read every page of results on the big screen."""
    shown = beamer.page.locator(".result")
    expect(shown.nth(6)).to_be_attached(timeout=WAIT_MS)
    return [flat(one.text_content()) for one in shown.all()]


def answers_to(question: int, measure: int) -> list[int]:
    """What everybody said in the end."""
    by_hand = [values[question] for values in (*BY_HAND.values(), ON_PAPER)]
    return [*by_hand, *(answers[measure][question] for answers in OTHERS)]


@pytest.fixture(scope="module")
def rows(told) -> dict[str, list[dict[str, str]]]:
    """The rows of the file about all people, by criterion, in the order of the measures."""
    text = (told["folder"] / "evaluation.csv").read_text(encoding="utf-8-sig")
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if not row["split"]:
            found.setdefault(row["criterion"], []).append(row)
    return found


def test_phones_and_screens_are_whole_in_their_language(told):
    assert told["wrong"] == []


def test_the_page_lists_the_steps_of_what_was_written(told):
    for step, words in enumerate(REACH["en"], start=1):
        assert f"{step} {words}" in told["criteria"]
    assert "No · Yes" in told["criteria"]


@pytest.mark.parametrize(("width", "language"), [(320, "de"), (390, "sl")])
def test_a_phone_shows_every_step_with_its_words(told, width, language):
    for step, words in enumerate(REACH[language], start=1):
        assert f"{step} {words}" in told[width]
    assert YES[language] in told[width]
    assert f"1 {YES[language]}" not in told[width]


def test_a_sheet_is_typed_with_the_keys_of_each_scale(told):
    assert f"6 – {REACH['en'][5]}" in told["paper"]
    assert "1 – Yes" in told["paper"]
    assert "9 is no step of this scale." in told["paper"]


def test_the_big_screen_names_the_ends_of_each_scale(told):
    reach, join = told["beamer"][1:3]

    assert REACH["de"][0] in reach
    assert REACH["de"][-1] in reach
    assert "Nein" in join
    assert "Ja" in join


def test_the_mean_of_yes_and_no_is_a_share_on_phones_and_the_big_screen(told):
    for shown in (told["results 320"], " ".join(told["beamer"])):
        assert re.search(r"\d\s%\s?\(\d", shown)


def test_results_on_a_phone_say_in_words_what_one_answered(told):
    assert "Sie: Ja" in told["results 320"]
    assert "Vi: Ne" in told["results 390"]


@pytest.mark.parametrize(
    ("question", "key", "steps"), [(0, "effectiveness", 5), (1, "reach", 7), (2, "join_in", 2)]
)
def test_the_file_counts_every_step(rows, question, key, steps):
    first = 0 if steps == 2 else 1  # yes or no is 1 or 0
    for measure, row in enumerate(rows[key]):
        said = answers_to(question, measure)
        counted = [int(row[f"answer_{step}"]) for step in range(first, first + steps)]

        assert counted == [said.count(step) for step in range(first, first + steps)]
        assert float(row["mean"]) == pytest.approx(sum(said) / len(said), abs=1e-9)


def test_the_share_of_yes_has_the_interval_of_wilson(rows):
    for measure, row in enumerate(rows["join_in"]):
        said = answers_to(2, measure)
        share, n = sum(said) / len(said), len(said)
        middle = (share + Z90**2 / (2 * n)) / (1 + Z90**2 / n)
        half = math.sqrt(share * (1 - share) / n + Z90**2 / (4 * n * n)) * Z90 / (1 + Z90**2 / n)

        assert float(row["agree_share"]) == pytest.approx(share, abs=1e-9)
        assert float(row["agree_interval_low"]) == pytest.approx(middle - half, abs=1e-8)
        assert float(row["agree_interval_high"]) == pytest.approx(middle + half, abs=1e-8)


def test_the_data_hold_each_scale(told):
    found = json.loads((told["folder"] / "evaluation.json").read_text(encoding="utf-8"))
    scales = {one["key"]: one["scale"] for one in found["evaluation"]["criteria"]}

    assert scales["reach"]["kind"] == "ordered"
    assert [step["label"]["sl"] for step in scales["reach"]["steps"]] == REACH["sl"]
    assert scales["join_in"]["kind"] == "yes_no"


SHARE = "Ja oder Nein (ein Mittelwert ist der Anteil Ja)"


@pytest.mark.parametrize(("kind", "read"), [("docx", text_of_docx), ("pdf", text_of_pdf)])
def test_the_report_says_the_scale_of_each_criterion(told, kind, read):
    text = flat(read(told["folder"] / f"evaluation.{kind}"))

    assert f"Skalen der Kriterien, in ihrer Reihenfolge: 1 bis 5; 1 bis 7; {SHARE}." in text
    for name in (NAMES["de"], JOIN_NAMES["de"]):
        assert name in text


def test_the_page_says_the_scale_of_each_criterion(told):
    assert f"1 bis 5; 1 bis 7; {SHARE}." in told["page"]

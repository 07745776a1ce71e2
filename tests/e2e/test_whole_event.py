"""A whole AlpCafé in real browsers: eight phones, two hosts, a facilitator and a big screen.

The event is walked through once on a real server; the tests below look at what came out of it.
"""

import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.test_trail import flat, invite_facilitator, sign_in_by_mailed_code, text_of_docx
from tests.e2e.whole.afterwards import Afterwards
from tests.e2e.whole.cast import ANSWERS, CARDS, INSIGHT, SUMMARY
from tests.e2e.whole.ending import seal
from tests.e2e.whole.examining import Examiner
from tests.e2e.whole.hall import Hall
from tests.e2e.whole.phases import PHASES
from tests.e2e.whole.preparing import HOSTS, prepare

pytestmark = pytest.mark.e2e

FACILITATOR = "hall@example.org"


@pytest.fixture(scope="module")
def hall(server, browser, administrator) -> Hall:
    """The facilitator, invited by the administrator, has prepared and opened an AlpCafé."""
    office = browser.new_context(storage_state=administrator, locale="en-GB")
    invite_facilitator(office.new_page(), server, FACILITATOR)
    office.close()
    page = browser.new_context(locale="en-GB").new_page()
    sign_in_by_mailed_code(page, server, FACILITATOR)
    return Hall(browser, prepare(page, server), page, Examiner())


@pytest.fixture(scope="module")
def files(hall, tmp_path_factory) -> dict[str, Path]:
    """Everything that is taken home."""
    folder = tmp_path_factory.mktemp("taken")
    office = Afterwards(hall.cockpit.page, hall.place)
    return {
        "de": office.protocol("de", "pdf", folder),
        "sl": office.protocol("sl", "docx", folder),
        "data": office.open_data(folder),
    }


def test_whole_event(hall):
    for phase in PHASES:
        phase(hall)

    assert hall.examiner.wrong == []
    assert hall.diary.refused == []


def test_results_tell_how_many_came_in_which_way(hall):
    blocks = hall.seen["results"]["blocks"]

    # One on paper and one by proxy: neither number may be told, nor the one that gives it away.
    assert blocks["participation"]["sources"] == {"phone": None, "proxy": None, "paper": None}
    assert blocks["participation"]["n"] == 10
    assert {row.get("n", 10) for one in blocks["tiers"]["criteria"] for row in one["rows"]} == {10}
    assert [one["reasons"] for one in hall.seen["change"]["criteria"]] == [["few_again"]] * 2


def test_what_phones_were_told_is_what_the_database_holds(hall):
    """By key, before the seal takes the keys away."""
    stored = dict(hall.place.rows("SELECT key, source FROM cafe_rating WHERE cafe_id = {id}"))
    acknowledged = {one["k"] for one in hall.diary.of("rate")}

    assert acknowledged
    assert acknowledged == {key for key, source in stored.items() if source == "phone"} - forms(
        hall
    )
    top = {k for (k,) in hall.place.rows("SELECT key FROM cafe_topthree WHERE cafe_id = {id}")}
    assert {one["k"] for one in hall.diary.of("top3")} <= top
    cards = {k for (k,) in hall.place.rows("SELECT public_id FROM cafe_card WHERE cafe_id = {id}")}
    assert {one["b"]["id"] for one in hall.diary.of("card")} <= cards
    assert len(cards) == len(CARDS) + 2
    for kind, table in (("comment", "cafe_comment"), ("feedback", "cafe_feedback")):
        texts = hall.place.rows(f"SELECT text FROM {table} WHERE cafe_id = {{id}}")
        assert {one["b"]["text"] for one in hall.diary.of(kind)} == {text for (text,) in texts}


def forms(hall) -> set[str]:
    """Keys of the ratings that came by ordinary forms."""
    query = "SELECT r.key FROM cafe_rating r WHERE r.cafe_id = {id} AND r.participant_id = ({who})"
    last = "SELECT max(id) FROM cafe_participant WHERE cafe_id = {id} AND source = 'phone'"
    return {key for (key,) in hall.place.rows(query.replace("{who}", last))}


def test_evaluation_pairs_the_second_rating_with_the_first(hall, browser, administrator):
    office = Afterwards(hall.cockpit.page, hall.place)
    measure = office.link_insight()

    text = flat(office.evaluate())

    assert "Second rating against the first" in text
    assert "Fewer than ten people rated a second time" in text
    page = browser.new_context(storage_state=administrator, locale="en-GB").new_page()
    office.derive(measure, page)
    page.context.close()


def test_protocol_is_there_in_two_languages(files):
    german = flat("\n".join(page.extract_text() for page in PdfReader(files["de"]).pages))
    slovene = flat(text_of_docx(files["sl"]))

    assert INSIGHT in german
    assert INSIGHT in slovene
    assert SUMMARY[:30] in german
    assert "Zuletzt: wer bezahlt was." in german
    assert "Probe im Saal" in german
    assert "Vaja v dvorani" in slovene
    for host, _language in HOSTS.values():
        assert host in german


def test_open_data_hold_ratings_and_cards_and_no_name(files):
    with zipfile.ZipFile(BytesIO(files["data"].read_bytes())) as packed:
        assert packed.testzip() is None
        names = set(packed.namelist())
        texts = {name: packed.read(name).decode() for name in names}

    assert {"event.json", "cards.csv", "answers.csv", "LICENSE"} <= {Path(n).name for n in names}
    everything = "\n".join(texts.values())
    assert CARDS["maja"][:30] in everything
    assert "Guest A" not in everything


def test_phone_learns_what_became_of_its_card(hall):
    name = next(name for name, text in CARDS.items() if text in hall.seen["grouped"])
    page = hall.people[name].page
    page.click("[data-outcome] a")

    expect(page.locator("article.became").first).to_contain_text(CARDS[name][:30])
    expect(page.locator("main")).to_contain_text(INSIGHT)
    expect(page.locator(".step-finding").first).to_contain_text(re.compile(r"n\s=\s\d"))


def test_five_languages_are_clean_where_most_time_is_spent(hall):
    """Host, cockpit and big screen of the end; the rating of a phone is in the event."""
    examiner = Examiner()
    pages = {
        "cockpit": hall.cockpit.page,
        "host": hall.hosts[0].page,
        "beamer": hall.beamer.page,
    }
    place = hall.place
    for language in LANGUAGE_CODES:
        pages["cockpit"].goto(place.cockpit(language))
        hall.hosts[0].speak(language)
        pages["beamer"].goto(f"{place.url}/cafe/screen/{place.number}/?language={language}")
        examiner.look("end", {f"{name} {language}": page for name, page in pages.items()})

    assert examiner.wrong == []


def test_seal_is_final_and_forgets_whose_answers_are_whose(hall):
    before = values(hall)
    assert hall.place.key.exists()

    seal(hall)

    assert not hall.place.key.exists()
    assert values(hall) == before
    assert hall.place.one("SELECT count(key) FROM cafe_rating WHERE cafe_id = {id}") == 0
    assert hall.people["maja"].ask(f"/live/{hall.place.number}/me")[0] in {401, 410}
    assert hall.place.one("SELECT count(*) FROM cafe_participant WHERE cafe_id = {id}") == 10
    assert len(ANSWERS) == 8


def values(hall) -> Counter:
    """Count the answers without saying whose they are."""
    query = (
        "SELECT measure_id, criterion_id, round, value, cannot_judge, source FROM cafe_rating"
        " WHERE cafe_id = {id}"
    )
    return Counter(hall.place.rows(query))

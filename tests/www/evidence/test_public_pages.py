"""Initiatives, lessons, sources and the data package as visitors see them."""

import csv
import html
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.http import QueryDict
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.grading import regrade
from alpclusters.www.components.styles import CSS
from alpclusters.www.public.initiatives.search import (
    Facet,
    InitiativeQuery,
    Order,
    read_query,
    write_query,
)
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW, make_measure, make_region
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
    make_programme,
    make_quotation,
    make_suggestion,
)
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration]
needs_database = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = '<script>alert(1)</script>" onmouseover="x'
LINES = re.compile(r"\s+")


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def text_of(path: str, client: Client | None = None) -> str:
    body = page(path, client).partition("<main")[2].partition("</main>")[0]
    return LINES.sub(" ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def status(path: str, client: Client | None = None) -> int:
    return (client or Client()).get(path).status_code


def names_on(path: str) -> list[str]:
    return re.findall(r"<h2><a href=\"[^\"]+\"[^>]*>([^<]+)</a></h2>", page(path))


# --- addresses --------------------------------------------------------------------------------

values = st.frozensets(
    st.text(min_size=1, max_size=20).filter(lambda v: "\x00" not in v), max_size=3
)
searches = st.builds(
    InitiativeQuery,
    text=st.text(max_size=40).map(lambda t: " ".join(t.replace("\x00", "").split())),
    chosen=st.dictionaries(st.sampled_from(Facet), values.filter(bool), max_size=3),
    order=st.sampled_from(Order),
)


@given(searches)
def test_address_holds_all_of_a_search(search):
    assert read_query(QueryDict(write_query(search))) == search


@needs_database
@pytest.mark.parametrize(
    "query",
    ["?page=999999", "?page=x", "?sort=odd", "?country=", "?q=%00", "?q=%25_'\"", "?sector=xx",
     "?kind=odd&family=odd&outcome=odd&period=odd&certainty=odd&verdict=odd&type=odd",
     "?" + "&".join(["sector=28"] * 900)],
)  # fmt: skip
@pytest.mark.parametrize("path", ["initiatives/", "lessons/", "sources/", "initiatives/feed.xml"])
def test_odd_address_is_answered(path, query):
    make_lesson()
    make_document(initiatives=[make_initiative()])

    assert status(f"/en/{path}{query}") == 200


# --- initiatives ------------------------------------------------------------------------------


@pytest.fixture
def three(db):  # noqa: ARG001 - the database must be there
    """Three initiatives that every filter tells apart; the second one lasted."""
    alpine = make_programme("alpine", period="2007-2013")
    cosme = make_programme("cosme", name="COSME", period="2014-2020", family="competitiveness")
    first = make_initiative(
        "first", programme=alpine, countries="AT IT", sectors=["28.41"], start="2010-01-01"
    )
    second = make_initiative(
        "second", programme=cosme, countries="SI", sectors=["J"], title={"de": "Größe im Holzbau"},
        start="2016-01-01", kind="network",
    )  # fmt: skip
    third = make_initiative("third", countries="SI")
    make_activity(first, outcome_status="ended")
    make_activity(second, outcome_status="lasting")
    make_activity(third, outcome_status="unknown")
    return first, second, third


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["FIRST", "SECOND", "THIRD"]),
        ("?q=holzbau", ["SECOND"]),
        ("?q=cosme", ["SECOND"]),
        ("?family=interreg", ["FIRST"]),
        ("?period=2014-2020", ["SECOND"]),
        ("?country=SI", ["SECOND", "THIRD"]),
        ("?country=SI&country=AT", ["FIRST", "SECOND", "THIRD"]),
        ("?sector=C", ["FIRST"]),
        ("?kind=network", ["SECOND"]),
        ("?outcome=lasting", ["SECOND"]),
        ("?outcome=unknown", ["THIRD"]),
        ("?outcome=unknown&country=AT", []),
        ("?sort=newest", ["SECOND", "FIRST", "THIRD"]),
        ("?sort=oldest", ["FIRST", "SECOND", "THIRD"]),
    ],
)
def test_list_is_searched_filtered_and_sorted(query, found):
    assert names_on(f"/en/initiatives/{query}") == found


@needs_database
def test_word_is_found_in_other_languages_too():
    make_initiative("wood", title={"de": "Holz im Alpenraum"})
    make_initiative("other")

    assert names_on("/en/initiatives/?q=legno") == ["WOOD"]


@pytest.mark.usefixtures("three")
def test_counts_of_a_filter_are_those_under_all_others():
    found = page("/en/initiatives/?country=SI&outcome=lasting")
    counts = dict(
        re.findall(r'value="(\w+)"(?: checked)?><span>[^<]+</span><span class="c">(\d+)', found)
    )

    assert counts["lasting"] == "1"
    assert counts["unknown"] == "1"
    assert counts["ended"] == "0"
    assert counts["SI"] == "1"


@needs_database
def test_programme_line_is_said_not_to_be_evidence():
    make_initiative("line", kind="programme_line")

    assert "not counted as evidence" in text_of("/en/initiatives/")
    assert "never counted as evidence" in text_of("/en/initiatives/line/")


@needs_database
def test_hidden_initiative_is_found_by_people_with_a_role_only():
    hidden = make_initiative("hidden", is_published=False)
    coder = Client()
    coder.force_login(make_user_with(Role.EVIDENCE_CODER))

    assert "HIDDEN" not in page("/en/initiatives/")
    assert status("/en/initiatives/hidden/") == 404
    assert status("/en/initiatives/hidden/citation.bib") == 404
    assert hidden.acronym in text_of("/en/initiatives/hidden/", coder)


@needs_database
def test_dates_are_as_exact_as_they_are_known_and_money_keeps_its_currency():
    make_initiative(
        "dated", start="2013-07-01", start_precision="month", end="2014-01-01",
        end_precision="year", budget_cents=252_196_450, currency="CHF",
    )  # fmt: skip

    found = text_of("/en/initiatives/dated/")

    assert "July\xa02013" in found.replace("July 2013", "July\xa02013")
    assert "End of the funding 2014 Budget" in found
    assert re.search(r"Budget CHF.?2,521,964\.50", found)
    assert "1 July 2013" not in found


@needs_database
def test_page_shows_activities_with_outcome_codes_quotations_and_lessons():
    first = make_initiative("first", follows=make_initiative("before"))
    first.family = first.follows.family = first.follows.pk
    first.save()
    first.follows.save()
    report = make_document("report", initiatives=[first], language="de")
    activity = make_activity(
        first, name={"de": "Gutscheine"}, output_value=40, output_unit={"en": "vouchers"},
        outcome_status="lasting", outcome_months=18, payer_after=["members"], audience=["smes"],
        state="settled",
    )  # fmt: skip
    activity.regions.add(make_region("AT32"))
    make_activity(first, name="Not read", state="open")
    make_quotation(report, activity=activity, page=12, words="vierzig Gutscheine")
    make_bearing(activity, make_lesson("owner"), "contradicts")
    make_bearing(activity, make_lesson("draft", is_published=False))

    source, found = page("/en/initiatives/first/"), text_of("/en/initiatives/first/")

    assert 'id="activity-1"' in source
    assert '<h3 id="activity-1-name" lang="de">Gutscheine</h3>' in source
    assert 'href="/en/sources/report/#page-12"' in source
    assert "vierzig Gutscheine" in found
    assert "goes on" in found
    assert "last known to go on 18 months after the funding" in found
    assert "40 vouchers" in found
    assert "Region AT32" in found
    assert "coded twice, settled" in found
    assert "speaks against it" in found
    assert "Statement owner" in found
    assert "Statement draft" not in found
    assert "Not read" not in found
    assert "1 activity waits to be coded." in found
    assert "Continues BEFORE" in found
    assert "Counts as one with BEFORE" in found


@needs_database
def test_partners_lead_to_the_directory_only_where_they_are_listed():
    first = make_initiative("first")
    shown, hidden = make_organisation("Shown"), make_organisation("Hidden", is_listed=False)
    make_participation(
        first, "Shown Ltd", organisation=shown, role="lead", region=make_region("AT32")
    )
    make_participation(first, "Hidden Ltd", organisation=hidden, order=1)
    for number in range(15):
        make_participation(first, f"Body {number}", order=number + 2)

    source = page("/en/initiatives/first/")

    assert f'href="/en/directory/organisations/{shown.pk}/"' in source
    assert f"organisations/{hidden.pk}/" not in source
    assert "5 further bodies" in source
    assert "<svg" in source.partition("Where the partners are")[2]


@needs_database
def test_foreign_texts_stay_text():
    first = make_initiative(
        "evil", title=EVIL, aims=EVIL, source=f"{EVIL} https://a.example/<b>", licence=EVIL,
        keywords=[EVIL], call=EVIL,
    )  # fmt: skip
    activity = make_activity(first, name=EVIL, what=EVIL, measure_type="x", audience=[EVIL])
    lesson = make_lesson("evil", statement=EVIL, condition=EVIL, answer=EVIL)
    make_bearing(activity, lesson)
    report = make_document("evil", title=EVIL, authors=EVIL, initiatives=[first])
    make_quotation(report, activity=activity, words=EVIL)

    for path in ("initiatives/evil/", "lessons/evil/", "sources/evil/", "initiatives/", "lessons/"):
        assert "<script>alert" not in page(f"/en/{path}")
        assert 'onmouseover="x' not in page(f"/en/{path}")


@needs_database
def test_simulated_things_say_so_and_are_kept_from_search_engines():
    make_initiative("made-up", is_simulated=True)
    make_initiative("real")

    assert "Example data (simulated)" in page("/en/initiatives/made-up/")
    assert "application/ld+json" not in page("/en/initiatives/made-up/")
    data = (
        page("/en/initiatives/real/")
        .partition('application/ld+json">')[2]
        .partition("</script>")[0]
    )
    assert json.loads(data)["name"] == "REAL"


# --- lessons ----------------------------------------------------------------------------------


@needs_database
def test_lesson_shows_both_sides_with_reasons_and_the_measures_it_suggests():
    lesson = make_lesson("owner", measure_type="pilot")
    for number, stance in enumerate(["supports", "supports", "contradicts"]):
        activity = make_activity(
            make_initiative(f"i-{number}"), name=f"Deed {number}", outcome_status="lasting",
            outcome_months=24,
        )  # fmt: skip
        make_bearing(activity, lesson, stance)
    make_bearing(make_activity(make_initiative("secret", is_published=False)), lesson)
    make_suggestion(lesson, make_measure("pilot"), note="because owners stay")
    make_quotation(make_document("book", initiatives=[make_initiative()]), lesson=lesson, page=4)
    regrade(now=NOW)

    source, found = page("/en/lessons/owner/"), text_of("/en/lessons/owner/")
    sides = re.findall(r'id="(for|against)-title">.*?</section>', source, re.DOTALL)
    against = source.partition('id="against-title"')[2].partition("</section>")[0]

    assert sides == ["for", "against"]
    assert "Deed 2" in against
    assert "Deed 0" not in against
    assert "SECRET" not in source
    assert "nobody has said under which condition that holds" in found
    assert "our own rule" in found
    assert "because owners stay" in found
    assert 'href="/en/sources/book/#page-4"' in source


@needs_database
def test_own_grade_stands_beside_the_computed_one_and_ends_with_the_evidence():
    lesson = make_lesson("owner", own_grade="B", own_grade_reason="Two more are known to me.")
    make_bearing(make_activity(), lesson)
    regrade(now=NOW)

    lesson.refresh_from_db()
    lesson.own_grade_digest = lesson.grading["digest"]
    lesson.save()
    held = text_of("/en/lessons/owner/")
    make_bearing(make_activity(), lesson, "contradicts")
    regrade(now=NOW)
    ended = text_of("/en/lessons/owner/")

    assert "Two more are known to me." in held
    assert "no longer holds" not in held
    assert "no longer holds" in ended


@needs_database
def test_lessons_are_listed_by_certainty_and_filtered():
    strong, weak = (
        make_lesson("strong", measure_type="pilot"),
        make_lesson("weak", verdict="depends"),
    )
    make_lesson("hidden", is_published=False)
    good = {"outcome_status": "lasting", "outcome_months": 24, "source_type": "audit"}
    good |= {"context": "alpine"}
    for _ in range(4):
        make_bearing(make_activity(**good), strong)
    make_bearing(make_activity(), weak)
    regrade(now=NOW)

    def listed(query: str = "") -> list[str]:
        return re.findall(
            r'href="/en/lessons/([\w-]+)/"', page(f"/en/lessons/{query}").partition("<main")[2]
        )

    assert listed() == ["strong", "weak"]
    assert listed("?verdict=depends") == ["weak"]
    assert listed("?type=pilot") == ["strong"]
    assert listed("?certainty=D") == ["weak"]
    assert listed("?q=statement weak") == ["weak"]
    assert status("/en/lessons/hidden/") == 404


# --- sources ----------------------------------------------------------------------------------


@needs_database
def test_source_leads_in_two_clicks_to_measures_and_back():
    first = make_initiative("first")
    report = make_document("report", initiatives=[first], language="de")
    activity = make_activity(first, name="Vouchers")
    lesson = make_lesson("owner")
    measure = make_measure("pilot")
    make_quotation(report, activity=activity, page=3, words="vierzig")
    make_quotation(report, activity=make_activity(first, state="open", name="Unread"), page=3)
    make_bearing(activity, lesson)
    make_suggestion(lesson, measure)

    source = page("/en/sources/report/")

    assert 'id="page-3"' in source
    assert '<q lang="de">vierzig</q>' in source
    assert "Unread" not in source
    for there in ("/en/initiatives/first/#activity-1", "/en/lessons/owner/", "/en/measures/pilot/"):
        assert f'href="{there}"' in source
    for back in ("/en/initiatives/first/", "/en/lessons/owner/"):
        assert 'href="/en/sources/report/' in page(back)


@needs_database
def test_source_on_which_nothing_published_rests_is_hidden():
    make_document("alone")
    make_document("secret", initiatives=[make_initiative(is_published=False)])

    assert [status(f"/en/sources/{key}/") for key in ("alone", "secret")] == [404, 404]
    assert "No source found" in text_of("/en/sources/")


@needs_database
def test_list_of_sources_is_searched_and_filtered():
    first = make_initiative("first")
    make_document("a", title="Green report", initiatives=[first], source_type="audit")
    make_document("b", title="Blue report", initiatives=[first])

    assert names_on("/en/sources/") == ["Blue report", "Green report"]
    assert names_on("/en/sources/?q=green") == ["Green report"]
    assert names_on("/en/sources/?kind=audit") == ["Green report"]
    assert names_on("/en/sources/?q=first") == ["Blue report", "Green report"]


# --- exports ----------------------------------------------------------------------------------


def taken(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    return b"".join(answer)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("path", "name", "keys"),
    [
        ("initiatives/export", "initiatives", ["second", "third"]),
        ("initiatives/activities", "activities", ["second", "third"]),
    ],
)
def test_exports_follow_the_filters(path, name, keys):
    column = "key" if name == "initiatives" else "initiative"
    as_json = json.loads(taken(f"/en/{path}.json?country=SI"))
    text = taken(f"/en/{path}.csv?country=SI").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    book = zipfile.ZipFile(io.BytesIO(taken(f"/en/{path}.xlsx?country=SI")))

    assert [row[column] for row in as_json[name]] == keys
    assert [row[column] for row in rows] == keys
    assert book.testzip() is None
    assert as_json["about"]["search"].endswith("/en/initiatives/?country=SI")
    assert status(f"/en/{path}.exe") == 404


@needs_database
def test_export_holds_no_formula_and_nothing_hidden():
    make_initiative("evil", title="=cmd|' /C calc'!A0")
    make_initiative("hidden", is_published=False)
    make_lesson("shown", statement="+1")
    make_lesson("draft", is_published=False)

    initiatives = taken("/en/initiatives/export.csv").decode()
    lessons = taken("/en/lessons/export.csv").decode()

    assert "'=cmd" in initiatives
    assert "HIDDEN" not in initiatives
    assert "'+1" in lessons
    assert "draft" not in lessons
    assert [row["key"] for row in json.loads(taken("/en/lessons/export.json"))["lessons"]] == [
        "shown"
    ]


@pytest.mark.usefixtures("three")
def test_feed_names_what_changed_last():
    feed = ET.fromstring(taken("/en/initiatives/feed.xml?country=SI"))  # noqa: S314 - our own

    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["THIRD", "SECOND"]


# --- citation ---------------------------------------------------------------------------------


@needs_database
def test_citation_files_name_the_permanent_address():
    first = make_initiative("first")
    make_lesson("owner")
    make_document("report", initiatives=[first], address="")

    for path in ("initiatives/first", "lessons/owner", "sources/report"):
        [item] = json.loads(taken(f"/de/{path}/citation.json"))
        bib = taken(f"/de/{path}/citation.bib").decode()
        assert item["URL"] == f"http://testserver/de/{path}/"
        assert f"url = {{http://testserver/de/{path}/}}" in bib
        assert status(f"/de/{path}/citation.exe") == 404
    assert json.loads(taken("/de/evidence/data/citation.json"))[0]["type"] == "dataset"


# --- data package -----------------------------------------------------------------------------


@needs_database
def test_data_package_is_sent_and_not_sent_twice(tmp_path):
    make_activity(make_initiative("first"))
    client = Client()

    with override_settings(HOME=tmp_path):
        assert "is made when somebody downloads it first" in text_of("/en/evidence/data/")
        answer = client.get("/en/evidence/data/archive.zip")
        content = b"".join(answer.streaming_content)
        again = client.get(
            "/en/evidence/data/archive.zip", headers={"If-None-Match": answer["ETag"]}
        )
        about = text_of("/en/evidence/data/")

    version = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("datapackage.json"))["version"]
    assert answer["Content-Type"] == "application/zip"
    assert again.status_code == 304
    assert version in about


@needs_database
def test_pages_speak_five_languages():
    first = make_initiative("first")
    make_bearing(make_activity(first), make_lesson("owner"))
    make_document("report", initiatives=[first])

    paths = ["initiatives/", "initiatives/first/", "lessons/", "lessons/owner/", "sources/",
             "sources/report/", "evidence/data/"]  # fmt: skip
    for path in paths:
        heads = {
            page(f"/{code}/{path}").partition("<main")[2] for code in ("de", "en", "fr", "it", "sl")
        }
        assert len(heads) == 5


def test_button_that_needs_a_script_is_hidden_without_one():
    sheet = (CSS / "site.css").read_text(encoding="utf-8")

    assert ".ac-cite .ac-btn.js-only {\ndisplay: none;" in sheet
    assert ".has-js .ac-cite .ac-btn.js-only {" in sheet


@needs_database
def test_a_lesson_without_evidence_does_not_say_that_anything_works():
    lesson = make_lesson("claimed", verdict="works")

    assert "without evidence yet: works" in text_of("/en/lessons/")
    assert "without evidence yet: works" in text_of("/en/lessons/claimed/")

    make_bearing(make_activity(), lesson, "supports")
    regrade([lesson.pk], now=NOW)

    assert "without evidence yet" not in text_of("/en/lessons/") + text_of("/en/lessons/claimed/")

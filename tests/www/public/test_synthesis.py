"""What lasted, on pages: question and answer, table, filters, files, gaps, five languages."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.evidence.domain.synthesis.flat import (
    FILTERS,
    HORIZONS,
    SPLITS,
    SynthesisQuery,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.synthesis.questions import read_query, write_query
from tests.factories.evidence import (
    make_activity,
    make_initiative,
    make_participation,
    make_programme,
)
from tests.factories.measures import make_measure
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration]
needs_database = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def page(path: str) -> str:
    return Client().get(path).content.decode()


def cells(html: str) -> list[list[str]]:
    """The rows of the heat table as texts."""
    table = re.search(r'<table class="heat lasted">.*?</table>', html, re.DOTALL)
    assert table
    body = table[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in found]


def fill(kind="sme_pilot", outcomes=("lasting", "lasting", "lasting", "ended"), **fields):
    make_measure(kind)
    return [
        make_activity(measure_type=kind, outcome_status=outcome, **fields) for outcome in outcomes
    ]


@needs_database
def test_answer_stands_with_its_counts_and_interval():
    fill()
    make_activity(measure_type="sme_pilot")

    html = page("/en/evidence/")

    assert (
        "3 of 4 families of initiatives with a known outcome go on after the funding: "
        "75% (36–94%)." in html
    )
    assert cells(html) == [
        ["sme_pilot en", "75% 36–94% 3 of 4", "3 (3)", "0", "1 (1)", "1 (1)"],
        ["All: 5 families, each once", "75% 36–94% 3 of 4", "3 (3)", "0", "1 (1)", "1 (1)"],
    ]


@needs_database
def test_few_known_outcomes_are_counts_and_no_share():
    fill(outcomes=("lasting", "ended"))

    html = page("/en/evidence/")

    assert "Too little is known for a share" in html
    assert cells(html)[0][1] == "1 of 2 too few for a share"
    assert "%" not in cells(html)[0][1]


@needs_database
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_empty_evidence_base_says_what_will_be_here(language):
    html = page(f"/{language}/evidence/")

    assert "heat lasted" not in html
    assert 'class="ac-empty"' in html


@needs_database
@pytest.mark.parametrize("split", SPLITS)
def test_every_split_has_a_table(split):
    make_measure("sme_pilot")
    programme = make_programme(family="interreg")
    initiative = make_initiative(programme=programme, sectors=["C"])
    make_participation(initiative, region=make_region("AT33"))
    for _ in range(3):
        make_activity(initiative, measure_type="sme_pilot", outcome_status="lasting",
                      scope="transnational", audience=["smes"],
                      payer_after=["members"])  # fmt: skip

    rows = cells(page(f"/en/evidence/?by={split}"))

    assert rows[0][0] == "sme_pilot en"
    assert any(cell.startswith(("1 of 1", "1 (3)")) for cell in rows[0][1:])


@needs_database
def test_filter_holds_in_table_files_and_address():
    fill(payer_after=["members"])
    fill("soft_landing", ("ended",) * 3, payer_after=["none"])

    html = page("/en/evidence/?payer=members")

    assert [row[0] for row in cells(html)] == ["sme_pilot en", "All: 4 families, each once"]
    assert 'href="/en/evidence/export.csv?payer=members"' in html
    assert '<option value="members" selected>' in html
    assert "noindex" in html


@needs_database
def test_filter_without_hits_offers_a_way_back():
    fill()

    html = page("/en/evidence/?country=AT")

    assert "Nothing fits all filters" in html
    assert 'href="/en/evidence/"' in html


@needs_database
def test_horizon_is_told_and_counts_younger_things_as_unknown():
    fill(outcome_months=20)

    html = page("/en/evidence/?months=24")

    assert "What is known alive for less than 24 months counts as unknown here." in html
    assert cells(html)[0][1:] == ["0 of 1 too few for a share", "0", "0", "1 (1)", "3 (3)"]


@needs_database
def test_simulated_activities_are_left_out_until_asked_for():
    fill()
    make_activity(measure_type="sme_pilot", is_simulated=True)

    plain, asked = page("/en/evidence/"), page("/en/evidence/?simulated=1")

    assert "1 simulated activity is left out." in plain
    assert 'class="ac-sim' not in plain
    assert "Only simulated activities are counted here." in asked
    assert cells(asked)[0][-1] == "1 (1)"


@needs_database
def test_foreign_values_are_shown_as_text():
    make_activity(measure_type="sme_pilot", outcome_status="lasting", payer_after=["<b>x</b>"],
                  initiative=make_initiative(countries="<i>"))  # fmt: skip

    html = page("/en/evidence/?by=payer") + page(f"/en/evidence/?country={HOSTILE}")

    assert "<b>x</b>" not in html
    assert "<script>alert" not in html


@needs_database
def test_csv_has_every_cell_with_known_counts_and_interval():
    fill(payer_after=["members"])
    fill("soft_landing", ("ended", "unknown"))

    response = Client().get("/en/evidence/export.csv?by=payer")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    found = {(r["measure_type"], r["value"]): (r["families"], r["share"]) for r in rows}
    assert found == {
        ("sme_pilot", "members"): ("4", "0.75"),
        ("soft_landing", ""): ("2", ""),
        ("*", "members"): ("4", "0.75"),
        ("*", ""): ("2", ""),
        ("sme_pilot", "*"): ("4", "0.75"),
        ("soft_landing", "*"): ("2", ""),
        ("*", "*"): ("6", "0.6"),
    }
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert rows[0]["low_90"] == "0.356168"
    assert rows[1]["why_no_share"] == "few_known"


@needs_database
def test_json_says_question_conventions_and_licence():
    fill()

    told = json.loads(Client().get("/de/evidence/export.json?months=12").content)

    assert set(told["about"]) >= {"page", "conventions", "licence", "rules", "exported_on"}
    assert told["about"]["months"] == 12
    assert told["about"]["rules"]["convention"] == "ap-1"
    assert [cell["measure_type"] for cell in told["cells"]] == ["sme_pilot", "*"]


@needs_database
def test_other_formats_are_not_found():
    assert Client().get("/en/evidence/export.exe").status_code == 404


@needs_database
def test_gaps_tell_what_is_there_and_what_would_close_them():
    for key in ("nobody", "unknown", "few", "enough"):
        make_measure(key)
    make_activity(measure_type="unknown")
    make_activity(measure_type="nobody", outcome_status="lasting", is_simulated=True)
    make_activity(measure_type="few", outcome_status="lasting")
    for _ in range(3):
        make_activity(measure_type="enough", outcome_status="ended")

    html = page("/en/evidence/gaps/")
    sections = dict(re.findall(r'aria-labelledby="(\w+)">(.*?)</section>', html, re.DOTALL))

    assert "For 2 of 4 types of measures nobody knows whether they last." in html
    listed = {name: re.findall(r"/measures/(\w+)/", text) for name, text in sections.items()}
    assert listed == {"nobody": ["nobody"], "unknown": ["unknown"], "few": ["few"]}
    assert "1 family, 1 activity" in sections["unknown"]
    assert "missing for a share: 2" in sections["few"]


@needs_database
@pytest.mark.parametrize("path", ["/en/evidence/", "/en/evidence/?by=nuts2", "/en/evidence/gaps/"])
def test_pages_ask_the_database_as_often_for_many_as_for_few(path):
    region = make_region("AT33")
    counts = []
    for n in (1, 4):
        for k in range(n):
            make_measure(f"kind_{n}_{k}")
            activity = make_activity(measure_type=f"kind_{n}_{k}", outcome_status="lasting",
                                     payer_after=[f"payer_{n}_{k}"])  # fmt: skip
            activity.regions.add(region)
        with CaptureQueriesContext(connection) as asked:
            page(path)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 13


# --- addresses ------------------------------------------------------------------------------------

QUERIES = st.builds(
    SynthesisQuery,
    by=st.sampled_from(SPLITS),
    chosen=st.dictionaries(st.sampled_from(FILTERS), st.sampled_from(["", "AT", "smes", "é&="])),
    months=st.sampled_from(HORIZONS),
    is_simulated=st.booleans(),
)


@given(QUERIES)
def test_question_is_the_same_after_its_address(query):
    assert read_query(QueryDict(write_query(query))) == query


@given(st.text(max_size=60))
def test_any_address_is_a_question(text):
    try:
        parameters = QueryDict(text)
    except ValueError:
        return

    assert isinstance(read_query(parameters), SynthesisQuery)

"""The public page of what lasted: numbers with their interval, small groups hidden."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from tests.factories.evidence import make_initiative, make_programme
from tests.factories.links import make_body, make_link, make_survivors
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PAGE = "/en/network/lasting/"


def get(path=PAGE):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer


def test_answer_says_share_interval_and_what_it_rests_on():
    make_survivors([(1, "ended")] * 6 + [(3, "active_self")] * 14)

    page = get()

    assert page.context["page"].answer == (
        "One year after the end of the funding 70% last (90% interval 50–85%; 20 links)."
    )
    text = page.content.decode()
    assert '<svg class="nar lines"' in text
    assert "70% after 1 year" in text


def test_without_links_nobody_can_know():
    assert "Nothing can be said yet" in get().content.decode()


def test_too_few_answers_are_said_and_no_curve_is_shown():
    make_survivors([(2, "active_self")] * 4)
    make_link(funding_ends_on=date(2019, 1, 1))

    text = get().content.decode()

    assert "Too few answers for a share" in text
    assert "nar lines" not in text


def test_small_groups_are_hidden_on_the_page_and_in_the_files():
    make_survivors([(2, "active_self")] * 6, type="exchange")
    make_survivors([(2, "ended")] * 4, type="agreement")

    (split,) = [one for one in get().context["page"].splits if one.key == "type"]
    rows = {
        str(row[0]): [getattr(cell, "text", cell) for cell in row[1:]] for row in split.table.rows
    }
    assert rows["cooperation agreement"] == ["< 5", "–", "–", "–", "–"]
    assert rows["exchange of experience"][:3] == ["6", "6", "0"]

    text = Client().get(f"{PAGE}curve.csv").content.decode("utf-8-sig")
    small = [r for r in csv.DictReader(io.StringIO(text)) if r["group"] == "agreement"]
    assert [(r["links"], r["ended"], r["share"], r["why_no_share"]) for r in small] == [
        ("", "", "", "too_few_answers")
    ]


def test_simulated_links_are_never_counted_with_real_ones():
    make_survivors([(2, "active_self")] * 5)
    one, other = make_body(is_simulated=True), make_body(is_simulated=True)
    make_survivors([(2, "ended")] * 7, own=one, other=other)

    real, invented = get(), get(f"{PAGE}?simulated=1")

    assert real.context["page"].lasting.n_links == 5
    assert real.context["simulated"] is False
    assert real.context["page"].other_url == f"{PAGE}?simulated=1"
    assert invented.context["page"].lasting.n_links == 7
    assert invented.context["simulated"] is True
    assert invented.context["page"].other_url == f"{PAGE}?simulated=0"


def test_where_nothing_is_real_no_way_leads_to_an_empty_page():
    one, other = make_body(is_simulated=True), make_body(is_simulated=True)
    make_survivors([(2, "ended")] * 7, own=one, other=other)

    page = get()

    assert page.context["simulated"] is True
    assert page.context["page"].other_url == ""


def test_names_stand_only_where_both_are_listed():
    listed, hidden = make_body("Wood Tyrol"), make_body("Secret body", is_listed=False)
    make_survivors([(3, "active_self")], own=listed, other=make_body("Les"))
    make_survivors([(3, "active_self")] * 5, own=listed, other=hidden)

    text = get().content.decode()

    assert "Wood Tyrol" in text
    assert "Secret body" not in text
    assert "5 links are without names" in text


def test_project_programme_and_initiative_have_their_own_page():
    project = make_project(slug="alp", acronym="Alp")
    programme = make_programme("alpine")
    initiative = make_initiative("timber", programme=programme)
    make_survivors([(2, "active_self")] * 5, project=project)
    make_survivors([(2, "active_self")] * 6, initiative=initiative)

    page = get().context["page"]
    assert [(one.name, one.n) for one in page.projects] == [("Alp", 5)]
    assert [(one.name, one.n) for one in page.programmes] == [("Alpine Space 2014-2020", 6)]
    for path, n in (
        (page.projects[0].url, 5),
        (page.programmes[0].url, 6),
        (f"{PAGE}initiative/timber/", 6),
    ):
        own = get(path).context["page"]
        assert own.lasting.n_links == n
        taken = json.loads(Client().get(own.exports[1][1]).content)
        assert taken["about"]["links"] == n


def test_hidden_project_and_unpublished_initiative_are_not_found():
    make_project(slug="hidden", is_public=False)
    make_initiative("draft", is_published=False)

    for path in ("project/hidden/", "initiative/draft/", "programme/none/"):
        assert Client().get(f"{PAGE}{path}").status_code == 404
    for query in ("project=hidden", "initiative=draft", "programme=none", "project=%00"):
        assert Client().get(f"{PAGE}curve.json?{query}").status_code == 404


def test_new_answer_shows_at_once():
    make_survivors([(2, "active_self")] * 5)
    assert get().context["page"].lasting.total.n == 5

    make_survivors([(2, "active_self")])

    assert get().context["page"].lasting.total.n == 6


def test_file_carries_steps_readings_conventions_and_licence():
    make_survivors([(1, "ended")] * 6 + [(3, "active_self")] * 14)

    taken = json.loads(Client().get(f"{PAGE}curve.json").content)

    steps = [row for row in taken["rows"] if row["part"] == "step"]
    assert [(row["months"], row["share"], row["observed"]) for row in steps] == [(6.0, 0.7, 20)]
    reading = taken["rows"][1]
    assert (reading["months"], reading["share"], reading["observed"]) == (12, 0.7, 14)
    assert len(taken["about"]["conventions"]) == 5
    assert taken["about"]["method"]["method"] == "kaplan_meier"
    assert Client().get(f"{PAGE}curve.xml").status_code == 404


def test_caution_where_most_did_not_answer():
    make_survivors([(2, "active_self")] * 5)
    for link in make_survivors([(1, "active_self")] * 6):
        link.reports.all().delete()

    assert "have an answer. Who answers may differ" in get().content.decode()


@pytest.mark.parametrize("language", ["de", "fr", "it", "sl"])
def test_page_is_there_in_every_language(language):
    make_survivors([(1, "ended")] * 6 + [(3, "active_self")] * 14)

    assert Client().get(f"/{language}/network/lasting/").status_code == 200

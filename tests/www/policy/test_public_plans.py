import io
import re

import pypdf
import pytest
from django.utils import timezone

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records import today_of
from tests.factories.evaluation import NAMES, VARIED, fill, make_project, make_snapshot
from tests.factories.policy import make_plan, make_recommendations
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def cafe_of(plan):
    return plan.project.cafes.get()


def read_docx(content):
    from docx import Document

    return Document(io.BytesIO(content))


def words(content):
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return text.replace("\u00ad", "").replace("-\n", "").replace("\n", " ")


def test_plan_shows_every_action_with_its_trail_and_evidence(client):
    plan = make_plan(("fair", "pilot"), published=True)

    page = client.get(f"/en/plans/{plan.slug}/").content.decode()
    actions = [client.get(f"/en/plans/{plan.slug}/actions/X{k}/").content.decode() for k in (1, 2)]

    assert all(f"/en/plans/{plan.slug}/actions/X{k}/#trail" in page for k in (1, 2))
    assert [action.count('class="ac-trail') for action in actions] == [1, 1]
    assert "Matchmaking fair" in actions[0]
    assert "3.3–4.2" in actions[0]
    assert "Ministry of tests" in page


def test_plan_says_that_nothing_is_reported(client):
    plan = make_plan(published=True)

    page = client.get(f"/en/plans/{plan.slug}/").content.decode()

    assert "No progress has been reported." in page


@pytest.mark.parametrize("who", FIVE)
def test_draft_is_seen_by_its_project_only(client, who):
    plan = make_plan()

    found = sign_in(client, who, cafe_of(plan)).get(f"/en/plans/{plan.slug}/").status_code

    assert found == (200 if who in {"owner", "colleague", "neighbour"} else 404)


def test_list_shows_published_plans_of_public_projects_only(client):
    make_plan(published=True)
    make_plan()
    make_plan(published=True, project=make_project(is_public=False))

    page = client.get("/en/plans/").content.decode()

    assert page.count('<article class="ac-card link') == 1


def test_empty_list_says_when_plans_appear(client):
    page = client.get("/en/plans/").content.decode()

    assert "No action plan yet" in page


@pytest.mark.parametrize("n", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three_plans(client, n, django_assert_num_queries):
    for _ in range(n):
        make_plan(published=True)

    with django_assert_num_queries(4):
        client.get("/en/plans/")


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_plan_takes_the_same_queries_for_one_and_three_actions(
    client, keys, django_assert_num_queries
):
    plan = make_plan(keys, published=True)

    with django_assert_num_queries(32):
        client.get(f"/en/plans/{plan.slug}/")


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_pdf_holds_names_n_and_intervals_in_every_language(client, language):
    plan = make_plan(("fair", "pilot"), published=True)

    text = words(client.get(f"/{language}/plans/{plan.slug}/pdf").content)

    place = LANGUAGE_CODES.index(language)
    interval = "3.3–4.2" if language == "en" else "3,3–4,2"
    wanted = [NAMES["fair"][place], NAMES["pilot"][place], interval, f"Plan {language}"]
    assert [word for word in wanted if word not in text] == []
    # Beside every interval stands how many people it rests on.
    assert set(re.findall(rf"{interval}\s+(\d+)\s", text)) == {"16"}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_docx_holds_names_n_and_intervals_in_every_language(client, language):
    plan = make_plan(("fair", "pilot"), published=True)

    content = client.get(f"/{language}/plans/{plan.slug}/docx").content

    tables = read_docx(content).tables
    nested = [t for table in tables for row in table.rows for c in row.cells for t in c.tables]
    rows = [[cell.text for cell in row.cells] for table in (*tables, *nested) for row in table.rows]
    place = LANGUAGE_CODES.index(language)
    interval = "3.3–4.2" if language == "en" else "3,3–4,2"
    assert {NAMES["fair"][place], NAMES["pilot"][place]} <= {cell for row in rows for cell in row}
    assert {row[row.index(interval) + 1] for row in rows if interval in row} == {"16"}


def test_finding_of_an_earlier_evaluation_says_so_on_the_page_and_in_the_document(client):
    plan = make_plan(("fair",), published=True)
    recommendation = plan.project.recommendations.get()
    address = f"/en/recommendations/{recommendation.pk}/"
    said = "From an earlier evaluation of their AlpCafé; a newer one is public: F1"
    before = client.get(address).content.decode()

    cafe = recommendation.findings.first().snapshot.cafe
    fill(cafe, {"AT32": VARIED}, measures=("fair",))
    make_snapshot(cafe=cafe, released=True)

    assert said not in before
    assert said in client.get(address).content.decode()
    assert said in words(client.get(f"/en/plans/{plan.slug}/pdf").content)


def test_plan_file_is_named_by_the_rule(client):
    plan = make_plan(published=True)

    name = client.get(f"/sl/plans/{plan.slug}/pdf")["Content-Disposition"]

    today = today_of(plan, timezone.now())
    assert re.fullmatch(
        rf'attachment; filename="ac_plan_.+_{today}_v1.0_[0-9a-f]{{12}}_sl.pdf"', name
    )


@pytest.mark.slow
def test_same_plan_gives_the_same_bytes(client):
    plan = make_plan(published=True)

    for kind in ("pdf", "docx"):
        first, second = (client.get(f"/de/plans/{plan.slug}/{kind}").content for _ in range(2))
        assert first == second, kind


def test_unknown_kind_of_plan_file_is_not_found(client):
    plan = make_plan(published=True)

    assert client.get(f"/en/plans/{plan.slug}/odt").status_code == 404


def test_recommendation_leads_to_findings_and_actions(client):
    plan = make_plan(published=True)
    pk = plan.actions.get().recommendations.get().pk

    page = client.get(f"/en/recommendations/{pk}/").content.decode()

    assert 'href="/en/measures/fair/"' in page
    assert f'href="/en/plans/{plan.slug}/actions/X1/"' in page
    assert "3.3–4.2" in page


def test_evidence_leads_to_the_cafe_where_the_snapshot_is_no_longer_public(client):
    plan = make_plan(published=True)
    cafe = cafe_of(plan)
    cafe.snapshots.update(released_at=None)

    page = client.get(f"/en/plans/{plan.slug}/actions/X1/").content.decode()

    assert "/en/evaluations/" not in page
    assert f'href="/en/cafes/{cafe.pk}/"' in page


def test_recommendation_outside_a_published_plan_is_not_public(client):
    (recommendation,) = make_recommendations()

    assert client.get(f"/en/recommendations/{recommendation.pk}/").status_code == 404

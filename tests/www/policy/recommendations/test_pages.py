"""Lists and pages of recommendations, in the workspace and in public."""

import pytest

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.editing.reviews import review_language
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.recommendations import edit_recommendation
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.reports.plan_words.strength import bar_text
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW
from tests.factories.evidence import make_lesson
from tests.factories.policy import make_plan, make_recommendations
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def one():
    return make_recommendations()[0]


@pytest.fixture
def signed_in(client, one):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project))
    return client


def at(one, page=""):
    return f"/en/workspace/recommendations/{one.pk}/{page}"


# --- lists


@pytest.mark.parametrize("who", FIVE)
def test_recommendations_are_listed_for_people_of_the_project(client, one, who):
    cafe = one.project.cafes.get()

    answer = sign_in(client, who, cafe).get(
        f"/en/workspace/projects/{cafe.project.slug}/recommendations/"
    )

    wanted = {"owner": 200, "colleague": 200, "neighbour": 200, "stranger": 403, "visitor": 302}
    assert answer.status_code == wanted[who]


def test_list_is_filtered_by_state_level_and_strength(client):
    first, second = make_recommendations(("fair", "pilot"))
    Recommendation.objects.filter(pk=second.pk).update(state="adopted", level="european")
    client.force_login(make_user_with(Role.POLICY_MAKER, project=first.project))
    address = f"/en/workspace/projects/{first.project.slug}/recommendations/"

    def codes(query):
        return [card.code for card in client.get(address + query).context["cards"]]

    assert codes("") == ["E1", "E2"]
    assert codes("?state=adopted") == ["E2"]
    assert codes("?level=regional") == ["E1"]
    assert codes("?strength=not_assessable") == ["E1", "E2"]
    assert codes("?strength=strong") == []
    assert codes("?state=adopted&level=regional") == []


def test_public_list_shows_what_was_published_and_what_was_rejected(client):
    make_recommendations(("fair", "pilot", "label"))
    Recommendation.objects.filter(code="E2").update(state="published")
    Recommendation.objects.filter(code="E3").update(state="rejected")

    found = client.get("/en/recommendations/").context["cards"]

    assert [card.code for card in found] == ["E2", "E3"]


# --- one recommendation


def test_page_shows_strength_with_its_reasons_and_findings_in_figures(signed_in, one):
    page = signed_in.get(at(one)).content.decode()

    for words in (
        "cannot be assessed",
        "No finding behind it states a graded lesson.",
        "F1",
        "3.8",
    ):
        assert words in page


def test_steps_need_what_they_need_and_say_so(signed_in, one):
    answer = signed_in.post(at(one), {"do": "move", "to": "in_consultation"})

    assert answer.status_code == 422
    assert "It does not say whom it is addressed to." in answer.content.decode()
    assert "Possible from here: in consultation, adopted, rejected." in answer.content.decode()

    Recommendation.objects.update(addressee="Ministry")
    signed_in.post(at(one), {"do": "move", "to": "in_consultation"})
    assert Recommendation.objects.get().state == "in_consultation"


def test_step_that_is_not_possible_names_those_that_are(signed_in, one):
    answer = signed_in.post(at(one), {"do": "move", "to": "published"})

    assert answer.status_code == 422
    assert "This step is not possible from here." in answer.content.decode()


def test_coordinator_does_not_adopt(client, one):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=one.project))

    answer = client.post(at(one), {"do": "move", "to": "adopted"})

    assert (answer.status_code, Recommendation.objects.get().state) == (403, "draft")


def test_rejection_is_shown_in_public_with_its_reason(signed_in, client, one):
    refused = signed_in.post(at(one), {"do": "move", "to": "rejected"})
    signed_in.post(at(one), {"do": "move", "to": "rejected", "reason": "No money"})
    client.logout()

    page = client.get(f"/en/recommendations/{one.pk}/").content.decode()

    assert refused.status_code == 422
    assert "No money" in page


def test_draft_is_hidden_from_the_public(client, one):
    assert client.get(f"/en/recommendations/{one.pk}/").status_code == 404
    assert client.get(f"/en/recommendations/{one.pk}/versions/").status_code == 404


def test_findings_and_conflicts_are_chosen(client):
    first, second = make_recommendations(("fair", "pilot"))
    client.force_login(make_user_with(Role.POLICY_MAKER, project=first.project))

    client.post(
        at(first), {"do": "ground", "findings": Finding.objects.values_list("pk", flat=True)}
    )
    client.post(at(first), {"do": "conflicts", "conflicts_with": [second.pk]})

    assert first.findings.count() == 2
    assert list(second.conflicts_with.all()) == [first]


def test_strength_set_by_a_person_stands_beside_the_computed_one(signed_in, one):
    short = signed_in.post(at(one), {"do": "override", "strength": "strong", "reason": "short"})
    data = {"do": "override", "strength": "strong", "reason": "Three ministries asked for it"}
    signed_in.post(at(one), data)

    page = signed_in.get(at(one)).content.decode()
    assert short.status_code == 422
    for words in ("Three ministries asked for it", "cannot be assessed", "above the computed"):
        assert words in page

    signed_in.post(at(one), {"do": "clear"})
    assert Recommendation.objects.get().strength_override == ""


def test_denominator_is_declared_with_a_reason(signed_in, one):
    signed_in.post(at(one), {"do": "denominator", "decision": "declared", "reason": ""})
    assert Recommendation.objects.get().denominator == ""

    data = {"do": "denominator", "decision": "declared", "reason": "All regions said so"}
    signed_in.post(at(one), data)

    page = signed_in.get(f"/en/workspace/projects/{one.project.slug}/denominators/")
    assert "All regions said so" in page.content.decode()
    assert "Expected number of false ones among them: 0.00." in page.content.decode()


def test_reason_why_nothing_carries_it_out_is_kept(signed_in, one):
    signed_in.post(at(one), {"do": "no_action", "reason": "Law first"})

    assert Recommendation.objects.get().no_action_reason == "Law first"


def test_what_is_no_act_is_refused(signed_in, one):
    assert signed_in.post(at(one), {"do": "dance"}).status_code == 422


# --- versions and translations


def test_two_versions_are_compared_word_by_word_in_a_language(signed_in, one):
    edit_recommendation(one, {"text_sl": "Nove besede"}, version=1, by=None, now=NOW)

    page = signed_in.get(at(one, "versions/?from=1&to=2&language=sl")).content.decode()
    other = signed_in.get(at(one, "versions/?from=1&to=2&language=it")).content.decode()

    assert "<ins" in page
    assert "Nove" in page
    assert "They differ in: Slovenščina." in page
    assert "<ins" not in other


def test_public_versions_leave_out_drafts_and_people(client, one):
    edit_recommendation(one, {"title_en": "Secret draft"}, version=1, by=None, now=NOW)
    edit_recommendation(one, {"title_en": "Said in public"}, version=2, by=None, now=NOW)
    stored = Recommendation.objects.get()
    stored.state, stored.version = "published", 4
    stored.save()

    page = client.get(f"/en/recommendations/{one.pk}/versions/").content.decode()

    assert "Said in public" in page
    assert "Secret draft" not in page


def test_translation_is_reviewed_and_outdated_when_the_source_changes(signed_in, one):
    review_language(one, RECOMMENDATION, "sl", by=None, now=NOW)
    before = signed_in.get(at(one, "translations/")).content.decode()
    edit_recommendation(one, {"title_en": "Fair and open data"}, version=1, by=None, now=NOW)

    page = signed_in.get(at(one, "translations/")).content.decode()

    assert "What changed in the original since" not in before
    assert page.count("What changed in the original since") == 4
    signed_in.post(at(one, "translations/"), {"language": "sl", "field": "title"})
    page = signed_in.get(at(one, "translations/")).content.decode()
    assert page.count("What changed in the original since") == 3


# --- findings


def test_lesson_is_stated_as_a_finding(signed_in, one):
    lesson = make_lesson("stated", statement={"de": "Es wirkt"})

    answer = signed_in.post(
        f"/en/workspace/projects/{one.project.slug}/findings/new/lesson/",
        {"source": lesson.pk, "direction": "supports"},
    )

    stated = Finding.objects.get(kind="lesson")
    page = signed_in.get(answer.url).content.decode()
    assert stated.statement.inside("de") == "Es wirkt"
    assert f"finding-{stated.code}" in page


@pytest.mark.parametrize("kind", ["network", "funding", "consultation"])
def test_sentence_and_source_are_asked_for(signed_in, one, kind):
    answer = signed_in.post(
        f"/en/workspace/projects/{one.project.slug}/findings/new/{kind}/", {"statement_en": "Said"}
    )

    assert answer.status_code == 422


def test_finding_is_edited_and_superseded(client):
    first, second = (r.findings.get() for r in make_recommendations(("fair", "pilot")))
    client.force_login(make_user_with(Role.POLICY_MAKER, project=first.project))
    address = f"/en/workspace/findings/{first.pk}/"

    client.post(address, {"direction": "against", "statement_en": "Said"})
    assert Finding.objects.get(pk=first.pk).direction == "against"
    client.post(f"{address}supersede/", {"successor": second.pk})

    assert Finding.objects.get(pk=first.pk).superseded_by == second
    assert "A newer finding stands in its place." in client.get(address).content.decode()


# --- what it costs


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_lists_of_one_and_three_take_the_same_queries(client, keys, django_assert_num_queries):
    project = make_recommendations(keys)[0].project
    Recommendation.objects.update(state="published")
    make_plan(("fair",), project=project, published=True)
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))

    with django_assert_num_queries(10):
        client.get(f"/en/workspace/projects/{project.slug}/recommendations/")
    with django_assert_num_queries(9):
        client.get("/en/recommendations/")
    with django_assert_num_queries(7):
        client.get(f"/en/workspace/projects/{project.slug}/findings/")
    with django_assert_num_queries(8):
        client.get(f"/en/workspace/projects/{project.slug}/denominators/")


@pytest.mark.parametrize(
    ("scale", "language", "said"),
    [
        (Scale(Kind.ORDERED, (1, 2, 3, 4, 5)), "en", "3.5 of 5"),
        (Scale(Kind.ORDERED, tuple(range(1, 8))), "sl", "4,75 od 7"),
        (Scale(Kind.YES_NO, (0, 1)), "de", "62,5 %"),
    ],
)
def test_what_a_mean_must_reach_is_said_on_the_scale_of_its_criterion(scale, language, said):
    assert bar_text(scale, language).replace("\u202f", " ").replace("\xa0", " ") == said

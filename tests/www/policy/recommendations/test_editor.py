"""The editor: five languages, drafts, and two people at once."""

import json

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION, values_of
from alpclusters.platform.policy.domain.recommendations import edit_recommendation
from alpclusters.platform.policy.models import EditDraft, Recommendation
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW
from tests.factories.policy import make_recommendations
from tests.factories.rights import FIVE, sign_in
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def writer(client, project):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))
    return client


@pytest.fixture
def one():
    return make_recommendations()[0]


@pytest.fixture
def signed_in(client, one):
    return writer(client, one.project)


def sent(one, **changes):
    stored = values_of(one, RECOMMENDATION)
    return {**stored, "version": one.version, "base": json.dumps(stored), **changes}


def address(one, page="edit"):
    return f"/en/workspace/recommendations/{one.pk}/{page}/"


@pytest.mark.parametrize("who", FIVE)
def test_editing_is_for_policy_makers_and_coordinators(client, one, who):
    cafe = one.project.cafes.get()

    sign_in(client, who, cafe, Role.FACILITATOR).post(address(one), sent(one, title_en="Changed"))

    assert (Recommendation.objects.get().title.inside("en") == "Changed") == (who == "colleague")


def test_every_field_is_saved(signed_in, one):
    fields = {
        "problem_de": "Ein Problem",
        "expected_effect_sl": "Učinek",
        "level": "national",
        "addressee": "Ministry",
        "instrument": "grant",
        "theme": "Circular economy",
        "horizon": "short",
        "cost_band": "under_50k",
        "source_language": "de",
    }

    answer = signed_in.post(address(one), sent(one, **fields))

    stored = Recommendation.objects.get()
    assert answer.status_code == 302
    assert {name: read_input(stored, name) for name in fields} == fields


def test_text_that_is_missing_in_a_language_is_named(signed_in, one):
    change_texts(Recommendation.objects.all(), text={"sl": ""})

    page = signed_in.get(address(one)).content.decode()

    assert page.count("missing: Slovenščina") == 1


def test_recommendation_without_any_title_is_refused_and_keeps_what_was_written(signed_in, one):
    empty = {f"title_{code}": "" for code in LANGUAGE_CODES}

    answer = signed_in.post(address(one), sent(one, text_it="Nuovo testo", **empty))

    assert answer.status_code == 422
    assert "Give a title in at least one language." in answer.content.decode()
    assert "Nuovo testo" in answer.content.decode()


def test_change_of_somebody_else_in_another_field_is_kept_and_said(signed_in, one):
    mine = sent(one, title_de="Mein Titel")
    edit_recommendation(one, {"text_it": "Altro"}, version=1, by=None, now=NOW)

    answer = signed_in.post(address(one), mine, follow=True).content.decode()

    stored = Recommendation.objects.get()
    assert (stored.title.inside("de"), stored.text.inside("it")) == ("Mein Titel", "Altro")
    assert "What somebody else changed meanwhile was kept: Recommendation." in answer


def test_conflict_shows_three_versions_and_is_solved_by_a_choice(signed_in, one):
    mine = sent(one, title_de="Mein Titel")
    edit_recommendation(one, {"title_de": "Anderer Titel"}, version=1, by=None, now=NOW)

    page = signed_in.post(address(one), mine, follow=True).content.decode()

    for words in (one.title.inside("de"), "Mein", "Anderer", "Take mine", "Take theirs"):
        assert words in page
    assert Recommendation.objects.get().title.inside("de") == "Anderer Titel"
    assert EditDraft.objects.get().values["title_de"] == "Mein Titel"

    answer = signed_in.post(
        address(one, "conflict"), {"do": "solve", "version": 2, "choice_title_de": "mine"}
    )
    assert answer.status_code == 302
    assert Recommendation.objects.get().title.inside("de") == "Mein Titel"
    assert not EditDraft.objects.exists()


def test_choice_from_what_no_longer_stands_is_asked_again(signed_in, one):
    mine = sent(one, title_de="Mein Titel")
    edit_recommendation(one, {"title_de": "Anderer Titel"}, version=1, by=None, now=NOW)
    signed_in.post(address(one), mine)
    edit_recommendation(one, {"title_de": "Dritter Titel"}, version=2, by=None, now=NOW)

    answer = signed_in.post(
        address(one, "conflict"), {"do": "solve", "version": 2, "choice_title_de": "mine"}
    )

    assert answer.status_code == 409
    assert "Dritter" in answer.content.decode()
    assert Recommendation.objects.get().title.inside("de") == "Dritter Titel"


def test_own_text_can_be_dropped(signed_in, one):
    mine = sent(one, title_de="Mein Titel")
    edit_recommendation(one, {"title_de": "Anderer Titel"}, version=1, by=None, now=NOW)
    signed_in.post(address(one), mine)

    signed_in.post(address(one, "conflict"), {"do": "drop"})

    assert not EditDraft.objects.exists()
    assert Recommendation.objects.get().title.inside("de") == "Anderer Titel"


def test_editor_leads_to_a_conflict_that_waits(signed_in, one):
    mine = sent(one, title_de="Mein Titel")
    edit_recommendation(one, {"title_de": "Anderer Titel"}, version=1, by=None, now=NOW)
    signed_in.post(address(one), mine)

    answer = signed_in.get(address(one))

    assert (answer.status_code, answer.url) == (302, address(one, "conflict"))


def test_draft_is_kept_beside_the_text_and_stands_in_the_form_again(signed_in, one):
    kept = signed_in.post(address(one, "draft"), sent(one, title_en="Half a ti"))
    page = signed_in.get(address(one)).content.decode()

    assert kept.json() == {"ok": True, "said": "Draft kept.", "others": ""}
    assert Recommendation.objects.get().title.inside("en") != "Half a ti"
    assert 'value="Half a ti"' in page
    assert "Your draft stands in the form." in page

    signed_in.post(address(one, "draft"), {"do": "drop"})
    assert not EditDraft.objects.exists()


def test_draft_over_a_change_of_somebody_else_is_merged_when_saved(signed_in, one):
    signed_in.post(address(one, "draft"), sent(one, title_en="Mine"))
    edit_recommendation(one, {"title_it": "Altro"}, version=1, by=None, now=NOW)
    form = signed_in.get(address(one)).context["form"]

    signed_in.post(address(one), {**form.initial, "base": json.dumps(form.initial["base"])})

    stored = Recommendation.objects.get()
    assert (stored.title.inside("en"), stored.title.inside("it")) == ("Mine", "Altro")


def test_who_else_is_typing_is_said(client, signed_in, one):
    signed_in.post(address(one, "draft"), sent(one))
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project, name="Bob"))

    page = client.get(address(one)).content.decode()

    assert "is editing too." in page


@pytest.mark.parametrize(
    "data", [{}, {"version": "x", "title_en": "T"}, {"version": "1", "base": "["}]
)
def test_draft_that_is_no_form_is_refused(signed_in, one, data):
    assert signed_in.post(address(one, "draft"), data).status_code == 422


def test_decided_text_is_not_edited(signed_in, one):
    Recommendation.objects.update(state="adopted")

    for answer in (signed_in.get(address(one)), signed_in.post(address(one), sent(one))):
        assert answer.url == f"/en/workspace/recommendations/{one.pk}/"


def test_new_recommendation_begins_on_findings(signed_in, one):
    finding = one.findings.get()

    answer = signed_in.post(
        f"/en/workspace/projects/{one.project.slug}/recommendations/new/",
        {
            "title": "Nov ukrep",
            "source_language": "sl",
            "level": "european",
            "findings": [finding.pk],
        },
    )

    begun = Recommendation.objects.get(code="E2")
    assert answer.url == address(begun)
    assert (begun.title.inside("sl"), begun.level, begun.source_language) == (
        "Nov ukrep",
        "european",
        "sl",
    )
    assert list(begun.findings.all()) == [finding]

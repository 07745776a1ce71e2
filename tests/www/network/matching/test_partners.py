"""The pages of the search for partners: begin, result, marks, who is proposed."""

import pytest
from django.test import Client

from alpclusters.platform.network.models import MatchRun, PartnerMark
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.introductions import make_introduction, make_side
from tests.factories.network import make_posting

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HOME = "/en/workspace/partners/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trento():
    return make_side(
        "Legno", region="ITH2", summary={"it": "Costruzioni in legno."}, technologies=["timber"]
    )


@pytest.fixture
def maribor():
    return make_side(
        "Lesni grozd", region="SI03", summary={"sl": "Gradnja z lesom."}, technologies=["timber"]
    )


def search(side, **data):
    values = {
        "organisation": side.organisation.pk, "start": "profile", "text": "", "language": "en",
        "bridging": "0.2", **data,
    }  # fmt: skip
    return signed_in(side.user).post(HOME, values)


def result(side, **data) -> tuple[MatchRun, str]:
    search(side, **data)
    run = MatchRun.objects.latest("pk")
    return run, signed_in(side.user).get(f"{HOME}runs/{run.pk}/").content.decode()


@pytest.mark.usefixtures("maribor")
def test_result_shows_partner_points_parts_and_reasons(trento):
    run, page = result(trento)

    assert run.made_by == trento.user
    assert "Lesni grozd" in page
    assert "of 100 points" in page
    assert "based on 2 of 5 parts" in page
    assert "Both work on:" in page
    assert "no data" in page
    assert "it is no probability" in page
    assert "Text model: letters 1" in page
    assert "your own organisation: 1" in page


def test_need_must_be_written(trento):
    answer = search(trento, start="need", text="wood")

    assert answer.status_code == 422
    assert "Write at least a sentence" in answer.content.decode()
    assert not MatchRun.objects.exists()


def test_unknown_region_is_refused_and_known_ones_narrow(trento, maribor):
    make_side("Holz", region="AT32", technologies=["timber"])

    assert search(trento, regions="XX9").status_code == 422
    run, page = result(trento, regions="si03")

    assert [one["organisation"] for one in run.results] == [maribor.organisation.pk]
    assert "outside the countries and regions you chose: 1" in page


@pytest.mark.usefixtures("maribor")
def test_only_speakers_and_coordinators_search_and_see_the_result(trento):
    run, _page = result(trento)
    path = f"{HOME}runs/{run.pk}/"
    region = make_region("ITH2")
    coordinator = make_user_with("partner_coordinator", region=region)
    neighbour = make_user_with("partner_coordinator", region=make_region("AT32"))

    assert signed_in(make_user()).get(HOME).status_code == 403
    assert signed_in(make_side().user).get(path).status_code == 404
    assert signed_in(neighbour).get(path).status_code == 404
    seen = signed_in(coordinator).get(path).content.decode()
    assert "Lesni grozd" in seen
    # A coordinator does not ask in the place of somebody else.
    assert "Ask for an introduction" not in seen


def test_dismissing_and_undoing(trento, maribor):
    run, _page = result(trento)
    client = signed_in(trento.user)
    path = f"{HOME}mark/{trento.organisation.pk}/{maribor.organisation.pk}/"

    answer = client.post(path, {"do": "dismissed", "run": run.pk})
    assert answer["Location"] == f"{HOME}runs/{run.pk}/#p{maribor.organisation.pk}"
    assert PartnerMark.objects.get().mark == "dismissed"
    assert result(trento)[0].results == []
    assert "Lesni grozd" in client.get(f"{HOME}remembered/").content.decode()

    client.post(path, {"do": "undo"})

    assert not PartnerMark.objects.exists()
    assert len(result(trento)[0].results) == 1


def test_mark_of_another_organisation_cannot_be_set(trento, maribor):
    path = f"{HOME}mark/{trento.organisation.pk}/{maribor.organisation.pk}/"

    assert signed_in(maribor.user).post(path, {"do": "dismissed"}).status_code == 404


def test_request_for_an_introduction_keeps_score_and_parts(trento, maribor):
    run, page = result(trento)
    pks = f"{trento.organisation.pk}/{maribor.organisation.pk}"
    path = f"/en/workspace/introductions/ask/{pks}/?run={run.pk}"
    assert path.replace("&", "&amp;") in page

    message = "We plan a joint training for timber builders."
    signed_in(trento.user).post(path, {"message": message, "language": "en"})

    made = run.introductions.get()
    assert made.score == run.results[0]["score"]
    assert made.parts == run.results[0]["parts"]
    after = signed_in(trento.user).get(f"{HOME}runs/{run.pk}/").content.decode()
    assert "waits for an answer" in after


def test_search_starts_from_a_posting_of_ones_own(trento, maribor):
    posting = make_posting(trento.organisation, title="Training wanted", text="For carpenters.")

    answer = signed_in(trento.user).post(f"{HOME}posting/{posting.pk}/", {"bridging": "0.2"})

    run = MatchRun.objects.get()
    assert answer.status_code == 302
    assert (run.start, run.posting, run.text) == ("posting", posting, "")
    assert signed_in(maribor.user).get(f"{HOME}posting/{posting.pk}/").status_code == 404


def test_coordinators_see_who_is_proposed_how_often(trento, maribor):
    result(trento)
    path = f"{HOME}exposure/"
    page = signed_in(make_user_with("partner_coordinator")).get(path).content.decode()

    assert "Unevenness (Gini)" in page
    assert "Lesni grozd" in page
    assert signed_in(maribor.user).get(path).status_code == 403


def test_simulated_search_is_marked():
    fields = {"body_is_simulated": True, "technologies": ["timber"]}
    one, other = make_side("One", **fields), make_side("Other", **fields)
    make_introduction(one, other)

    _run, page = result(one)

    assert "simulated" in page
    assert "Other" in page

import re

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.policy.models import Recommendation
from tests.factories.evaluation import VARIED, fill, join, make_cafe, make_snapshot, rate
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

RUNS = {"owner": 302, "colleague": 302, "neighbour": 403, "stranger": 404, "visitor": 302}


def rated_cafe(**fields):
    cafe = make_cafe(**fields)
    fill(cafe, {"AT32": VARIED})
    return cafe


@pytest.mark.parametrize("who", FIVE)
def test_evaluating_is_for_those_who_run_the_cafe(client, who):
    cafe = rated_cafe()

    answer = sign_in(client, who, cafe).post(f"/en/workspace/cafes/{cafe.pk}/evaluate/")

    assert answer.status_code == RUNS[who]
    assert Snapshot.objects.count() == (1 if who in {"owner", "colleague"} else 0)


def test_evaluating_leads_to_the_snapshot(client):
    cafe = rated_cafe()

    answer = sign_in(client, "owner", cafe).post(
        f"/en/workspace/cafes/{cafe.pk}/evaluate/", follow=True
    )

    page = answer.content.decode()
    assert "Evaluated: snapshot 1 is stored." in page
    assert "No measure stands out" in page


def test_cafe_that_never_opened_says_why_it_cannot_be_evaluated(client):
    cafe = make_cafe(state=AlpCafe.State.DRAFT)

    answer = sign_in(client, "owner", cafe).post(
        f"/en/workspace/cafes/{cafe.pk}/evaluate/", follow=True
    )

    assert "there is nothing to evaluate" in answer.content.decode()


def test_reading_an_evaluate_address_changes_nothing(client):
    cafe = rated_cafe()

    answer = sign_in(client, "owner", cafe).get(f"/en/workspace/cafes/{cafe.pk}/evaluate/")

    assert (answer.status_code, Snapshot.objects.count()) == (405, 0)


@pytest.mark.parametrize("who", FIVE)
def test_releasing_is_for_those_who_run_the_cafe(client, who):
    snapshot = make_snapshot()

    sign_in(client, who, snapshot.cafe).post(f"/en/workspace/snapshots/{snapshot.pk}/release/")

    released = Snapshot.objects.get().is_released
    assert released == (who in {"owner", "colleague"})


def test_release_asks_once_and_tells_that_the_earlier_version_stays(client):
    first = make_snapshot(released=True)
    rate(join(first.cafe, region="AT32"), 2)
    second = make_snapshot(cafe=first.cafe)
    signed_in = sign_in(client, "owner", first.cafe)

    asked = signed_in.get(f"/en/workspace/snapshots/{second.pk}/release/").content.decode()
    done = signed_in.post(f"/en/workspace/snapshots/{second.pk}/release/", follow=True)

    assert "Release the evaluation?" in asked
    assert "Checked: for each of the" in asked
    assert "Snapshot 1 stays public" in done.content.decode()


def test_stranger_with_an_account_may_not_use_the_workspace_page_of_a_released_snapshot(client):
    snapshot = make_snapshot(released=True)

    answer = sign_in(client, "stranger", snapshot.cafe).get(
        f"/en/workspace/snapshots/{snapshot.pk}/"
    )

    assert answer.status_code == 403


def test_ticked_measures_become_drafts(client):
    snapshot = make_snapshot(measures=("fair", "pilot"))
    pk = snapshot.data["measures"][1]["pk"]
    signed_in = sign_in(client, "colleague", snapshot.cafe)

    answer = signed_in.post(
        f"/en/workspace/snapshots/{snapshot.pk}/recommendations/", {"measures": [pk]}, follow=True
    )

    assert [r.title.inside("en") for r in Recommendation.objects.all()] == ["Pilot action"]
    assert "1 recommendation is ready as a draft." in answer.content.decode()


def test_nothing_ticked_is_told_at_the_field(client):
    snapshot = make_snapshot()

    answer = sign_in(client, "colleague", snapshot.cafe).post(
        f"/en/workspace/snapshots/{snapshot.pk}/recommendations/"
    )

    assert answer.status_code == 422
    assert "Choose at least one measure." in answer.content.decode()


def test_facilitator_may_not_derive_recommendations(client):
    snapshot = make_snapshot()

    answer = sign_in(client, "owner", snapshot.cafe).post(
        f"/en/workspace/snapshots/{snapshot.pk}/recommendations/", {"measures": ["1"]}
    )

    assert answer.status_code == 403


def test_policy_maker_may_derive_recommendations(client):
    snapshot = make_snapshot()
    pk = snapshot.data["measures"][0]["pk"]

    sign_in(client, "owner", snapshot.cafe, Role.POLICY_MAKER).post(
        f"/en/workspace/snapshots/{snapshot.pk}/recommendations/", {"measures": [pk]}
    )

    assert Recommendation.objects.count() == 1


SEVEN = (5, 4, 3, 2, 4, 1, 3)


def small_snapshot():
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": SEVEN}, measures=("fair", "pilot"))
    return make_snapshot(cafe=cafe)


def test_seven_people_read_why_no_recommendation_follows_and_the_one_thing_to_do(client):
    snapshot = small_snapshot()

    page = (
        sign_in(client, "colleague", snapshot.cafe)
        .get(f"/en/workspace/snapshots/{snapshot.pk}/")
        .content.decode()
    )

    assert "No ratings yet" not in page
    assert "Nobody gave an answer that can be used" not in page
    assert re.search(r"<dt>Ratings</dt><dd[^>]*>withheld", page)
    assert "Too few people rated for means: three bands are shown" in page
    assert "With fewer than ten people, a mean with its uncertainty would tell" in page
    assert "1–2: 2, 3: 2, 4–5: 3" in page
    assert 'id="derive"' not in page
    assert f'href="/en/workspace/projects/{snapshot.cafe.project.slug}/findings/"' in page


def test_measure_without_a_mean_is_named_beside_those_that_can_be_ticked(client):
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": VARIED})
    fill(cafe, {"AT32": [4] * 3}, measures=("pilot",))
    snapshot = make_snapshot(cafe=cafe)

    page = (
        sign_in(client, "colleague", cafe)
        .get(f"/en/workspace/snapshots/{snapshot.pk}/")
        .content.decode()
    )

    assert "Not offered, because no mean is shown: Pilot action." in page


def test_recommendation_cannot_be_begun_without_a_finding_and_the_form_says_where_to_get_one(
    client,
):
    snapshot = small_snapshot()
    slug = snapshot.cafe.project.slug

    page = (
        sign_in(client, "colleague", snapshot.cafe)
        .get(f"/en/workspace/projects/{slug}/recommendations/new/")
        .content.decode()
    )

    assert "An AlpCafé gives them from ten people on" in page
    assert f'href="/en/workspace/projects/{slug}/findings/"' in page

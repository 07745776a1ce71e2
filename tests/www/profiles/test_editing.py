"""A manager fills in a profile part by part; what somebody else saved is never written over."""

from datetime import date

import pytest
from django.test import Client

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.editing import change_profile
from alpclusters.platform.actors.models import Claim, ClusterOrganisation
from alpclusters.platform.history import history_of
from alpclusters.www.workspace.profiles.parts import PARTS
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BASE = "/en/workspace/profiles/test/"


@pytest.fixture
def cluster():
    region = make_region("AT312")
    return make_profile(
        "Test cluster (simulated)", slug="test", body_region=region, body_is_simulated=True
    )


@pytest.fixture
def manager(cluster):
    user = make_user(email="manager@example.org")
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at="2026-01-01T00:00Z")
    return user


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def fresh(cluster) -> ClusterOrganisation:
    return ClusterOrganisation.objects.select_related("organisation").get(pk=cluster.pk)


def version_in(page) -> str:
    return page.context["form"].newest


MEMBERS = {
    "n_sme": "20",
    "n_start_up": "0",
    "n_large": "",
    "n_research": "2",
    "n_public": "0",
    "n_civil": "0",
    "n_other": "0",
    "n_abroad": "",
    "counted_on": "2026-05-01",
    "public_cooperation": "yes",
}


def test_zero_members_and_unknown_members_are_kept_apart(client, cluster):
    version = version_in(client.get(BASE + "edit/members/"))

    answer = client.post(BASE + "edit/members/", {**MEMBERS, "version": version})

    assert answer.headers["Location"] == BASE + "edit/"
    saved = fresh(cluster)
    assert (saved.n_public, saved.n_large, saved.n_start_up) == (0, None, 0)
    assert (saved.public_cooperation, saved.counted_on) == (True, date(2026, 5, 1))
    # No import writes over these.
    assert {"n_public", "n_sme"} <= set(saved.organisation.edited_fields)
    assert saved.organisation.changed_at > cluster.organisation.changed_at
    shown = client.get(BASE + "edit/members/").context["form"]
    assert [shown[name].value() for name in ("n_public", "n_large")] == [0, None]


def test_what_is_right_is_saved_and_the_rest_stays_in_the_form(client, cluster):
    version = version_in(client.get(BASE + "edit/name/"))
    filled = {"name": "Test cluster (simulated)", "website": "no address", "founded": "1999"}

    page = client.post(BASE + "edit/name/", {**filled, "version": version})

    assert page.status_code == 422
    assert fresh(cluster).organisation.founded == 1999
    assert 'value="no address"' in page.content.decode()
    again = {**filled, "website": "example.org", "version": page.context["form"]["version"].value()}
    assert client.post(BASE + "edit/name/", again).status_code == 302
    assert fresh(cluster).organisation.website == "https://example.org"


def test_somebody_elses_change_of_the_same_part_is_shown_and_kept(client, cluster):
    version = version_in(client.get(BASE + "edit/members/"))
    other = make_user_with(Role.ADMINISTRATOR)
    change_profile(cluster, {"n_sme": 7}, by=other, reason="edit")

    page = client.post(BASE + "edit/members/", {**MEMBERS, "version": version})

    assert page.status_code == 422
    assert fresh(cluster).n_sme == 7
    assert [c.title for c in page.context["conflicts"]] == ["Small and medium-sized firms"]
    again = {**MEMBERS, "version": page.context["form"]["version"].value()}
    client.post(BASE + "edit/members/", again)
    assert fresh(cluster).n_sme == 20


def test_a_change_of_another_part_is_no_conflict(client, cluster):
    version = version_in(client.get(BASE + "edit/members/"))
    other = make_user_with(Role.ADMINISTRATOR)
    change_profile(cluster, {"programme": "A programme (simulated)"}, by=other, reason="edit")

    assert client.post(BASE + "edit/members/", {**MEMBERS, "version": version}).status_code == 302
    assert fresh(cluster).programme == "A programme (simulated)"


def test_shares_say_what_is_missing_and_cannot_be_more_than_the_whole(client, cluster):
    version = version_in(client.get(BASE + "edit/money/"))
    client.post(BASE + "edit/money/", {"share_fees": "60", "version": version})
    page = client.get(BASE + "edit/money/")
    assert "40 per cent are missing to 100." in page.content.decode()

    more = {"share_fees": "60", "share_services": "50", "version": version_in(page)}
    refused = client.post(BASE + "edit/money/", more)

    assert refused.status_code == 422
    assert fresh(cluster).financing == {"fees": 60}


def test_more_start_ups_than_firms_are_refused(client, cluster):
    version = version_in(client.get(BASE + "edit/members/"))

    page = client.post(
        BASE + "edit/members/", {**MEMBERS, "n_sme": "3", "n_start_up": "4", "version": version}
    )

    assert list(page.context["form"].errors) == ["n_start_up"]
    assert fresh(cluster).n_sme == 3


def test_sectors_are_searched_chosen_ordered_and_taken_away(client, cluster):
    found = client.get(BASE + "sectors/?q=28.4").context["found"]
    assert [code for code, _ in found] == ["28.4", "28.41", "28.49"]

    for do, code in [("add", "28.41"), ("add", "22"), ("main", "22"), ("add", "C"), ("add", "x")]:
        client.post(BASE + "sectors/", {"do": do, "code": code})
    assert fresh(cluster).sectors == ["22", "28.41"]

    client.post(BASE + "sectors/", {"do": "remove", "code": "22"})
    for code in ("10", "11", "12", "13", "14"):
        client.post(BASE + "sectors/", {"do": "add", "code": code})
    assert fresh(cluster).sectors == ["28.41", "10", "11", "12", "13"]


def test_a_market_is_named_changed_and_taken_away(client, cluster):
    client.post(BASE + "markets/", {"country": "JP", "aims": ["sell"]})
    client.post(BASE + "markets/", {"country": "JP", "aims": ["sell", "research"]})
    client.post(BASE + "markets/", {"country": "XX", "aims": ["sell"]})

    assert fresh(cluster).target_markets == [{"country": "JP", "aims": ["sell", "research"]}]
    client.post(BASE + "markets/", {"remove": "JP"})
    assert fresh(cluster).target_markets == []


def test_a_label_gets_its_period_and_counts(client, cluster):
    client.post(
        BASE + "labels/", {"scheme": "ecei", "level": "bronze", "first_awarded": "2026-06-10"}
    )

    label = cluster.labels.get()
    assert (label.valid_from, label.valid_to) == (date(2026, 6, 1), date(2028, 5, 31))
    client.post(f"{BASE}labels/{label.pk}/remove/")
    assert not cluster.labels.exists()
    assert list(history_of(label).values_list("history_type", flat=True)) == ["-", "+"]


def test_a_region_is_found_by_name_and_a_wrong_one_said(client, cluster):
    make_region("SI04", name="Zahodna Slovenija")
    version = version_in(client.get(BASE + "edit/place/"))
    form = {"region": "zahodna slovenija", "catchment_text": "SI04; at312", "version": version}

    client.post(BASE + "edit/place/", form)

    saved = fresh(cluster)
    assert (saved.organisation.region.code, saved.organisation.country) == ("SI04", "SI")
    assert saved.catchment == ["AT312", "SI04"]
    assert saved.organisation.edited_fields == ["catchment", "country", "region"]
    form["version"] = version_in(client.get(BASE + "edit/place/"))
    wrong = client.post(BASE + "edit/place/", {**form, "region": "Atlantis"})
    assert list(wrong.context["form"].errors) == ["region"]


def test_the_next_most_useful_field_leads_to_its_part(client):
    page = client.get(BASE + "edit/").context["page"]

    assert (page.next.name, page.next.url) == ("Sectors", BASE + "sectors/")
    assert page.result.text == "not decided: facts are missing"


def test_confirming_makes_the_facts_verified(client, cluster, manager):
    client.post(BASE + "confirm/")

    saved = fresh(cluster)
    assert (saved.confirmed_by, saved.organisation.status) == (manager, "verified")
    assert saved.confirmed_on is not None


def test_every_change_has_author_time_and_difference(client, manager):
    version = version_in(client.get(BASE + "edit/members/"))
    client.post(BASE + "edit/members/", {**MEMBERS, "version": version})

    newest = client.get(BASE + "history/").context["versions"][0]

    assert newest.made_by == manager.email
    changed = {c.title: c.after.passages[0].text for c in newest.changes}
    assert changed["Public bodies"] == "0"
    assert changed["Works visibly with public bodies"] == "yes"


def test_only_a_coordinator_takes_an_older_version_back(client, cluster, manager):
    first = history_of(cluster).latest().history_id
    change_profile(cluster, {"n_sme": 7, "services": ["events"]}, by=manager, reason="edit")
    path = f"{BASE}history/profile/{first}/revert/"
    coordinator = Client()
    coordinator.force_login(make_user_with(Role.PARTNER_COORDINATOR, region=make_region("AT31")))

    assert client.post(path).status_code == 403
    assert coordinator.post(f"{BASE}history/profile/0/revert/").status_code == 404
    assert coordinator.post(path).status_code == 302

    saved = fresh(cluster)
    assert (saved.n_sme, saved.services) == (None, [])
    assert history_of(saved).latest().history_change_reason == f"revert:{first}"


@pytest.mark.parametrize(
    "path", ["edit/", "edit/members/", "sectors/", "markets/", "labels/", "history/"]
)
def test_a_stranger_may_not_and_a_hidden_profile_is_not_there(path, cluster):
    stranger = Client()
    stranger.force_login(make_user())

    assert stranger.get(BASE + path).status_code == 403
    cluster.organisation.is_listed = False
    cluster.organisation.save()
    assert stranger.get(BASE + path).status_code == 404


def test_every_part_is_shown_and_saved_empty(client, cluster):
    for part in (part for part in PARTS if part.form):
        path = f"{BASE}edit/{part.key}/"
        version = version_in(client.get(path))
        form = {"version": version, "name": "Test cluster (simulated)"}
        assert client.post(path, {**form, "next": "1"}).status_code == 302, part.key
    assert history_of(cluster).filter(history_type="~").count() == 0
    assert client.get(BASE + "edit/nothing/").status_code == 404

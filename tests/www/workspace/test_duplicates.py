"""The queue of duplicates: decide, merge field by field, undo."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.duplicates import propose_duplicates
from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import DuplicateProposal, Merge, PartOf, Person
from alpclusters.platform.actors.tasks import look_for_duplicates
from tests.factories.accounts import make_user_with
from tests.factories.cafe import NOW
from tests.factories.organisations import make_organisation, make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def pair():
    first = make_profile("Timber Cluster", slug="timber", body_town="Graz").organisation
    second = make_organisation("Timber-Cluster Ltd", website="https://timber.example", town="Linz")
    propose_duplicates()
    return first, second


@pytest.fixture
def coordinator(client):
    person = make_user_with(Role.PARTNER_COORDINATOR)
    client.force_login(person)
    return person


def address():
    return f"/en/workspace/duplicates/{DuplicateProposal.objects.get().pk}/"


@pytest.mark.usefixtures("coordinator", "pair")
def test_queue_says_how_alike_they_are_and_why(client):
    [view] = client.get("/en/workspace/duplicates/").context["pairs"]

    assert [side.organisation.name for side in view.sides] == [
        "Timber Cluster",
        "Timber-Cluster Ltd",
    ]
    assert view.reasons == ["names alike: 100 of 100", "different towns"]


@pytest.mark.usefixtures("coordinator")
def test_choices_are_words_in_the_language_of_the_reader(client):
    first = make_profile("Timber Cluster", body_is_simulated=True, body_source="simulated")
    second = make_profile("Timber-Cluster Ltd", body_is_simulated=True, body_helix="business")
    person = Person.objects.create(organisation=second.organisation, name="N. N.")
    second.manager = person
    second.save()
    second.organisation.level = "regional"
    second.organisation.save()
    propose_duplicates(among=[first.organisation_id])

    page = client.get(address().replace("/en/", "/sl/"))

    said = {view.label: [value.text for value in view.values] for view in page.context["choices"]}
    assert said["Družbeni sektor"] == ["neznano", "Gospodarstvo"]
    assert said["Raven"] == ["neznano", "regionalno"]
    assert said["Vir"] == ["izmišljeno za vzorčni projekt", "neznano"]
    assert said["Vodstvo"] == ["neznano", "N. N."]


@pytest.mark.usefixtures("pair")
def test_merging_takes_the_chosen_values(client, coordinator, pair):
    first, second = pair
    shown = client.get(address()).context["choices"]
    assert {c.key: next(v.side for v in c.values if v.is_chosen) for c in shown} == {
        "name": "first",
        "type": "first",
        "town": "first",
        "website": "second",
    }

    answer = client.post(
        address(),
        {"decision": "same", "stays": "first", "town": "second", "reason": "one address"},
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert answer["Location"] == "/en/workspace/duplicates/merges/"
    assert (first.town, first.website, first.name) == (
        "Linz",
        "https://timber.example",
        "Timber Cluster",
    )
    assert second.merged_into == first
    assert Merge.objects.get().made_by == coordinator


@pytest.mark.usefixtures("coordinator")
def test_the_second_can_stay_with_its_own_and_other_values(client, pair):
    first, second = pair

    client.post(address(), {"decision": "same", "stays": "second", "name": "first"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.merged_into == second
    assert (second.name, second.town, second.cluster.slug) == ("Timber Cluster", "Graz", "timber")


@pytest.mark.usefixtures("coordinator", "pair")
@pytest.mark.parametrize(("decision", "n_waiting"), [("different", 0), ("later", 1)])
def test_different_leaves_the_queue_and_later_stays(client, decision, n_waiting):
    client.post(address(), {"decision": decision})

    propose_duplicates()
    assert len(client.get("/en/workspace/duplicates/").context["pairs"]) == n_waiting
    assert Merge.objects.count() == 0


@pytest.mark.usefixtures("coordinator")
def test_a_merge_is_undone_from_the_list(client, pair):
    client.post(address(), {"decision": "same", "stays": "first"})
    made = Merge.objects.get()

    answer = client.post(f"/en/workspace/duplicates/merges/{made.pk}/undo/", follow=True)

    pair[1].refresh_from_db()
    assert pair[1].merged_into is None
    assert "Undone: both entries are as they were." in answer.content.decode()


@pytest.mark.usefixtures("coordinator", "pair")
def test_without_saying_which_stays_nothing_happens(client):
    answer = client.post(address(), {"decision": "same"})

    assert answer.status_code == 422
    assert Merge.objects.count() == 0


@pytest.mark.usefixtures("coordinator", "pair")
def test_a_pair_somebody_merged_meanwhile_is_gone(client):
    page = address()
    client.post(page, {"decision": "same", "stays": "first"})

    assert client.post(page, {"decision": "same", "stays": "first"}).status_code == 404
    assert Merge.objects.count() == 1


def test_the_worker_looks_for_pairs():
    make_organisation("Timber Cluster")
    make_organisation("Timber-Cluster Ltd")

    look_for_duplicates.func()

    assert DuplicateProposal.objects.count() == 1


# --- units ------------------------------------------------------------------------------------

UNITS = "/en/workspace/duplicates/units/"


@pytest.fixture
def part(coordinator):
    unit = make_organisation("Timber Laboratory")
    return set_parent(unit, make_organisation("Timber University"), by=coordinator, now=NOW)


@pytest.mark.usefixtures("coordinator")
def test_queue_says_that_one_may_be_a_unit(client):
    make_organisation("Timber Research")
    make_organisation("Timber Research Graz")
    propose_duplicates()

    [view] = client.get("/en/workspace/duplicates/").context["pairs"]

    assert view.reasons[-1] == "one name only adds a part or a place: perhaps a unit of the other"


@pytest.mark.parametrize(
    ("decision", "places"), [("first-is-unit", (0, 1)), ("second-is-unit", (1, 0))]
)
def test_one_of_a_pair_becomes_a_unit_of_the_other(client, coordinator, pair, decision, places):
    answer = client.post(address(), {"decision": decision, "reason": "its laboratory"}, follow=True)

    row = PartOf.objects.get()
    assert (row.unit, row.parent) == (pair[places[0]], pair[places[1]])
    assert row.set_by == coordinator
    assert row.history.get().history_change_reason == "its laboratory"
    assert answer.redirect_chain == [(UNITS, 302)]
    assert list(client.get("/en/workspace/duplicates/").context["pairs"]) == []
    assert Merge.objects.count() == 0


@pytest.mark.usefixtures("coordinator")
def test_a_refused_unit_says_why_and_how_to_go_on(client, pair):
    set_parent(pair[0], make_organisation("Timber University"), by=None, now=NOW)

    answer = client.post(address(), {"decision": "first-is-unit"}, follow=True)

    assert answer.redirect_chain == [(address(), 302)]
    page = answer.content.decode()
    assert "It is a unit of another organisation already: Timber University." in page
    assert "End that first, in the list of units." in page


@pytest.mark.usefixtures("coordinator")
def test_units_cannot_be_merged_with_their_parent(client, pair):
    set_parent(pair[1], pair[0], by=None, now=NOW)

    answer = client.post(address(), {"decision": "same", "stays": "first"})

    assert answer.status_code == 409
    assert "One of the two is a unit of the other: they stay two." in answer.content.decode()


def test_list_shows_unit_parent_and_who_said_it(client, part):
    page = client.get(UNITS)

    assert [one.pk for one, _unit, _parent in page.context["parts"]] == [part.pk]
    assert "Timber Laboratory" in page.content.decode()
    assert str(part.set_by) in page.content.decode()


@pytest.mark.parametrize(("decision", "n_kept"), [("ended", 1), ("mistake", 0)])
def test_what_ended_is_kept_and_a_mistake_is_not(client, part, decision, n_kept):
    answer = client.post(f"{UNITS}{part.pk}/end/", {"decision": decision}, follow=True)

    assert "Noted: it is no unit of the other any more." in answer.content.decode()
    assert PartOf.objects.count() == n_kept
    assert list(answer.context["parts"]) == []
    assert client.post(f"{UNITS}{part.pk}/end/", {"decision": decision}).status_code == 404


@pytest.mark.parametrize(("language", "word"), [("de", "Teil von"), ("sl", "Del")])
def test_list_is_in_the_language_of_the_reader(client, part, language, word):
    page = client.get(UNITS.replace("/en/", f"/{language}/"))

    assert f"{word}: " in page.content.decode()
    assert part.parent.name in page.content.decode()

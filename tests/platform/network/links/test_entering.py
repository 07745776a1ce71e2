"""A link is entered by one side and counts once the other side has confirmed it."""

from datetime import date, timedelta

import pytest

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.history import history_of
from alpclusters.platform.network.domain.links.entering import (
    LinkFacts,
    change_link,
    confirm_link,
    enter_link,
    links_in_care,
    refuse_link,
    versions,
    waiting_for,
    withdraw_link,
)
from alpclusters.platform.network.models import Link
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.evidence import make_initiative
from tests.factories.links import NOW, TODAY, make_body, make_link, make_speaker
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
AGREEMENT = LinkFacts(type="agreement", agreed_on=date(2024, 5, 2))


@pytest.fixture
def pair():
    return make_body("Wood Tyrol"), make_body("Les Slovenia", country="SI")


def entered(pair, facts=AGREEMENT, **fields):
    return enter_link(*pair, facts, by=None, now=NOW, **fields)


@pytest.mark.parametrize("is_turned", [False, True])
def test_pair_is_kept_in_order_whoever_enters_it(pair, is_turned):
    own, other = reversed(pair) if is_turned else pair

    link = enter_link(own, other, AGREEMENT, by=None, now=NOW)

    assert (link.first, link.second, link.entered_for) == (*pair, own)
    assert link.standing == Link.Standing.ENTERED
    assert list(Link.objects.counted()) == []


def test_other_side_confirms_and_then_it_counts(pair):
    link = entered(pair)
    speaker = make_speaker(pair[1])

    confirm_link(link, by=speaker, now=NOW, status="active_self")

    (link,) = Link.objects.counted()
    assert (link.standing, link.decided_by, link.status) == ("confirmed", speaker, "active_self")
    assert [(r.organisation, r.status) for r in link.reports.all()] == [(pair[1], "active_self")]


@pytest.mark.parametrize("who", ["own side", "coordinator", "administrator", "stranger"])
def test_nobody_else_confirms_or_refuses(pair, who):
    link = entered(pair)
    person = {
        "own side": lambda: make_speaker(pair[0]),
        "coordinator": lambda: make_user_with(Role.PARTNER_COORDINATOR),
        "administrator": lambda: make_user_with(Role.ADMINISTRATOR),
        "stranger": make_user,
    }[who]()

    for verb in (confirm_link, refuse_link):
        with pytest.raises(NotAllowedError, match=r"link\.other_side_only"):
            verb(link, by=person, now=NOW)


def test_itself_merged_and_invented_ones_are_refused(pair):
    gone = make_organisation(merged_into=pair[0])
    invented = make_body(is_simulated=True)

    for other, code in ((pair[0], "self"), (gone, "merged"), (invented, "simulated")):
        with pytest.raises(StateError, match=f"link.{code}"):
            enter_link(pair[0], other, AGREEMENT, by=None, now=NOW)
    assert Link.objects.count() == 0


def test_second_open_link_of_same_kind_and_funding_is_refused_from_either_side(pair):
    link = entered(pair, LinkFacts(funding="Alpine Space"))

    with pytest.raises(StateError, match=r"link\.exists") as raised:
        entered(reversed(pair), LinkFacts(funding="alpine space"))

    assert raised.value.values == {"link": link.pk}
    entered(pair, LinkFacts(funding="Horizon"))
    entered(pair, LinkFacts(type="exchange", funding="Alpine Space"))


def test_after_it_ended_or_was_refused_it_may_be_entered_again(pair):
    first = entered(pair, status="ended")
    second = entered(pair)
    refuse_link(second, by=make_speaker(pair[1]), now=NOW)

    third = entered(pair)

    assert len({first.pk, second.pk, third.pk}) == 3


def test_an_initiative_says_when_its_funding_ended(pair):
    initiative = make_initiative(end=date(2022, 6, 30))

    link = entered(pair, LinkFacts(initiative=initiative))

    assert link.funding_ends_on == date(2022, 6, 30)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        (
            {"started_on": date(2024, 2, 1), "ended_on": date(2024, 1, 1)},
            "dates_in_order",
            "ended_on",
        ),
        (
            {"started_on": date(2024, 2, 1), "funding_ends_on": date(2023, 1, 1)},
            "dates_in_order",
            "funding_ends_on",
        ),
        ({"agreed_on": TODAY + timedelta(days=1)}, "day_to_come", "agreed_on"),
    ],
)
def test_days_that_cannot_be_are_refused_with_their_field(pair, facts, code, field):
    with pytest.raises(InputError, match=f"link.{code}") as raised:
        entered(pair, LinkFacts(**facts))

    assert raised.value.where.field == field


def test_change_of_a_fact_of_both_asks_the_other_side_again(pair):
    link = make_link(*pair, type="agreement")

    assert change_link(link, AGREEMENT, own=pair[1], by=None, now=NOW)

    link.refresh_from_db()
    assert (link.standing, link.entered_for) == ("entered", pair[1])
    confirm_link(link, by=make_speaker(pair[0]), now=NOW)


def test_change_of_topic_and_note_asks_nobody(pair):
    link = make_link(*pair)

    assert change_link(link, LinkFacts(topic="Timber", note="x"), own=pair[1], by=None, now=NOW)

    link.refresh_from_db()
    assert (link.standing, link.topic, link.entered_for) == ("confirmed", "Timber", pair[0])


def test_change_to_the_same_changes_nothing(pair):
    link = make_link(*pair, topic="Timber")

    assert not change_link(link, LinkFacts.of(link), own=pair[0], by=None, now=NOW)

    assert history_of(link).count() == 1


def test_what_a_source_says_and_what_is_closed_is_not_changed(pair):
    derived = make_link(*pair, standing="source", entered_for=None)
    closed = make_link(*pair, standing="withdrawn")

    with pytest.raises(StateError, match=r"link\.of_source"):
        change_link(derived, AGREEMENT, own=pair[0], by=None, now=NOW)
    with pytest.raises(StateError, match=r"link\.closed"):
        change_link(closed, AGREEMENT, own=pair[0], by=None, now=NOW)


def test_only_a_side_changes_it(pair):
    link = make_link(*pair)

    with pytest.raises(StateError, match=r"link\.not_a_side"):
        change_link(link, AGREEMENT, own=make_body(), by=None, now=NOW)


def test_withdrawn_link_counts_no_more_and_cannot_be_confirmed(pair):
    link = entered(pair)
    withdraw_link(link, by=make_speaker(pair[0]), now=NOW)

    with pytest.raises(StateError, match=r"link\.decided"):
        confirm_link(link, by=make_speaker(pair[1]), now=NOW)
    with pytest.raises(StateError, match=r"link\.closed"):
        withdraw_link(link, by=make_speaker(pair[0]), now=NOW)


def test_either_side_says_that_a_derived_link_is_not_so(pair):
    link = make_link(*pair, standing="source", entered_for=None)

    refuse_link(link, by=make_speaker(pair[0]), now=NOW, note="We left early.")

    link.refresh_from_db()
    assert (link.standing, link.note) == ("refused", "We left early.")


def test_it_waits_for_speakers_of_the_other_side_only(pair):
    link = entered(pair)
    make_link(*pair)
    turned = entered((pair[1], pair[0]), LinkFacts(type="exchange"))

    assert list(waiting_for(make_speaker(pair[1]))) == [link]
    assert list(waiting_for(make_speaker(pair[0]))) == [turned]
    assert list(waiting_for(make_user_with(Role.PARTNER_COORDINATOR))) == []


def test_coordinators_see_the_links_of_their_region():
    inside = make_body(region=make_region("AT32"))
    link = make_link(inside, make_body(region=make_region("SI04")))
    make_link(make_body(region=make_region("SI04")), make_body())
    coordinator = make_user_with(Role.PARTNER_COORDINATOR, region=make_region("AT3"))

    assert list(links_in_care(coordinator)) == [link]
    assert links_in_care(make_user_with(Role.PARTNER_COORDINATOR)).count() == 2


def test_history_says_who_changed_what(pair):
    speaker = make_speaker(pair[0])
    link = enter_link(*pair, AGREEMENT, by=speaker, now=NOW)
    change_link(link, LinkFacts(type="exchange"), own=pair[0], by=speaker, now=NOW)

    newest, first = versions(link)

    assert (first.reason, newest.reason, newest.made_by) == ("enter", "change", str(speaker))
    assert {c.field: (c.before, c.after) for c in newest.changes} == {
        "type": ("agreement", "exchange"),
        "agreed_on": (date(2024, 5, 2), None),
    }

"""What came of it: asked after 3 and 12 months, stored, and turned into a link."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.network.domain.introductions.follow_ups import (
    Answer,
    DueFollowUp,
    current_follow_up,
    due_follow_ups,
    due_on,
    link_offer,
    link_token,
    note_asked,
    read_token,
    record_outcome,
    take_up_link,
)
from alpclusters.platform.network.models import Link
from tests.factories.introductions import NOW, make_accepted, make_introduction, make_side

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
THREE = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
TWELVE = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def trento():
    return make_side("Trento", region="ITH2")


@pytest.fixture
def maribor():
    return make_side("Maribor", region="SI03", language="sl")


@pytest.fixture
def accepted(trento, maribor):
    return make_accepted(trento, maribor)


def follow_up(introduction, side, months=3):
    return introduction.follow_ups.select_related("introduction").get(
        organisation=side.organisation, months=months
    )


def tell(introduction, side, outcome, *, months=3, now=THREE):
    return record_outcome(
        follow_up(introduction, side, months), Answer(outcome), by=side.user, now=now
    )


def asked(now):
    return sorted((one.user.pk, one.follow_up.months) for one in due_follow_ups(now))


def test_both_sides_are_asked_after_three_and_twelve_months_once(accepted, trento, maribor):
    both = [trento.user.pk, maribor.user.pk]
    assert due_on(follow_up(accepted, trento)) == THREE
    assert asked(THREE - timedelta(seconds=1)) == []
    assert asked(THREE) == [(pk, 3) for pk in sorted(both)]

    note_asked(due_follow_ups(THREE), now=THREE)

    assert asked(TWELVE - timedelta(days=1)) == []
    assert asked(TWELVE) == [(pk, 12) for pk in sorted(both)]


def test_who_told_shortly_before_is_not_asked(accepted, trento, maribor):
    tell(accepted, trento, "contact", now=THREE - timedelta(days=29))
    tell(accepted, maribor, "contact", now=NOW + timedelta(days=5))

    assert asked(THREE) == [(maribor.user.pk, 3)]


def test_request_that_was_not_accepted_has_no_outcome(trento, maribor):
    make_introduction(trento, maribor)

    assert due_follow_ups(TWELVE) == []


def test_that_nothing_came_of_it_cannot_be_said_at_once(accepted, trento):
    with pytest.raises(StateError, match=r"introduction\.too_early"):
        tell(accepted, trento, "nothing", now=NOW)

    assert tell(accepted, trento, "nothing", now=THREE).outcome == "nothing"


def test_page_asks_for_the_answer_of_its_time(accepted, trento):
    months = [
        current_follow_up(accepted, trento.organisation, now=now).months
        for now in (NOW, THREE, TWELVE - timedelta(days=31), TWELVE)
    ]

    assert months == [3, 3, 3, 12]


def test_link_of_a_mail_is_signed_and_ends_with_the_claim(accepted, trento):
    due = DueFollowUp(follow_up(accepted, trento), trento.user)
    token = link_token(due)

    assert read_token(token) == due
    assert read_token(token + "x") is None
    assert read_token(signing.dumps({"follow_up": due.follow_up.pk, "user": 1})) is None
    Claim.objects.filter(user=trento.user).update(state=Claim.State.WITHDRAWN)
    assert read_token(token) is None


def test_contact_makes_no_link(accepted, trento):
    tell(accepted, trento, "contact")

    assert not link_offer(accepted, trento.organisation).is_open
    with pytest.raises(StateError, match=r"introduction\.no_link"):
        take_up_link(accepted, trento.organisation, by=trento.user, now=THREE)


def test_first_word_enters_the_link_and_the_second_confirms_it(accepted, trento, maribor):
    tell(accepted, trento, "project")
    entered = take_up_link(accepted, trento.organisation, by=trento.user, now=THREE)
    assert (entered.standing, entered.type, entered.introduction) == (
        "entered",
        "joint_project",
        accepted,
    )
    assert not link_offer(accepted, trento.organisation).is_open
    assert link_offer(accepted, maribor.organisation).is_open

    confirmed = take_up_link(accepted, maribor.organisation, by=maribor.user, now=THREE)

    assert (confirmed.pk, confirmed.standing) == (entered.pk, "confirmed")
    assert list(Link.objects.counted()) == [confirmed]


def test_word_of_both_sides_confirms_the_link_at_once(accepted, trento, maribor):
    tell(accepted, maribor, "agreement")
    tell(accepted, trento, "agreement")

    made = take_up_link(accepted, trento.organisation, by=trento.user, now=THREE)

    assert (made.standing, made.decided_by) == ("confirmed", maribor.user)
    # Nobody said on which day they signed.
    assert made.agreed_on is None

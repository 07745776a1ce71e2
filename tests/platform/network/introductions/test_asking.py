"""Asking for an introduction: who can be asked, how often, and what is refused."""

from datetime import timedelta

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.introductions.answering import (
    MOST_OPEN,
    PEACE,
    accept_introduction,
    contact_of,
    decline_introduction,
    due_to_lapse,
    lapse_introduction,
    readers_of,
    waiting_for,
    withdraw_introduction,
)
from alpclusters.platform.network.models import Introduction
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_region
from tests.factories.introductions import NOW, make_accepted, make_introduction, make_side
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def trento():
    return make_side("Trento", region="ITH2")


@pytest.fixture
def maribor():
    return make_side("Maribor", region="SI03", language="sl")


def code_of(asking, asked, **fields):
    with pytest.raises(StateError) as refused:
        make_introduction(asking, asked, **fields)
    return refused.value.code


def test_request_waits_for_the_other_side_and_keeps_its_history(trento, maribor):
    made = make_introduction(trento, maribor, score=71.5)

    assert (made.state, made.score, made.asked_by) == ("asked", 71.5, trento.user)
    assert list(waiting_for(maribor.user)) == [made]
    assert list(waiting_for(trento.user)) == []
    assert [one.history_user for one in made.history.all()] == [trento.user]


def test_nobody_is_introduced_to_itself(trento):
    assert code_of(trento, trento) == "introduction.same"


def test_simulated_and_real_organisations_stay_apart(trento):
    invented = make_side("Invented", body_is_simulated=True)

    assert code_of(trento, invented) == "introduction.simulated"


@pytest.mark.parametrize("change", [{"is_listed": False}, {"merged_into": "other"}])
def test_who_is_not_in_the_directory_cannot_be_asked(trento, maribor, change):
    if "merged_into" in change:
        change = {"merged_into": make_profile().organisation}
    type(maribor.organisation).objects.filter(pk=maribor.organisation.pk).update(**change)
    maribor.organisation.refresh_from_db()

    assert code_of(trento, maribor) == "introduction.gone"


def test_same_request_is_not_sent_twice_in_either_direction(trento, maribor):
    make_introduction(trento, maribor)

    assert code_of(trento, maribor) == "introduction.open"
    assert code_of(maribor, trento) == "introduction.they_asked"


def test_who_declined_is_left_in_peace_for_some_time(trento, maribor):
    decline_introduction(make_introduction(trento, maribor), by=maribor.user, now=NOW)

    assert code_of(trento, maribor, now=NOW + PEACE - timedelta(days=1)) == "introduction.declined"
    assert make_introduction(trento, maribor, now=NOW + PEACE).state == "asked"


def test_only_ten_requests_are_open_at_a_time(trento):
    others = [make_side() for _ in range(MOST_OPEN + 1)]
    made = [make_introduction(trento, other) for other in others[:MOST_OPEN]]

    assert code_of(trento, others[-1]) == "introduction.too_many"
    withdraw_introduction(made[0], by=trento.user, now=NOW)
    assert make_introduction(trento, others[-1]).state == "asked"


def test_first_decision_counts(trento, maribor):
    made = make_introduction(trento, maribor)
    withdraw_introduction(made, by=trento.user, now=NOW)

    with pytest.raises(StateError, match=r"introduction\.decided"):
        accept_introduction(made, by=maribor.user, now=NOW)


def test_addresses_pass_only_on_agreement_and_only_of_the_two(trento, maribor):
    made = make_introduction(trento, maribor)
    assert contact_of(made, trento.organisation) is None
    assert contact_of(made, maribor.organisation) is None

    accepted = accept_introduction(made, by=maribor.user, now=NOW)

    assert contact_of(accepted, trento.organisation) == trento.user
    assert contact_of(accepted, maribor.organisation) == maribor.user


def test_closed_account_is_no_contact(trento, maribor):
    made = make_accepted(trento, maribor)
    type(trento.user).objects.filter(pk=trento.user.pk).update(is_active=False)
    made = Introduction.objects.get(pk=made.pk)

    assert contact_of(made, trento.organisation) is None


def test_without_a_speaker_the_coordinators_of_the_region_pass_it_on():
    region = make_region("SI04")
    coordinator = make_user_with("partner_coordinator", region=region)
    make_user_with("partner_coordinator", region=make_region("AT32"))
    silent = make_profile(body_region=region).organisation

    readers = readers_of(silent)

    assert (list(readers.people), readers.pass_on) == ([coordinator], True)


def test_request_without_an_answer_lapses_after_sixty_days(trento, maribor):
    made = make_introduction(trento, maribor)
    just_before = NOW + timedelta(days=60) - timedelta(seconds=1)

    assert due_to_lapse(just_before) == []
    assert due_to_lapse(NOW + timedelta(days=60)) == [made]
    assert lapse_introduction(made, now=NOW + timedelta(days=60))
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("lapsed", None)
    assert not lapse_introduction(made, now=NOW + timedelta(days=61))

"""Which steps a body can take, and what each needs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.endorsing.deciding import (
    TABLE,
    Body,
    Decision,
    ask_body,
    decide,
    find_endorsement,
    mark_seen,
    token_of,
    withdraw,
)
from alpclusters.platform.policy.domain.endorsing.records import endorsements_of
from alpclusters.platform.policy.models import Endorsement
from tests.factories.evaluation import NOW, make_region
from tests.factories.policy import adopt, make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = NOW.date()
YES = Decision("endorsed", "yes", "Head of unit", TODAY)


@pytest.fixture
def asked():
    body = Body("Land Salzburg", "AT", make_region("AT32"))
    return ask_body(adopt(make_recommendations()[0]), body, by=None, now=NOW)


def test_a_body_is_asked_once_and_keeps_its_answer(asked):
    decide(asked, YES, by=None, now=NOW)

    again = ask_body(asked.recommendation, Body(" Land Salzburg "), by=None, now=NOW)

    assert again.pk == asked.pk
    assert again.state == "endorsed"
    assert again.region.code == "AT32"


def test_a_plan_is_endorsed_as_well():
    plan = make_plan(published=True)

    ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)

    assert endorsements_of(plan).n_asked == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(YES, mandate=" "), "endorsement.no_mandate"),
        (replace(YES, applies=""), "endorsement.no_applies"),
        (replace(YES, state="reserved"), "endorsement.no_reservation"),
        (replace(YES, state="declined"), "endorsement.no_reason"),
        (replace(YES, decided_on=TODAY + timedelta(days=1)), "endorsement.future"),
    ],
)
def test_a_decision_needs_its_texts(asked, said, code):
    with pytest.raises(InputError) as found:
        decide(asked, said, by=None, now=NOW)

    assert found.value.code == code
    assert Endorsement.objects.get().state == "invited"


def test_a_decision_with_a_reservation_is_in_the_log(asked):
    decide(asked, replace(YES, state="reserved", reservation="Not fairs."), by=None, now=NOW)

    log = endorsements_of(asked.recommendation)

    assert (log.n_asked, log.n_waiting, log.n_endorsed) == (1, 0, 1)
    assert log.decided[0].reservation == "Not fairs."
    assert log.decided[0].mandate == "Head of unit"


def test_it_is_withdrawn_with_a_reason_and_counts_no_more(asked):
    decide(asked, YES, by=None, now=NOW)
    with pytest.raises(InputError):
        withdraw(asked, reason=" ", on=TODAY, by=None, now=NOW)

    withdraw(asked, reason="New government", on=TODAY, by=None, now=NOW)

    log = endorsements_of(asked.recommendation)
    assert log.n_endorsed == 0
    assert log.decided[0].reason == "New government"


@pytest.mark.parametrize("state", Endorsement.State.values)
@pytest.mark.parametrize("to", ["seen", "endorsed", "withdrawn"])
def test_what_is_not_in_the_table_is_refused_with_what_is(asked, state, to):
    Endorsement.objects.update(state=state)
    steps = {
        "seen": lambda: mark_seen(asked),
        "endorsed": lambda: decide(asked, YES, by=None, now=NOW),
        "withdrawn": lambda: withdraw(asked, reason="Why", on=TODAY, by=None, now=NOW),
    }
    if to in TABLE[state]:
        assert steps[to]().state == to
        return

    with pytest.raises(StateError) as found:
        steps[to]()

    assert found.value.expected == ", ".join(TABLE[state])
    assert Endorsement.objects.get().state == state


def test_a_link_is_found_by_its_secret_alone(asked):
    assert find_endorsement(token_of(asked)) == asked
    assert find_endorsement(signing.dumps(asked.pk, salt="other")) is None


@given(token=st.text(max_size=40))
def test_no_other_text_is_a_link(token):
    assert find_endorsement(token) is None


def test_a_reservation_is_not_the_day(asked):
    decided = decide(asked, replace(YES, decided_on=date(2020, 1, 1)), by=None, now=NOW)

    assert decided.decided_on == date(2020, 1, 1)

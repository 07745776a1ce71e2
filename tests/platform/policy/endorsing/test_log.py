"""Nothing that a body decided is lost: the log keeps every step."""

from datetime import timedelta

import pytest
from django.utils import translation

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.endorsing.deciding import (
    Body,
    Decision,
    ask_body,
    decide,
    mark_seen,
    withdraw,
)
from alpclusters.platform.policy.domain.endorsing.records import (
    endorsements_of,
    steps_by_recommendation,
)
from alpclusters.platform.policy.models import EndorsementStep
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import NOW
from tests.factories.policy import adopt, make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = NOW.date()
RESERVED = Decision("reserved", "in_part", "Head of unit", TODAY, reservation="Not the fairs.")


def ask(thing, name="Land Salzburg"):
    return ask_body(thing, Body(name), by=None, now=NOW)


def test_log_keeps_what_was_decided_before_it_was_taken_back():
    plan = make_plan(published=True)
    asked = ask(plan)
    mark_seen(asked, by_link=True, now=NOW)
    decide(asked, RESERVED, by=None, by_link=True, now=NOW)
    withdraw(asked, reason="New vote", on=TODAY, by=None, by_link=True, now=NOW)

    steps = EndorsementStep.objects.order_by("pk").values_list("before", "after")
    log = endorsements_of(plan).steps

    assert list(steps) == [
        ("", "invited"), ("invited", "seen"), ("seen", "reserved"), ("reserved", "withdrawn"),
    ]  # fmt: skip
    assert [(one.before, one.after, one.words) for one in log] == [
        ("seen", "reserved", "Not the fairs."), ("reserved", "withdrawn", "New vote"),
    ]  # fmt: skip
    assert all(one.by_link and one.body == "Land Salzburg" and one.on == TODAY for one in log)


def test_body_that_was_only_asked_is_not_named_in_the_log():
    plan = make_plan(published=True)
    mark_seen(ask(plan), now=NOW)

    assert endorsements_of(plan).steps == ()


def test_body_that_is_asked_again_adds_no_step():
    plan = make_plan(published=True)
    ask(plan)
    ask(plan)

    assert EndorsementStep.objects.count() == 1


@pytest.mark.parametrize("role", [Role.POLICY_MAKER, Role.PARTNER_COORDINATOR, Role.ADMINISTRATOR])
def test_who_enters_a_decision_stands_there_by_role_and_not_by_name(role):
    plan = make_plan(published=True)
    project = None if role == Role.ADMINISTRATOR else plan.project
    decide(ask(plan), RESERVED, by=make_user_with(role, project=project), now=NOW)

    (line,) = endorsements_of(plan).steps

    assert (line.role, line.by_link) == (role, False)


def test_role_in_another_project_is_none_here():
    plan = make_plan(published=True)
    decide(ask(plan), RESERVED, by=make_user(), now=NOW)

    assert endorsements_of(plan).steps[0].role == ""


def test_words_of_a_body_keep_the_language_in_which_they_were_said():
    plan = make_plan(published=True)
    with translation.override("fr"):
        decide(ask(plan), RESERVED, by=None, now=NOW)
    withdraw(plan.endorsements.get(), reason="Novo", on=TODAY, language="sl", by=None, now=NOW)

    log = endorsements_of(plan)

    assert [one.language for one in log.steps] == ["fr", "sl"]
    assert log.decided[0].language == "sl"


def test_log_is_in_the_order_in_which_it_was_noted_and_by_recommendation():
    first, second = map(adopt, make_recommendations(("fair", "pilot")))
    for place, (one, name) in enumerate([(first, "B"), (first, "A"), (second, "C")]):
        decide(ask(one, name), RESERVED, by=None, now=NOW + timedelta(minutes=place))

    found = steps_by_recommendation([first.pk, second.pk])

    assert {pk: [line.body for line in lines] for pk, lines in found.items()} == {
        first.pk: ["B", "A"], second.pk: ["C"],
    }  # fmt: skip

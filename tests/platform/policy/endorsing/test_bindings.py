"""An endorsement is bound to the text it was given to; a later text was never endorsed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.policy.domain.consulting.steps import (
    Wanted,
    create_consultation,
    open_consultation,
)
from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text, is_askable
from alpclusters.platform.policy.domain.endorsing.deciding import (
    Body,
    Decision,
    ask_body,
    decide,
)
from alpclusters.platform.policy.domain.endorsing.records import endorsements_of
from alpclusters.platform.policy.domain.plans import edit_plan, publish_plan, withdraw_plan
from alpclusters.platform.policy.domain.versions import new_version
from alpclusters.platform.policy.models import ActionPlan, Endorsement, Recommendation
from tests.factories.evaluation import NOW, in_five, in_inputs
from tests.factories.policy import adopt, make_plan, make_recommendations
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CHAMBER = Body("Chamber of tests")
LATER = NOW + timedelta(days=30)
NO = Decision("declined", "no", "President", NOW.date(), reason="The summary promises too much.")
YES = Decision("endorsed", "yes", "President", NOW.date())


def rewritten(plan: ActionPlan) -> ActionPlan:
    """Take a plan back, write its summary anew and publish it again."""
    draft = withdraw_plan(plan, by=None)
    draft = edit_plan(draft, texts=in_inputs("summary", ["Another promise"] * 5), by=None)
    return publish_plan(draft, by=None, now=LATER)


def test_a_draft_plan_is_asked_about_with_nobody():
    plan = make_plan()

    with pytest.raises(StateError) as refused:
        ask_body(plan, CHAMBER, by=None, now=NOW)

    assert refused.value.code == "endorsement.text_open"
    assert not Endorsement.objects.exists()
    assert not is_askable(plan)


@pytest.mark.parametrize("state", Recommendation.State.values)
def test_a_recommendation_is_asked_about_once_it_is_adopted(state):
    found = make_recommendations()[0]
    Recommendation.objects.filter(pk=found.pk).update(state=state)
    found.refresh_from_db()

    assert is_askable(found) is (state in {"adopted", "published"})


def test_a_recommendation_is_asked_about_while_a_consultation_keeps_its_text():
    found = make_recommendations()[0]
    Recommendation.objects.filter(pk=found.pk).update(addressee="Ministry of tests")
    found.refresh_from_db()
    wanted = Wanted(in_five("title", ["Talk"] * 5), "public", NOW.date(), date(2026, 8, 1), [found])
    held = open_consultation(create_consultation(found.project, wanted, by=None), by=None, now=NOW)
    found.refresh_from_db()
    asked = ask_body(found, CHAMBER, by=None, now=NOW)

    assert (asked.version, asked.text_on) == (held.versions[str(found.pk)], NOW.date())

    change_texts(
        Recommendation.objects.filter(pk=found.pk), text={"en": "Changed while it was discussed."}
    )
    found.refresh_from_db()
    assert not is_askable(found)
    assert not is_about_current_text(asked, found)


def test_what_a_body_said_is_bound_to_version_day_and_hash_of_the_text():
    plan = make_plan(published=True)

    said = decide(ask_body(plan, CHAMBER, by=None, now=NOW), YES, by=None, now=NOW)

    assert (said.version, said.text_on) == (1, NOW.date())
    assert len(said.text_digest) == 64
    step = said.steps.last()
    assert (step.version, step.text_on, step.text_digest) == (1, said.text_on, said.text_digest)


def test_a_rewritten_plan_was_never_endorsed():
    plan = make_plan(published=True)
    said = decide(ask_body(plan, CHAMBER, by=None, now=NOW), NO, by=None, now=NOW)
    plan = rewritten(plan)

    log = endorsements_of(plan)
    (shown,) = log.decided
    assert (plan.version, shown.version, shown.is_current) == (2, 1, False)
    assert (log.n_endorsed, log.n_earlier) == (0, 1)

    again = ask_body(plan, CHAMBER, by=None, now=LATER)
    assert (again.pk, again.state, again.version, again.reason) == (said.pk, "invited", 2, "")
    assert again.text_digest != said.text_digest
    (before,) = endorsements_of(plan).decided
    assert (before.state, before.version, before.is_current) == ("declined", 1, False)

    decide(again, replace(YES, decided_on=LATER.date()), by=None, now=LATER)
    log = endorsements_of(plan)
    assert [(one.state, one.version, one.is_current) for one in log.decided] == [
        ("endorsed", 2, True)
    ]
    assert [(one.after, one.version) for one in log.steps] == [("declined", 1), ("endorsed", 2)]


def test_an_unchanged_text_is_not_asked_about_twice():
    plan = make_plan(published=True)
    decide(ask_body(plan, CHAMBER, by=None, now=NOW), YES, by=None, now=NOW)

    assert ask_body(plan, CHAMBER, by=None, now=LATER).state == "endorsed"


def test_nobody_decides_about_a_text_that_changed_since_the_question():
    plan = make_plan(published=True)
    asked = ask_body(plan, CHAMBER, by=None, now=NOW)
    rewritten(plan)

    with pytest.raises(StateError) as refused:
        decide(asked, YES, by=None, now=LATER)

    assert refused.value.code == "endorsement.text_changed"
    assert Endorsement.objects.get().state == "invited"


def test_the_next_version_shows_who_endorsed_the_one_before():
    first = make_plan(published=True)
    decide(ask_body(first, CHAMBER, by=None, now=NOW), YES, by=None, now=NOW)
    second = publish_plan(new_version(first, by=None, now=LATER), by=None, now=LATER)

    log = endorsements_of(second)

    assert [(one.body, one.version, one.is_current) for one in log.decided] == [
        ("Chamber of tests", 1, False)
    ]
    assert (log.n_asked, log.n_endorsed, log.n_earlier) == (0, 0, 1)
    ask_body(second, CHAMBER, by=None, now=LATER)
    assert endorsements_of(second).n_asked == 1


def test_adopting_and_publishing_leave_the_endorsement_as_the_text_is_the_same():
    found = adopt(make_recommendations()[0])
    said = decide(ask_body(found, CHAMBER, by=None, now=NOW), YES, by=None, now=NOW)
    Recommendation.objects.filter(pk=found.pk).update(state="published", version=9)
    found.refresh_from_db()

    assert is_about_current_text(said, found)


def test_an_endorsement_from_before_texts_were_bound_counts_for_no_text():
    plan = make_plan(published=True)
    Endorsement.objects.create(
        plan=plan, body="Old chamber", state="endorsed", applies="yes", recorded_at=NOW
    )

    (shown,) = endorsements_of(plan).decided

    assert (shown.version, shown.is_current) == (None, False)


def test_two_published_texts_of_a_plan_never_bear_one_number():
    plan = make_plan(published=True)
    draft = new_version(plan, by=None, now=NOW)

    taken_back = withdraw_plan(plan, by=None)

    assert (draft.version, taken_back.version) == (2, 3)
    assert new_version(taken_back, by=None, now=NOW).version == 4

"""Once a year both sides are asked; the link of the mail stands for the questions of that mail."""

from datetime import date, timedelta

import pytest
from django.core import signing

from alpclusters.platform.actors.models import Claim
from alpclusters.platform.network.domain.links.reports import (
    answer,
    due_questions,
    link_token,
    note_asked,
    read_token,
)
from alpclusters.platform.network.models import LinkQuestion, LinkReport
from tests.factories.links import NOW, TODAY, make_body, make_link, make_report, make_speaker

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = timedelta(days=1)
LONG_AGO = TODAY - 366 * DAY


@pytest.fixture
def bodies():
    return make_body("A"), make_body("B")


def due(now=NOW):
    return [(one.user, [asked.link for asked in one.links]) for one in due_questions(now)]


def test_speakers_of_both_sides_are_asked_about_a_link_without_a_word_for_a_year(bodies):
    link = make_link(*bodies)
    one, other = make_speaker(bodies[0]), make_speaker(bodies[1])

    assert due() == [(one, [link]), (other, [link])]


def test_one_mail_lists_all_links_of_a_person(bodies):
    speaker = make_speaker(*bodies)
    first, second = make_link(bodies[0]), make_link(bodies[1])

    assert due() == [(speaker, [first, second])]


@pytest.mark.parametrize(("days_ago", "is_due"), [(366, True), (365, False), (10, False)])
def test_a_word_rests_for_a_year(bodies, days_ago, is_due):
    make_speaker(bodies[0])
    make_report(make_link(*bodies), TODAY - days_ago * DAY)

    assert bool(due()) is is_due


def test_funding_that_ended_since_the_last_word_is_a_question(bodies):
    make_speaker(bodies[0])
    link = make_link(*bodies, funding_ends_on=TODAY - DAY)
    make_report(link, TODAY - 30 * DAY, "active_funded")
    assert len(due()) == 1

    make_report(link, TODAY, "active_funded")

    assert due() == []


@pytest.mark.parametrize(
    "fields",
    [{"status": "ended"}, {"standing": "entered"}, {"standing": "refused"}, {"decided_at": NOW}],
)
def test_ended_waiting_refused_and_just_confirmed_links_are_no_question(bodies, fields):
    make_speaker(bodies[0])
    make_link(*bodies, **fields)

    assert due() == []


def test_nobody_is_asked_twice_within_a_year(bodies):
    make_link(*bodies)
    make_speaker(bodies[0])
    (one,) = due_questions(NOW)
    note_asked(one, now=NOW)

    assert due() == []
    assert due(NOW + 364 * DAY) == []
    assert len(due(NOW + 366 * DAY)) == 1


def test_new_link_is_asked_about_although_another_was(bodies):
    make_link(*bodies)
    make_speaker(bodies[0])
    note_asked(due_questions(NOW)[0], now=NOW)
    new = make_link(bodies[0])

    assert [links for _, links in due()] == [[new]]


def test_number_of_queries_does_not_grow(bodies, django_assert_num_queries):
    for _ in range(4):
        make_link(bodies[0])
    make_speaker(*bodies)
    make_speaker(bodies[0])

    with django_assert_num_queries(3):
        assert len(due_questions(NOW)) == 2


def asked(bodies):
    link = make_link(*bodies)
    speaker = make_speaker(bodies[0])
    note_asked(due_questions(NOW)[0], now=NOW)
    return link, speaker, link_token(speaker, now=NOW)


def test_answers_become_reports_of_the_side_that_was_asked(bodies):
    link, speaker, token = asked(bodies)
    reading = read_token(token)

    answer(reading, {reading.questions[0].pk: "dormant"}, now=NOW)

    report = LinkReport.objects.get()
    assert (report.organisation, report.status, report.how) == (bodies[0], "dormant", "mail")
    assert (report.by, report.said_on) == (speaker, TODAY)
    link.refresh_from_db()
    assert link.status == "dormant"
    assert LinkQuestion.objects.get().answered_at == NOW


@pytest.mark.parametrize("status", ["", "unknown", "nonsense"])
def test_no_answer_is_no_report(bodies, status):
    reading = read_token(asked(bodies)[2])

    assert answer(reading, {reading.questions[0].pk: status}, now=NOW) == []


def test_link_of_somebody_who_speaks_no_more_is_dead(bodies):
    token = asked(bodies)[2]
    Claim.objects.update(state=Claim.State.WITHDRAWN)

    assert read_token(token) is None


def test_links_of_others_and_old_ones_are_dead(bodies):
    asked(bodies)
    forged = signing.dumps({"user": 1, "at": NOW.isoformat()}, salt="other")

    assert read_token(forged) is None
    assert read_token("nonsense") is None


def test_question_about_a_link_that_was_refused_meanwhile_is_gone(bodies):
    link, _, token = asked(bodies)
    link.standing = "refused"
    link.save()

    assert read_token(token) is None


def test_a_link_that_has_not_begun_is_no_question(bodies):
    make_speaker(bodies[0])
    make_link(*bodies, started_on=TODAY + DAY)

    assert due() == []
    assert date.min < LONG_AGO

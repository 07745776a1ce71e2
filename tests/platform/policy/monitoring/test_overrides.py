from datetime import UTC, date, datetime, timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.monitoring.reports import (
    Said,
    end_override,
    report_progress,
    set_override,
)
from alpclusters.platform.policy.domain.monitoring.rounds import close_round, open_round
from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.domain.plans import new_version, publish_plan
from alpclusters.platform.policy.domain.records.plans import record_of
from alpclusters.platform.policy.models import Override, ProgressReport
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# The action of the factory runs from 2026-09-01 to 2027-08-31.
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
REASON = "The partner in Trento starts in April, as agreed."


def standing(plan, now=NOW):
    (line,) = record_of(plan, today=now.date()).actions
    return line


def make_late():
    """A running action that has just reported too little."""
    plan = make_plan(published=True)
    report_progress(
        plan.actions.get(),
        Said(progress=0.1),
        way=ProgressReport.Way.LOGIN,
        round_=None,
        by=None,
        now=NOW - timedelta(days=1),
    )
    return plan


def correct(plan, *, shown="yellow", reason=REASON, rounds=1, now=NOW):
    action = plan.actions.get()
    return set_override(
        action,
        standing(plan, now).status,
        shown=shown,
        reason=reason,
        rounds=rounds,
        by=None,
        now=now,
    )


def test_shown_status_changes_and_the_computed_one_stays_visible():
    plan = make_late()

    correct(plan)

    line = standing(plan)
    assert (line.shown, line.status.colour) == ("yellow", "red")
    assert (line.override.reason["en"], line.override.computed) == (REASON, "red")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "too short"}, "override.reason_short"),
        ({"reason": " " * 30}, "override.reason_short"),
        ({"shown": "grey"}, "override.colour"),
        ({"shown": "blue"}, "override.colour"),
        ({"rounds": 3}, "override.rounds"),
    ],
)
def test_wrong_corrections_are_refused(changes, code):
    plan = make_late()

    with pytest.raises(InputError) as refused:
        correct(plan, **changes)

    assert refused.value.code == code
    assert not Override.objects.exists()


def test_grey_action_asks_for_a_report_instead():
    plan = make_plan(published=True)
    assert standing(plan, datetime(2027, 6, 1, tzinfo=UTC)).status.colour == "grey"

    with pytest.raises(StateError) as refused:
        correct(plan, now=datetime(2027, 6, 1, tzinfo=UTC))

    assert refused.value.code == "override.out_of_grey"


def test_action_that_turns_grey_later_is_shown_grey():
    plan = make_late()
    correct(plan, rounds=2)

    assert standing(plan, NOW + timedelta(days=300)).shown == "grey"


def test_planned_action_is_not_corrected():
    plan = make_plan(published=True)

    with pytest.raises(StateError) as refused:
        correct(plan, now=datetime(2026, 8, 1, tzinfo=UTC))

    assert refused.value.code == "override.not_running"


def test_correction_lasts_until_its_round_closes_and_is_part_of_its_report():
    plan = make_late()
    correct(plan)
    round_ = open_round(plan, opens_on=date(2027, 3, 1), closes_on=date(2027, 3, 31))

    snapshot = close_round(round_, now=NOW)

    (kept,) = read_content(snapshot)["actions"]
    assert (kept["status"]["shown"], kept["status"]["colour"]) == ("yellow", "red")
    assert kept["override"]["reason"]["en"] == REASON
    assert standing(plan).shown == "red"
    assert Override.objects.get().ended_at == NOW


def test_two_rounds_are_the_longest():
    plan = make_late()
    correct(plan, rounds=2)
    shown = []
    for month in (3, 4):
        round_ = open_round(plan, opens_on=date(2027, month, 1), closes_on=date(2027, month, 20))
        close_round(round_, now=NOW)
        shown.append(standing(plan).shown)

    assert shown == ["yellow", "red"]


def test_new_correction_ends_the_one_before():
    plan = make_late()
    first = correct(plan)

    correct(plan, shown="green")

    first.refresh_from_db()
    assert first.ended_at == NOW
    assert standing(plan).shown == "green"


def test_person_can_take_it_back():
    plan = make_late()

    end_override(correct(plan), now=NOW)

    assert standing(plan).shown == "red"


def test_correction_goes_on_in_the_next_version():
    plan = make_late()
    correct(plan, rounds=2)

    following = publish_plan(new_version(plan, by=None, now=NOW), by=None, now=NOW)

    line = standing(following)
    assert (line.shown, line.status.colour) == ("yellow", "red")
    assert line.override.reason["en"] == REASON

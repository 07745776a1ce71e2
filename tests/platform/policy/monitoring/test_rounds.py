from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.monitoring.reports import (
    Said,
    SaidValue,
    decide_value,
    report_by_link,
    report_progress,
    report_value,
    waiting_values,
)
from alpclusters.platform.policy.domain.monitoring.rounds import (
    Mail,
    answers_of,
    close_round,
    current_number,
    due_letters,
    find_link,
    forget_addresses,
    move_round,
    note_sent,
    open_round,
    set_address,
    token_of,
)
from alpclusters.platform.policy.domain.monitoring.snapshots import read_content
from alpclusters.platform.policy.domain.plans import new_version, publish_plan
from alpclusters.platform.policy.models import (
    Indicator,
    IndicatorValue,
    Milestone,
    ProgressReport,
    ReportLink,
)
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OPENS, CLOSES = date(2026, 10, 1), date(2026, 10, 31)
DURING = datetime(2026, 10, 2, 8, tzinfo=UTC)
HALF = Said(progress=0.5)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def make_round(keys=("fair", "pilot")):
    return open_round(make_plan(keys, published=True), opens_on=OPENS, closes_on=CLOSES)


def ask(round_, code="X1", email="ana@example.si"):
    action = round_.plan.actions.get(code=code)
    return set_address(round_, action, email=email, language="sl")


def test_rounds_of_a_plan_are_numbered():
    first = make_round()
    close_round(first, now=DURING)

    second = open_round(first.plan, opens_on=OPENS, closes_on=CLOSES)

    assert (first.number, second.number) == (1, 2)


def test_second_open_round_is_refused():
    round_ = make_round()

    with pytest.raises(StateError) as refused:
        open_round(round_.plan, opens_on=OPENS, closes_on=CLOSES)

    assert refused.value.code == "round.still_open"


def test_draft_has_no_round():
    with pytest.raises(StateError) as refused:
        open_round(make_plan(), opens_on=OPENS, closes_on=CLOSES)

    assert refused.value.code == "round.plan_is_draft"


@pytest.mark.parametrize(
    ("closes_on", "code"),
    [(OPENS, "round.closes_first"), (OPENS + timedelta(days=367), "round.too_long")],
)
def test_impossible_dates_are_refused(closes_on, code):
    with pytest.raises(InputError) as refused:
        open_round(make_plan(published=True), opens_on=OPENS, closes_on=closes_on)

    assert refused.value.code == code


def test_close_keeps_a_report_that_names_missing_answers():
    round_ = make_round()
    report_progress(
        round_.plan.actions.get(code="X1"),
        HALF,
        way=ProgressReport.Way.LOGIN,
        round_=round_,
        by=None,
        now=DURING,
    )

    snapshot = close_round(round_, now=at(CLOSES))

    content = read_content(snapshot)
    assert content["round"]["missing"] == ["X2"]
    assert snapshot.round == round_
    assert [a["report"] is None for a in content["actions"]] == [False, True]


def test_closed_round_is_not_closed_again():
    round_ = make_round()
    close_round(round_, now=DURING)

    with pytest.raises(StateError) as refused:
        close_round(round_, now=DURING)

    assert refused.value.code == "round.closed"


def test_action_that_was_over_before_is_not_asked():
    round_ = make_round()
    round_.plan.actions.filter(code="X2").update(stopped_on=OPENS - timedelta(days=1))

    answers = answers_of(round_)

    assert [action.code for action in answers.asked] == ["X1"]


# --- links --------------------------------------------------------------------------------------


def test_link_is_found_by_its_token_and_the_database_does_not_hold_it():
    link = ask(make_round())
    token = token_of(link)

    assert find_link(token, now=DURING) == link
    assert token not in str(ReportLink.objects.values().get())
    assert find_link(token[:-1] + "x", now=DURING) is None


def test_link_works_until_30_days_after_the_close_then_its_address_goes():
    link = ask(make_round())
    last = CLOSES + timedelta(days=30)

    assert find_link(token_of(link), now=at(last)) == link
    assert forget_addresses(at(last)) == 0
    assert find_link(token_of(link), now=at(last + timedelta(days=1))) is None
    assert forget_addresses(at(last + timedelta(days=1))) == 1
    assert ReportLink.objects.get().email == ""


def test_round_that_closes_early_ends_its_links_earlier():
    round_ = make_round()
    link = ask(round_)
    close_round(round_, now=DURING)

    link.refresh_from_db()

    assert link.expires_on == date(2026, 11, 1)


def test_moved_round_moves_the_end_of_its_links():
    round_ = make_round()
    link = ask(round_)
    move_round(round_, opens_on=OPENS, closes_on=CLOSES + timedelta(days=10))

    link.refresh_from_db()

    assert link.expires_on == CLOSES + timedelta(days=40)


def test_another_address_makes_the_old_link_useless():
    round_ = make_round()
    old = token_of(ask(round_))

    new = token_of(ask(round_, email="luca@example.it"))

    assert find_link(old, now=DURING) is None
    assert find_link(new, now=DURING) is not None


def test_empty_address_takes_the_link_away():
    round_ = make_round()
    ask(round_)

    ask(round_, email="")

    assert not ReportLink.objects.exists()


def mails(day: date) -> list[Mail]:
    """Send what is due on a day, and say what it was."""
    due = due_letters(at(day))
    for one in due:
        note_sent(one, now=at(day))
    return [one.mail for one in due]


def test_letter_on_opening_then_reminders_14_and_3_days_before_the_close():
    ask(make_round())
    days = [OPENS + timedelta(days=n) for n in range(-2, 34)]

    sent = {day: found for day in days if (found := mails(day))}

    assert sent == {
        OPENS: [Mail.FIRST],
        CLOSES - timedelta(days=14): [Mail.REMINDER],
        CLOSES - timedelta(days=3): [Mail.REMINDER],
    }


def test_missed_days_make_one_reminder_and_not_two():
    ask(make_round())
    mails(OPENS)

    assert mails(CLOSES - timedelta(days=1)) == [Mail.REMINDER]
    assert mails(CLOSES) == []


def test_late_address_gets_a_letter_and_no_reminder_on_top():
    ask(make_round())

    assert mails(CLOSES - timedelta(days=2)) == [Mail.FIRST]
    assert mails(CLOSES - timedelta(days=1)) == []


def test_body_that_reported_is_not_reminded():
    round_ = make_round()
    link = ask(round_)
    mails(OPENS)
    report_by_link(link, HALF, now=DURING)

    assert mails(CLOSES - timedelta(days=3)) == []


def test_closed_round_sends_nothing():
    round_ = make_round()
    ask(round_)
    close_round(round_, now=at(OPENS))

    assert mails(OPENS) == []


# --- reports ------------------------------------------------------------------------------------


def test_report_belongs_to_the_day_in_the_time_zone_of_the_plan():
    link = ask(make_round())

    report = report_by_link(link, HALF, now=datetime(2026, 10, 2, 22, 30, tzinfo=UTC))

    assert report.confirmed_on == date(2026, 10, 3)  # Vienna is two hours ahead


def test_report_reaches_milestones_and_brings_values_that_wait():
    round_ = make_round()
    link = ask(round_)
    milestone = Milestone.objects.create(action=link.action, title="Jury", due=date(2026, 10, 1))
    indicator = Indicator.objects.create(plan=round_.plan, action=link.action, name="Calls")
    said = Said(
        milestones={milestone: date(2026, 9, 30)},
        values=(SaidValue(indicator, Decimal("2.5"), date(2026, 9, 30), "list"),),
    )

    report = report_by_link(link, said, now=DURING)

    milestone.refresh_from_db()
    (value,) = waiting_values(round_.plan)
    assert (report.progress, report.way, report.round) == (None, "link", round_)
    assert milestone.done_on == date(2026, 9, 30)
    assert (value.value, value.status, value.source) == (Decimal("2.5"), "reported", "list")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(), "report.empty"),
        (Said(texts={"text": "  "}), "report.empty"),
        (Said(progress=50), "report.not_a_share"),
    ],
)
def test_nothing_and_no_share_are_refused(said, code):
    link = ask(make_round())

    with pytest.raises(InputError) as refused:
        report_by_link(link, said, now=DURING)

    assert refused.value.code == code
    assert not ProgressReport.objects.exists()


def test_future_milestone_stores_nothing():
    link = ask(make_round())
    milestone = Milestone.objects.create(action=link.action, title="Jury", due=date(2026, 10, 1))

    with pytest.raises(InputError) as refused:
        report_by_link(
            link, Said(progress=0.5, milestones={milestone: date(2026, 10, 3)}), now=DURING
        )

    assert refused.value.code == "report.in_future"
    assert not ProgressReport.objects.exists()


def test_stopped_action_is_not_reported_on():
    link = ask(make_round())
    link.action.stopped_on = OPENS
    link.action.save()

    with pytest.raises(StateError) as refused:
        report_by_link(link, HALF, now=DURING)

    assert refused.value.code == "report.action_ended"


# --- values -------------------------------------------------------------------------------------


def make_value():
    plan = make_plan()
    indicator = Indicator.objects.create(plan=plan, name="Calls")
    said = SaidValue(indicator, Decimal(3), date(2026, 9, 1))
    return report_value(said, by=None, now=DURING)


def test_value_is_confirmed_once():
    value = decide_value(make_value(), IndicatorValue.Status.CONFIRMED)

    assert value.status == "confirmed"
    with pytest.raises(StateError) as refused:
        decide_value(value, IndicatorValue.Status.REJECTED, note="Counted twice")
    assert refused.value.code == "value.decided"


def test_rejection_needs_a_reason_and_keeps_the_value():
    value = make_value()

    with pytest.raises(InputError) as refused:
        decide_value(value, IndicatorValue.Status.REJECTED)
    rejected = decide_value(value, IndicatorValue.Status.REJECTED, note="Counted twice")

    assert refused.value.code == "value.no_reason"
    assert (rejected.value, rejected.note) == (Decimal(3), "Counted twice")


def next_version(plan, *, without=()):
    draft = new_version(plan, by=None, now=DURING)
    draft.actions.filter(code__in=without).delete()
    return publish_plan(draft, by=None, now=DURING)


def test_open_round_goes_on_in_the_next_version():
    round_ = make_round()
    link = ask(round_)
    secret = token_of(link)

    plan = next_version(round_.plan)
    report_by_link(find_link(secret, now=DURING), HALF, now=DURING)

    round_.refresh_from_db()
    assert (round_.plan, round_.number) == (plan, 1)
    assert [a.code for a in answers_of(round_).missing] == ["X2"]
    assert plan.actions.get(code="X1").reports.get().progress == 0.5


def test_link_works_on_in_the_reminder_of_the_next_version():
    round_ = make_round()
    link = ask(round_)
    secret = token_of(link)
    note_sent(due_letters(at(OPENS))[0], now=at(OPENS))

    next_version(round_.plan)
    (reminder,) = due_letters(at(CLOSES - timedelta(days=3)))
    note_sent(reminder, now=at(CLOSES - timedelta(days=3)))

    assert token_of(reminder.link) == secret
    assert find_link(secret, now=DURING) is not None


def test_link_of_an_action_that_the_next_version_lacks_goes():
    round_ = make_round()
    secret = token_of(ask(round_, "X2"))

    next_version(round_.plan, without=["X2"])

    assert find_link(secret, now=DURING) is None


def test_late_report_reaches_the_next_version():
    round_ = make_round()
    secret = token_of(ask(round_))
    close_round(round_, now=DURING)

    plan = next_version(round_.plan)
    report_by_link(find_link(secret, now=DURING), HALF, now=DURING)

    assert plan.actions.get(code="X1").reports.count() == 1


def test_rounds_are_numbered_on_in_the_next_version():
    round_ = make_round()
    close_round(round_, now=DURING)

    plan = next_version(round_.plan)

    assert current_number(plan) == 2
    assert open_round(plan, opens_on=OPENS, closes_on=CLOSES).number == 2

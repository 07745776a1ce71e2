"""Days of meetings: invited, wished, planned, moved, sent, held, forgotten."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.analysis.meetings import check_meetings
from alpclusters.platform.actors.domain.merges import merge, undo_merge
from alpclusters.platform.network.domain.introductions.answering import Met, contact_of
from alpclusters.platform.network.domain.introductions.follow_ups import due_follow_ups
from alpclusters.platform.network.domain.introductions.outcomes import outcome_figures
from alpclusters.platform.network.domain.meetings.afterwards import (
    follow_up,
    n_to_tell,
    publish_plan,
    say_held,
    say_rest_held,
)
from alpclusters.platform.network.domain.meetings.attending import (
    AttendanceFacts,
    attend,
    days_attended_by,
    due_to_tell,
    forget_attendants,
    invitations_waiting_for,
    invite,
    note_told,
    stay_away,
    take_off,
    wishes_waiting_for,
)
from alpclusters.platform.network.domain.meetings.days import (
    DayFacts,
    change_day,
    create_day,
    open_day,
    slot_times,
    takes_wishes,
)
from alpclusters.platform.network.domain.meetings.planning import (
    Place,
    drop_meeting,
    fix_meeting,
    free_places,
    hall_of,
    move_meeting,
    plan_day,
    plan_now,
    seats_of,
)
from alpclusters.platform.network.domain.meetings.sheets import (
    calendar_token,
    own_sheet,
    read_calendar_token,
    read_print,
)
from alpclusters.platform.network.domain.meetings.wishes import (
    decline,
    mutual_pairs,
    shared_with,
    wish,
    withdraw,
)
from alpclusters.platform.network.meeting_tasks import plan_meetings_of
from alpclusters.platform.network.models import Attendance, Introduction, Meeting, MeetingWish
from tests.factories.background import work_off
from tests.factories.introductions import NOW, make_side
from tests.factories.meetings import HELD_ON, make_day, make_fair
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FACTS = DayFacts(title="Fair", held_on=HELD_ON, begins=time(9), n_slots=5, n_tables=2)
AFTER = datetime(2026, 9, 2, 9, tzinfo=UTC)
MET = Met("Met at the fair.", "en", datetime(2026, 9, 1, 9, tzinfo=UTC))


def code_of(caught):
    return caught.value.code


# --- the day ------------------------------------------------------------------------------------


def test_a_new_day_is_a_draft_that_takes_no_wishes():
    day = create_day(make_project(), FACTS, by=None, now=NOW)

    assert (day.state, day.is_simulated) == ("draft", False)
    assert takes_wishes(day, now=NOW) is False
    assert open_day(day) is True
    assert open_day(day) is False
    day.refresh_from_db()
    assert takes_wishes(day, now=NOW) is True


def test_wishes_end_at_their_hour_and_when_the_plan_is_sent():
    day = make_day(wishes_until=NOW)

    assert takes_wishes(day, now=NOW) is True
    assert takes_wishes(day, now=NOW + timedelta(seconds=1)) is False
    assert takes_wishes(make_day(state="published"), now=NOW) is False


def test_slots_follow_each_other_with_their_pauses_in_the_zone_of_the_day():
    times = slot_times(make_day())

    assert [f"{one.begins:%H:%M}-{one.ends:%H:%M}" for one in times[:3]] == [
        "09:00-09:20",
        "09:25-09:45",
        "09:50-10:10",
    ]
    assert [one.is_break for one in times] == [False, False, True, False, False]
    assert times[0].begins.utcoffset() == timedelta(hours=2)


def test_a_day_of_the_demonstration_is_simulated():
    day = create_day(make_project(kind="demonstration"), FACTS, by=None, now=NOW)

    assert day.is_simulated is True
    with pytest.raises(StateError) as caught:
        invite(day, make_organisation(), now=NOW)
    assert code_of(caught) == "meetings.simulated"


def test_fixed_meetings_outside_a_smaller_room_may_move_again():
    fair = make_fair(4, pairs=[(0, 1), (2, 3)], n_slots=1, breaks=[])
    fair.plan()
    fair.day.meetings.update(is_fixed=True)
    change_day(fair.day, DayFacts(**{**facts(FACTS), "n_tables": 1}))

    assert sorted(fair.day.meetings.values_list("table", "is_fixed")) == [(1, True), (2, False)]
    fair.day.refresh_from_db()
    assert {code for code, _slot, _n in plan_now(fair.day).wrong} == {"outside"}
    fair.plan()
    assert plan_now(fair.day).wrong == ()


def facts(one):
    return {name: getattr(one, name) for name in one.__slots__}


# --- who comes ------------------------------------------------------------------------------------


def test_an_organisation_is_invited_once_with_the_languages_of_its_profile():
    side = make_side(languages=["sl", "en"])
    side.cluster.languages = ["sl", "en"]
    side.cluster.save()
    day = make_day()
    made = invite(day, side.organisation, now=NOW)

    assert (made.state, made.languages, made.user) == ("invited", ["sl", "en"], None)
    assert invite(day, side.organisation, now=NOW) is None
    assert [one.pk for one in invitations_waiting_for(side.user)] == [made.pk]
    assert list(days_attended_by(side.user)) == [day]


def test_a_draft_is_shown_to_nobody_who_is_invited():
    side, day = make_side(), make_day(state="draft")
    invite(day, side.organisation, now=NOW)

    assert list(days_attended_by(side.user)) == []
    assert list(invitations_waiting_for(side.user)) == []


def test_a_merged_organisation_is_not_invited():
    body = make_organisation()
    body.merged_into = make_organisation()
    with pytest.raises(StateError) as caught:
        invite(make_day(), body, now=NOW)
    assert code_of(caught) == "introduction.gone"


def test_only_the_person_itself_agrees_to_be_named():
    fair = make_fair(1)
    told = AttendanceFacts(("de",), (2,), "Mould makers", shows_name=True)
    by_planner = attend(fair.attendances[0], told)

    assert (by_planner.user, by_planner.shows_name) == (None, False)
    own = attend(fair.attendances[0], told, by=fair.sides[0].user)
    assert (own.user, own.shows_name, own.away) == (fair.sides[0].user, True, [2])


def test_who_does_not_come_loses_its_meetings_and_its_name():
    fair = make_fair(3, pairs=[(0, 1), (1, 2)])
    attend(fair.attendances[1], AttendanceFacts(("en",), shows_name=True), by=fair.sides[1].user)
    fair.plan()

    assert stay_away(fair.attendances[1]) == 2
    gone = Attendance.objects.get(pk=fair.attendances[1].pk)
    assert (gone.state, gone.user, gone.shows_name) == ("declined", None, False)
    assert mutual_pairs(fair.day) == {}


def test_who_has_meetings_is_not_taken_off():
    fair = make_fair(3, pairs=[(0, 1)])
    fair.plan()

    with pytest.raises(StateError) as caught:
        take_off(fair.attendances[0])
    assert code_of(caught) == "meetings.in_plan"
    take_off(fair.attendances[2])
    assert fair.day.attendances.count() == 2


# --- wishes ---------------------------------------------------------------------------------------


def test_they_meet_only_where_both_want_to():
    fair = make_fair(2)
    one, other = fair.attendances
    made = wish(one, other, weight=3, now=NOW)

    assert (made.state, mutual_pairs(fair.day)) == ("asked", {})
    assert [w.asking for w in wishes_waiting_for(fair.sides[1].user)] == [one]
    assert wish(other, one, weight=1, now=NOW).state == "accepted"
    assert mutual_pairs(fair.day) == {(one.pk, other.pk): 4}
    assert wish(one, other, weight=1, now=NOW).state == "accepted"
    assert mutual_pairs(fair.day) == {(one.pk, other.pk): 2}


def test_a_no_can_be_said_after_a_yes_and_taken_back():
    fair = make_fair(2, pairs=[(0, 1)])
    one, other = fair.attendances
    decline(other, one, now=NOW)

    assert list(MeetingWish.objects.values_list("asking", "state")) == [(one.pk, "declined")]
    assert mutual_pairs(fair.day) == {}
    wish(other, one, weight=2, now=NOW)
    assert list(MeetingWish.objects.values_list("asking", "state")) == [(other.pk, "asked")]


def test_asking_again_where_the_other_one_said_no_stays_asking():
    fair = make_fair(2)
    one, other = fair.attendances
    wish(one, other, weight=2, now=NOW)
    decline(other, one, now=NOW)
    with_another_word = wish(one, other, weight=3, now=NOW)

    assert with_another_word.state == "declined"


def test_taking_back_ones_own_wish_leaves_the_other_ones_open():
    fair = make_fair(2, pairs=[(0, 1)])
    one, other = fair.attendances
    withdraw(one, other, now=NOW)

    assert list(MeetingWish.objects.values_list("asking", "state")) == [(other.pk, "asked")]


@pytest.mark.parametrize(
    "verb", [decline, withdraw, lambda a, b, now: wish(a, b, weight=1, now=now)]
)
def test_wishes_are_over_when_they_are_over(verb):
    fair = make_fair(2, wishes_until=NOW - timedelta(hours=1))
    with pytest.raises(StateError) as caught:
        verb(*fair.attendances, now=NOW)
    assert code_of(caught) == "meetings.wishes_over"


def test_nobody_asks_somebody_who_does_not_come():
    fair = make_fair(2)
    stay_away(fair.attendances[1])
    with pytest.raises(StateError) as caught:
        wish(*fair.attendances, weight=1, now=NOW)
    assert code_of(caught) == "meetings.not_there"


def test_the_other_side_is_told_once_of_each_wish():
    fair = make_fair(3)
    wish(fair.attendances[0], fair.attendances[2], weight=1, now=NOW)
    wish(fair.attendances[1], fair.attendances[2], weight=1, now=NOW)
    [asked] = due_to_tell(NOW)

    assert (asked.attendance, len(asked.wishes)) == (fair.attendances[2], 2)
    note_told(asked.wishes, now=NOW)
    assert due_to_tell(NOW) == []


def test_profiles_name_what_they_share():
    one, other = make_side(), make_side()
    for side, sectors in ((one, ["16.10", "25.1"]), (other, ["16.23"])):
        side.cluster.sectors, side.cluster.ecosystem = sectors, "construction"
        side.cluster.save()
    shared = shared_with(one.organisation, other.organisation)

    assert (shared.sectors, shared.ecosystem, shared.n) == (("16",), "construction", 2)
    assert len(shared.names("sl")) == 2
    assert shared_with(one.organisation, make_organisation()).n == 0


# --- the plan -------------------------------------------------------------------------------------


def test_a_plan_is_stored_with_its_bound():
    fair = make_fair(3, pairs=[(0, 1), (1, 2), (0, 2)])
    fair.plan()
    found = plan_now(fair.day)

    assert (fair.day.state, len(found.meetings), found.unmet, found.wrong) == ("planned", 3, (), ())
    assert fair.day.plan["bound"] == fair.day.plan["weight"] == found.weight == 12
    assert fair.day.plan["is_best"] is True
    assert check_meetings(hall_of(fair.day), seats_of(found.meetings)) == ()


def test_without_wishes_there_is_nothing_to_plan():
    with pytest.raises(StateError) as caught:
        plan_day(make_fair(2).day, now=NOW)
    assert code_of(caught) == "meetings.nobody"


def test_what_could_not_be_planned_has_its_reason():
    fair = make_fair(3, pairs=[(0, 1), (1, 2)], languages=[["de"], ["de", "it"], ["fr"]])
    fair.plan()

    assert [one.reason for one in plan_now(fair.day).unmet] == ["no_language"]


def test_planning_again_keeps_what_is_fixed():
    fair = make_fair(4, pairs=[(0, 1), (2, 3), (0, 2)])
    fair.plan()
    meeting = fair.day.meetings.get(first=fair.attendances[0], second=fair.attendances[1])
    assert move_meeting(meeting, Place(5, 2)) == ()
    fair.both_want(1, 3)
    fair.plan()

    kept = fair.day.meetings.get(pk=meeting.pk)
    assert (kept.slot, kept.table, kept.is_fixed) == (5, 2, True)
    assert fair.day.meetings.count() == 4


def test_nothing_is_stored_if_somebody_says_something_meanwhile():
    fair = make_fair(3, pairs=[(0, 1)])

    def interrupt(done, total):
        if done == total:
            Attendance.objects.filter(pk=fair.attendances[0].pk).update(away=[1, 2])

    with pytest.raises(StateError) as caught:
        plan_day(fair.day, now=NOW, progress=interrupt)
    assert code_of(caught) == "meetings.changed"
    assert fair.day.meetings.count() == 0


def test_a_cancelled_plan_leaves_the_earlier_one():
    fair = make_fair(2, pairs=[(0, 1)])
    fair.plan()
    with pytest.raises(AnalysisError) as caught:
        plan_day(fair.day, now=NOW, progress=lambda _done, _total: False)
    assert code_of(caught) == "meetings.cancelled"
    assert fair.day.meetings.count() == 1


def test_the_worker_plans_and_notes_what_kept_it():
    fair = make_fair(2, pairs=[(0, 1)])
    plan_meetings_of.enqueue(fair.day.pk)
    work_off()
    fair.day.refresh_from_db()
    assert (fair.day.meetings.count(), fair.day.plan["error"]) == (1, "")

    empty = make_day()
    plan_meetings_of.enqueue(empty.pk)
    plan_meetings_of.enqueue(999_999)
    work_off()
    empty.refresh_from_db()
    assert empty.plan["error"] == "meetings.nobody"


# --- by hand --------------------------------------------------------------------------------------


@pytest.fixture
def planned():
    fair = make_fair(4, pairs=[(0, 1), (2, 3), (0, 2)])
    fair.plan()
    return fair


def meeting_of(fair, one, other):
    first, second = fair.attendances[one], fair.attendances[other]
    return fair.day.meetings.get(first=first, second=second)


def place(meeting):
    meeting.refresh_from_db()
    return Place(meeting.slot, meeting.table)


def test_a_meeting_moves_to_a_free_place_and_is_fixed_there(planned):
    meeting = meeting_of(planned, 0, 1)
    assert Place(5, 1) in free_places(meeting)

    assert move_meeting(meeting, Place(5, 1)) == ()
    assert (place(meeting), meeting.is_fixed) == (Place(5, 1), True)


@pytest.mark.parametrize(
    ("to", "code"),
    [(Place(3, 1), "break"), (Place(9, 1), "outside"), (Place(1, 7), "outside")],
)
def test_a_meeting_does_not_move_where_there_is_nothing(planned, to, code):
    meeting = meeting_of(planned, 0, 1)
    before = place(meeting)

    assert code in {one for one, _slot, _n in move_meeting(meeting, to)}
    assert place(meeting) == before


def test_a_meeting_does_not_move_onto_another_or_where_somebody_is_busy(planned):
    meeting, other = meeting_of(planned, 0, 1), meeting_of(planned, 0, 2)
    codes = {code for code, _slot, _n in move_meeting(meeting, place(other))}

    assert codes == {"table", "twice"}
    assert meeting.is_fixed is False


def test_a_meeting_does_not_move_to_when_somebody_is_away(planned):
    Attendance.objects.filter(pk=planned.attendances[1].pk).update(away=[5])
    meeting = meeting_of(planned, 0, 1)

    assert move_meeting(meeting, Place(5, 1)) == (("away", 5, planned.attendances[1].pk),)
    assert all(one.slot != 5 for one in free_places(meeting))


def test_two_meetings_change_places(planned):
    one, other = meeting_of(planned, 0, 1), meeting_of(planned, 2, 3)
    here, there = place(one), place(other)

    assert move_meeting(one, there, swap=True) == ()
    assert (place(one), place(other)) == (there, here)
    assert plan_now(planned.day).wrong == ()


def test_a_meeting_is_fixed_let_go_and_dropped(planned):
    meeting = meeting_of(planned, 0, 1)
    fix_meeting(meeting, fix=True)
    assert Meeting.objects.get(pk=meeting.pk).is_fixed is True
    fix_meeting(meeting, fix=False)
    drop_meeting(meeting)
    assert planned.day.meetings.count() == 2
    with pytest.raises(StateError) as caught:
        drop_meeting(meeting)
    assert code_of(caught) == "meetings.changed"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(data=st.data())
def test_whatever_is_moved_the_plan_stays_right(planned, data):
    for _ in range(4):
        meeting = data.draw(st.sampled_from(list(planned.day.meetings.order_by("pk"))))
        to = Place(data.draw(st.integers(0, 6)), data.draw(st.integers(0, 3)))
        move_meeting(meeting, to, swap=data.draw(st.booleans()))
        assert plan_now(planned.day).wrong == ()


# --- sent -----------------------------------------------------------------------------------------


def test_first_everybody_is_told_then_only_those_whose_plan_changed(planned):
    assert n_to_tell(planned.day) == 4
    assert len(publish_plan(planned.day, now=NOW)) == 4
    planned.day.refresh_from_db()
    assert (planned.day.state, planned.day.plan["sequence"]) == ("published", 0)
    assert n_to_tell(planned.day) == 0

    move_meeting(meeting_of(planned, 0, 1), Place(5, 1))
    told = publish_plan(planned.day, now=NOW)
    assert [one.pk for one in told] == [planned.attendances[0].pk, planned.attendances[1].pk]
    planned.day.refresh_from_db()
    assert planned.day.plan["sequence"] == 1


def test_somebody_without_a_meeting_is_not_told_twice():
    fair = make_fair(3, pairs=[(0, 1)])
    fair.plan()

    assert len(publish_plan(fair.day, now=NOW)) == 3
    fair.day.refresh_from_db()
    assert publish_plan(fair.day, now=NOW) == []


def test_without_a_plan_nothing_is_sent():
    with pytest.raises(StateError) as caught:
        publish_plan(make_day(), now=NOW)
    assert code_of(caught) == "meetings.no_plan"


def test_the_sheet_names_people_only_where_they_agreed(planned):
    for k, agrees in ((0, True), (2, False)):
        said = AttendanceFacts(("en",), shows_name=agrees)
        attend(planned.attendances[k], said, by=planned.sides[k].user)
    mine = own_sheet(Attendance.objects.select_related("day").get(pk=planned.attendances[3].pk))
    theirs = own_sheet(Attendance.objects.select_related("day").get(pk=planned.attendances[1].pk))

    assert [(one.partner, one.person) for one in mine.meetings] == [("Cluster C", "")]
    assert [one.person for one in theirs.meetings] == [str(planned.sides[0].user)]
    record = read_print(planned.day)
    assert (len(record.booked), len(record.sheets), record.published_at) == (3, 4, None)


def test_the_link_of_the_calendar_ends_with_the_day_and_with_the_claim(planned):
    attendance, side = planned.attendances[0], planned.sides[0]
    token = calendar_token(attendance, side.user)
    late = datetime.combine(HELD_ON + timedelta(days=31), time(12), tzinfo=UTC)

    assert read_calendar_token(token, now=NOW) == attendance
    assert read_calendar_token(token, now=late) is None
    assert read_calendar_token(token[:-2] + "xx", now=NOW) is None
    side.cluster.claims.all().delete()
    assert read_calendar_token(token, now=NOW) is None


# --- afterwards -----------------------------------------------------------------------------------


def test_before_the_day_nobody_knows_what_took_place(planned):
    with pytest.raises(StateError) as caught:
        say_rest_held(planned.day, now=NOW)
    assert code_of(caught) == "meetings.not_over"


def test_a_day_is_held_once_all_is_known(planned):
    say_held(meeting_of(planned, 0, 1), held=False, now=AFTER)
    planned.day.refresh_from_db()
    assert planned.day.state == "planned"

    assert say_rest_held(planned.day, now=AFTER) == 2
    planned.day.refresh_from_db()
    assert planned.day.state == "held"
    assert sorted(planned.day.meetings.values_list("state", flat=True)) == [
        "held",
        "held",
        "missed",
    ]


def test_both_sides_of_a_meeting_are_asked_after_three_and_twelve_months(planned):
    meeting = meeting_of(planned, 0, 1)
    with pytest.raises(StateError) as caught:
        follow_up(meeting, now=AFTER, words=MET)
    assert code_of(caught) == "meetings.not_held"
    say_held(meeting, held=True, now=AFTER)
    follow_up(meeting, now=AFTER, words=MET)

    made = Introduction.objects.get()
    assert (made.state, made.asked_by, made.decided_by) == ("accepted", None, None)
    assert made.follow_ups.count() == 4
    assert contact_of(made, made.asking) is None
    due = due_follow_ups(datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert {one.user for one in due} == {planned.sides[0].user, planned.sides[1].user}
    with pytest.raises(StateError) as again:
        follow_up(meeting, now=AFTER, words=MET)
    assert code_of(again) == "meetings.followed_up"


def test_who_met_is_not_counted_among_those_who_were_asked(planned):
    meeting = meeting_of(planned, 0, 1)
    say_held(meeting, held=True, now=AFTER)
    follow_up(meeting, now=AFTER, words=MET)
    figures = outcome_figures(is_simulated=False, now=AFTER)

    assert (figures.n_asked, figures.accepted.n) == (0, 0)


def test_what_is_followed_up_is_not_said_otherwise(planned):
    meeting = meeting_of(planned, 0, 1)
    say_held(meeting, held=True, now=AFTER)
    follow_up(meeting, now=AFTER, words=MET)
    say_held(meeting, held=False, now=AFTER)

    assert Meeting.objects.get(pk=meeting.pk).state == "held"


def test_thirty_days_after_only_organisations_are_known(planned):
    for one, side in zip(planned.attendances, planned.sides, strict=True):
        attend(one, AttendanceFacts(("en",), shows_name=True), by=side.user)
    last = datetime.combine(HELD_ON + timedelta(days=30), time(12), tzinfo=UTC)

    assert forget_attendants(last) == 0
    assert forget_attendants(last + timedelta(days=1)) == 4
    assert not Attendance.objects.exclude(user=None, shows_name=False).exists()
    assert planned.day.meetings.count() == 3
    assert date.fromisoformat("2026-09-01") == HELD_ON


# --- merges ---------------------------------------------------------------------------------------


def test_a_merge_of_two_that_come_is_undone_exactly(planned):
    one, other = planned.sides[0].organisation, planned.sides[1].organisation

    def state():
        rows = planned.day.attendances.order_by("pk").values_list("pk", "organisation")
        meetings = planned.day.meetings.order_by("pk").values_list("first", "second", "slot")
        return list(rows), list(meetings)

    before = state()
    record = merge(one, other, by=None)
    plan_now(planned.day)
    read_print(planned.day)
    undo_merge(record, by=None)
    assert state() == before

"""Days of meetings on pages: planners prepare, plan, move and send; organisations answer."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from alpclusters import cli
from alpclusters.platform.network.models import (
    Attendance,
    Introduction,
    Meeting,
    MeetingDay,
    MeetingWish,
)
from alpclusters.www.workspace.meetings import planning
from tests.factories.accounts import make_user
from tests.factories.background import work_off
from tests.factories.introductions import make_side
from tests.factories.meetings import make_day, make_fair, make_planner
from tests.factories.partnership import make_project
from tests.www.network.meetings.calendar_file import moment, read_events

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CODES = ("de", "en", "fr", "it", "sl")
DAY = {
    "title": "Fair of wood", "held_on": "2026-09-01", "begins": "09:00", "n_slots": "5",
    "slot_minutes": "20", "pause_minutes": "5", "breaks": "3", "n_tables": "2", "most_each": "4",
    "place": "Trento", "wishes_until": "", "cafe": "",
}  # fmt: skip


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path(day, rest="", language="en"):
    return f"/{language}/workspace/meetings/{day.pk}/{rest}"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def fair():
    made = make_fair(4, pairs=[(0, 1), (2, 3), (0, 2)])
    made.planner = signed_in(make_planner(made.day.project))
    return made


@pytest.fixture
def planned(fair):
    fair.plan()
    return fair


@pytest.fixture
def published(planned):
    planned.planner.post(path(planned.day, "plan/"), {"do": "publish"})
    planned.day.refresh_from_db()
    return planned


# --- preparing ------------------------------------------------------------------------------------


def test_a_facilitator_prepares_a_day_and_invites(mailoutbox):
    project, side = make_project(), make_side("Legno Trentino", language="it")
    client = signed_in(make_planner(project))
    answer = client.post("/en/workspace/meetings/new/", {**DAY, "project": project.pk})
    day = MeetingDay.objects.get()

    assert answer.url == path(day, "invite/")
    assert (day.breaks, day.state) == ([3], "draft")
    found = client.get(path(day, "invite/?q=Legno"))
    assert "Legno Trentino" in words(found)
    client.post(path(day, "invite/"), {"do": "invite", "organisation": side.organisation.pk})
    assert mailoutbox == []
    assert signed_in(side.user).get(path(day)).status_code == 404

    client.post(path(day))
    day.refresh_from_db()
    assert day.state == "open"
    [letter] = mailoutbox
    assert letter.to == [side.user.email]
    assert f"/meetings/{day.pk}/attend/{side.organisation.pk}/" in letter.body
    assert signed_in(side.user).get(path(day)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"n_slots": "0"}, "n_slots"),
        ({"n_slots": "41"}, "n_slots"),
        ({"begins": "23:00"}, "n_slots"),
        ({"breaks": "x"}, "breaks"),
        ({"breaks": "9"}, "breaks"),
        ({"breaks": "1 2 3 4 5"}, "breaks"),
        ({"n_tables": "1000"}, "n_tables"),
        ({"title": ""}, "title"),
        ({"held_on": "soon"}, "held_on"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(changes, field):
    project = make_project()
    client = signed_in(make_planner(project))
    answer = client.post("/en/workspace/meetings/new/", {**DAY, "project": project.pk, **changes})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not MeetingDay.objects.exists()


def test_a_day_is_changed(fair):
    answer = fair.planner.post(path(fair.day, "edit/"), {**DAY, "title": "Another title"})

    assert answer.status_code == 302
    fair.day.refresh_from_db()
    assert fair.day.title == "Another title"
    assert 'value="3"' in fair.planner.get(path(fair.day, "edit/")).content.decode()


def test_without_a_speaker_no_mail_is_sent_and_that_is_said(fair, mailoutbox):
    side = make_side("Nobody speaks")
    side.cluster.claims.all().delete()
    answer = fair.planner.post(
        path(fair.day, "invite/"),
        {"do": "invite", "organisation": side.organisation.pk, "q": "Nobody & more"},
        follow=True,
    )

    assert mailoutbox == []
    assert "Nobody speaks for Nobody speaks here yet" in words(answer)
    assert answer.redirect_chain[0][0].endswith("?q=Nobody+%26+more")


def test_who_plans_another_project_sees_nothing(fair):
    other = signed_in(make_planner(make_project()))

    for rest in ("", "edit/", "invite/", "plan/", "after/", "files/plan.pdf"):
        assert other.get(path(fair.day, rest)).status_code == 404
    assert signed_in(make_user()).get("/en/workspace/meetings/").status_code == 403


def test_who_comes_does_not_plan(planned):
    client = signed_in(planned.sides[0].user)

    assert client.get(path(planned.day)).status_code == 200
    for rest in ("edit/", "invite/", "plan/", "after/", "files/list.xlsx"):
        assert client.get(path(planned.day, rest)).status_code == 403
    assert client.post(path(planned.day)).status_code == 403
    other = planned.sides[1].organisation.pk
    assert client.get(path(planned.day, f"attend/{other}/")).status_code == 404
    assert client.get(path(planned.day, f"wishes/{other}/")).status_code == 404
    assert client.get(path(planned.day, f"own/{other}.ics")).status_code == 404


# --- answering ------------------------------------------------------------------------------------


def test_an_organisation_answers_and_says_whom_it_wants_to_meet(fair):
    side = make_side("Cluster Z", language="sl")
    fair.planner.post(path(fair.day, "invite/"), {"organisation": side.organisation.pk})
    client, own = signed_in(side.user), side.organisation.pk
    assert "Cluster Z" in words(client.get(path(fair.day, language="sl")))
    answer = client.post(
        path(fair.day, f"attend/{own}/"),
        {"languages": ["sl", "en"], "away": ["2"], "looks_for": "Kilns", "shows_name": "on"},
    )

    attendance = Attendance.objects.get(organisation=side.organisation)
    assert answer.url == path(fair.day, f"wishes/{own}/")
    assert (attendance.state, attendance.away, attendance.user) == ("comes", [2], side.user)
    client.post(answer.url, {"do": "wish", "other": fair.attendances[0].pk, "weight": "3"})
    there = signed_in(fair.sides[0].user)
    page = there.get(path(fair.day, f"wishes/{fair.sides[0].organisation.pk}/"))
    assert "asks you" in words(page)
    assert "Kilns" in words(page)
    there.post(page.wsgi_request.path, {"do": "wish", "other": attendance.pk, "weight": "1"})
    assert MeetingWish.objects.filter(state="accepted", asking=attendance).exists()
    assert "both want to" in words(client.get(answer.url))


def test_a_planner_writes_down_what_was_said_but_agrees_for_nobody(fair):
    own = fair.sides[0].organisation.pk
    page = fair.planner.get(path(fair.day, f"attend/{own}/"))
    assert "shows_name" not in page.content.decode()
    fair.planner.post(path(fair.day, f"attend/{own}/"), {"languages": ["de"], "shows_name": "on"})

    attendance = Attendance.objects.get(pk=fair.attendances[0].pk)
    assert (attendance.languages, attendance.shows_name, attendance.user) == (["de"], False, None)


def test_without_a_language_the_answer_is_incomplete(fair):
    client, own = signed_in(fair.sides[0].user), fair.sides[0].organisation.pk
    answer = client.post(path(fair.day, f"attend/{own}/"), {"languages": []})

    assert answer.status_code == 422


def test_who_does_not_come_is_told_what_that_takes_away(planned):
    client, own = signed_in(planned.sides[0].user), planned.sides[0].organisation.pk
    answer = client.post(path(planned.day, f"attend/{own}/"), {"do": "stay_away"}, follow=True)

    assert "2 meetings were taken out of the plan." in words(answer)
    assert client.get(path(planned.day, f"wishes/{own}/")).status_code == 302


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "steal", "other": "1"},
        {"do": "wish", "other": "x"},
        {"do": "wish", "weight": "9"},
    ],
)
def test_nonsense_changes_no_wish(fair, data):
    client, own = signed_in(fair.sides[0].user), fair.sides[0].organisation.pk
    before = MeetingWish.objects.count()
    client.post(path(fair.day, f"wishes/{own}/"), data)

    assert MeetingWish.objects.count() == before


def test_wishes_are_taken_back_and_declined_until_they_are_over(fair):
    client, own = signed_in(fair.sides[0].user), fair.sides[0].organisation.pk
    wishes, other = path(fair.day, f"wishes/{own}/"), fair.attendances[1].pk
    client.post(wishes, {"do": "decline", "other": other})
    assert MeetingWish.objects.get(asking=other).state == "declined"
    client.post(wishes, {"do": "wish", "other": fair.attendances[3].pk})
    client.post(wishes, {"do": "withdraw", "other": fair.attendances[3].pk})
    assert not MeetingWish.objects.filter(asked=fair.attendances[3].pk, asking__organisation=own)

    MeetingDay.objects.update(wishes_until=timezone.now() - timedelta(minutes=1))
    answer = client.post(wishes, {"do": "wish", "other": other}, follow=True)
    assert "Wishes are taken no more." in words(answer)


# --- planning -------------------------------------------------------------------------------------


def test_a_small_plan_is_there_at_once(fair):
    answer = fair.planner.post(path(fair.day, "plan/"), {"do": "plan"}, follow=True)

    told = words(answer)
    assert "The plan is made." in told
    assert "no plan reaches more" in told
    assert "Every pair that both want meets." in told
    assert fair.day.meetings.count() == 3


def test_a_large_plan_is_made_by_the_worker(fair, monkeypatch):
    monkeypatch.setattr(planning, "AT_ONCE", 1)
    answer = fair.planner.post(path(fair.day, "plan/"), {"do": "plan"}, follow=True)
    assert "The meetings are being planned" in words(answer)
    progress = fair.planner.get(path(fair.day, "plan/progress.json")).json()
    assert progress["is_over"] is False
    again = fair.planner.post(path(fair.day, "plan/"), {"do": "plan"}, follow=True)
    assert "A plan is being made already." in words(again)

    work_off()
    assert fair.planner.get(path(fair.day, "plan/progress.json")).json() == {"is_over": True}
    assert fair.day.meetings.count() == 3


def test_a_large_plan_can_be_cancelled(fair, monkeypatch, settings, tmp_path):
    # The wish to end lies there by the number of the day, which the next test's day has too.
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    monkeypatch.setattr(planning, "AT_ONCE", 1)
    fair.planner.post(path(fair.day, "plan/"), {"do": "plan"})
    fair.planner.post(path(fair.day, "plan/"), {"do": "cancel"})
    work_off()

    assert "The planning was ended before it was done." in words(
        fair.planner.get(path(fair.day, "plan/"))
    )
    assert fair.day.meetings.count() == 0


def test_what_is_not_planned_says_why(fair):
    Attendance.objects.filter(pk=fair.attendances[0].pk).update(languages=["fr"])
    answer = fair.planner.post(path(fair.day, "plan/"), {"do": "plan"}, follow=True)

    assert "The two share no language." in words(answer)


def test_nothing_to_plan_is_said(mailoutbox):
    day = make_day()
    planner = signed_in(make_planner(day.project))
    answer = planner.post(path(day, "plan/"), {"do": "plan"}, follow=True)

    assert "No two organisations want to meet yet" in words(answer)
    assert "There is no plan to send yet." in words(
        planner.post(path(day, "plan/"), {"do": "publish"}, follow=True)
    )
    assert mailoutbox == []


def test_a_move_that_does_not_fit_is_refused_in_a_sentence(planned):
    one = planned.day.meetings.get(first=planned.attendances[0], second=planned.attendances[1])
    other = planned.day.meetings.get(first=planned.attendances[0], second=planned.attendances[2])
    page = path(planned.day, f"plan/{one.pk}/move/")
    answer = planned.planner.post(page, {"slot": other.slot, "table": other.table})

    assert answer.status_code == 422
    assert "Cluster A would have two meetings at" in words(answer)
    assert f"Table {other.table} is taken at" in words(answer)
    assert "Times that fit both" in words(planned.planner.get(page))
    assert planned.planner.post(page, {"slot": "5", "table": "1"}).status_code == 302
    one.refresh_from_db()
    assert (one.slot, one.table, one.is_fixed) == (5, 1, True)


def test_a_meeting_is_fixed_let_go_and_taken_out(planned):
    one = planned.day.meetings.first()
    for do, fixed in (("fix", True), ("unfix", False)):
        planned.planner.post(path(planned.day, "plan/"), {"do": do, "meeting": one.pk})
        one.refresh_from_db()
        assert one.is_fixed is fixed
    answer = planned.planner.post(
        path(planned.day, "plan/"), {"do": "drop", "meeting": one.pk}, follow=True
    )
    assert "What could not be planned" in words(answer)
    assert planned.day.meetings.count() == 2
    for nonsense in ("", "x", "999999999"):
        answer = planned.planner.post(
            path(planned.day, "plan/"), {"do": "fix", "meeting": nonsense}
        )
        assert answer.status_code == 404


def test_a_plan_that_does_not_fit_any_more_says_so(planned):
    one = planned.day.meetings.first()
    Attendance.objects.filter(pk=one.first_id).update(away=[one.slot])

    assert "is not there at" in words(planned.planner.get(path(planned.day, "plan/")))


# --- sending --------------------------------------------------------------------------------------


def test_everybody_gets_the_own_plan_with_a_calendar(planned, mailoutbox):
    answer = planned.planner.post(path(planned.day, "plan/"), {"do": "publish"}, follow=True)

    assert "The plan is sent: 4 mails." in words(answer)
    assert len(mailoutbox) == 4
    letter = next(m for m in mailoutbox if m.to == [planned.sides[0].user.email])
    name, content, kind = letter.attachments[0]
    events = read_events(content.encode() if isinstance(content, str) else content)
    assert (name, kind) == ("meetings.ics", "text/calendar")
    assert {event["SUMMARY"] for event in events} == {"Meeting: Cluster B", "Meeting: Cluster C"}
    own = planned.day.meetings.get(first=planned.attendances[0], second=planned.attendances[1])
    event = next(e for e in events if e["SUMMARY"] == "Meeting: Cluster B")
    # Nine o'clock of the day is seven in UTC; slots begin every 25 minutes.
    begins = datetime(2026, 9, 1, 7, tzinfo=UTC) + timedelta(minutes=25 * (own.slot - 1))
    assert (moment(event["DTSTART"]), moment(event["DTEND"])) == (
        begins,
        begins + timedelta(minutes=20),
    )
    assert event["LOCATION"] == f"Table {own.table}, Trento, Sala A"
    assert len({e["UID"] for e in events}) == 2


def test_the_link_of_the_calendar_opens_without_signing_in(published, mailoutbox):
    MeetingDay.objects.update(held_on=timezone.localdate())
    [link] = {
        word
        for m in mailoutbox
        if m.to == [published.sides[0].user.email]
        for word in m.body.split()
        if word.endswith(".ics")
    }
    local = "/" + link.split("/", 3)[3]
    answer = Client().get(local)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(read_events(answer.content)) == 2
    assert Client().get(local.replace(".ics", "x.ics")).status_code == 404
    MeetingDay.objects.update(state="planned")
    assert Client().get(local).status_code == 404


def test_a_moved_meeting_keeps_its_entry_and_replaces_it(published, mailoutbox):
    before = {e["SUMMARY"]: e for e in read_events(own_file(published, 0, "ics").content)}
    one = published.day.meetings.get(
        first=published.attendances[0], second=published.attendances[1]
    )
    mailoutbox.clear()
    published.planner.post(path(published.day, f"plan/{one.pk}/move/"), {"slot": "5", "table": "1"})
    answer = published.planner.post(path(published.day, "plan/"), {"do": "publish"}, follow=True)

    assert "The plan is sent: 2 mails." in words(answer)
    assert {m.to[0] for m in mailoutbox} == {s.user.email for s in published.sides[:2]}
    assert all("changed" in m.subject for m in mailoutbox)
    after = {e["SUMMARY"]: e for e in read_events(own_file(published, 0, "ics").content)}
    moved = after["Meeting: Cluster B"]
    assert moved["UID"] == before["Meeting: Cluster B"]["UID"]
    assert (before["Meeting: Cluster B"]["SEQUENCE"], moved["SEQUENCE"]) == ("0", "1")
    assert moved["DTSTART"] != before["Meeting: Cluster B"]["DTSTART"]


def own_file(fair, k, kind, language="en"):
    client = signed_in(fair.sides[k].user)
    return client.get(path(fair.day, f"own/{fair.sides[k].organisation.pk}.{kind}", language))


def test_ones_own_day_is_shown_once_it_is_sent(planned):
    client = signed_in(planned.sides[0].user)
    assert "Cluster B" not in words(client.get(path(planned.day)))
    assert own_file(planned, 0, "ics").status_code == 404
    planned.planner.post(path(planned.day, "plan/"), {"do": "publish"})

    shown = words(client.get(path(planned.day)))
    assert "Cluster B" in shown
    assert "Cluster C" in shown
    assert own_file(planned, 0, "exe").status_code == 404


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("what", ["plan", "sheets", "signs", "list"])
def test_the_plan_is_printed_in_five_languages(planned, what, language):
    answer = planned.planner.get(path(planned.day, f"files/{what}.pdf?language={language}"))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert "Cluster A" in text
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    from docx import Document

    document = Document(
        io.BytesIO(
            planned.planner.get(path(planned.day, f"files/{what}.docx?language={language}")).content
        )
    )
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Cluster" in cell for cell in cells)


def test_all_meetings_are_a_table_that_opens_again(planned):
    from openpyxl import load_workbook

    answer = planned.planner.get(path(planned.day, "files/list.xlsx?language=en"))
    book = load_workbook(io.BytesIO(answer.content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]

    pairs = {(one.first.organisation.name, one.second.organisation.name)
             for one in planned.day.meetings.all()}  # fmt: skip
    found = {(a, b) for row in rows for a, b in pairwise(row)}
    assert pairs <= found


def test_times_of_the_list_are_written_as_the_language_writes_them(planned):
    answer = planned.planner.get(path(planned.day, "files/list.pdf?language=sl"))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

    assert re.search(r"\b\d{1,2}\.\d{2}\b", words)
    assert not re.search(r"\b\d{2}:\d{2}\b", words)


def test_a_sheet_of_ones_own_is_one_page(published):
    reader = PdfReader(io.BytesIO(own_file(published, 0, "pdf", "de").content))

    assert len(reader.pages) == 1
    assert "Cluster B" in reader.pages[0].extract_text()
    assert "Cluster D" not in reader.pages[0].extract_text()


@pytest.mark.parametrize("rest", ["files/plan.xlsx", "files/nothing.pdf", "files/plan.exe"])
def test_what_is_not_printed_is_not_found(planned, rest):
    assert planned.planner.get(path(planned.day, rest)).status_code == 404


def test_without_a_plan_there_is_nothing_to_print(fair):
    assert fair.planner.get(path(fair.day, "files/plan.pdf")).status_code == 404


# --- afterwards -----------------------------------------------------------------------------------


def test_what_took_place_is_said_and_followed_up_with_one_click(published):
    page = path(published.day, "after/")
    MeetingDay.objects.update(held_on=timezone.localdate() + timedelta(days=1))
    early = published.planner.post(page, {"do": "rest"}, follow=True)
    assert "The day has not come yet." in words(early)
    MeetingDay.objects.update(held_on=timezone.localdate() - timedelta(days=1))
    one = published.day.meetings.first()
    published.planner.post(page, {"do": "missed", "meeting": one.pk})
    published.planner.post(page, {"do": "rest"})
    answer = published.planner.post(page, {"do": "follow_up_all"}, follow=True)

    assert "Took place: 2. Did not take place: 1. Not known yet: 0. Followed up: 2." in words(
        answer
    )
    assert Introduction.objects.accepted().count() == 2
    assert all("Timber meets energy" in one.message for one in Introduction.objects.all())
    side = next(s for s in published.sides if Introduction.objects.filter(asking=s.organisation))
    made = Introduction.objects.filter(asking=side.organisation).first()
    shown = words(signed_in(side.user).get(f"/en/workspace/introductions/{made.pk}/"))
    assert "closed the account" not in shown
    assert "You met at a day of meetings" in shown


def test_one_meeting_is_followed_up_once(published):
    MeetingDay.objects.update(held_on=timezone.localdate())
    one = published.day.meetings.first()
    page = path(published.day, "after/")
    published.planner.post(page, {"do": "held", "meeting": one.pk})
    published.planner.post(page, {"do": "follow_up", "meeting": one.pk})
    again = published.planner.post(page, {"do": "follow_up", "meeting": one.pk}, follow=True)

    assert "Both sides of this meeting are asked already." in words(again)
    assert Meeting.objects.exclude(introduction=None).count() == 1


# --- every day ------------------------------------------------------------------------------------


def test_remind_tells_once_a_day_who_wants_to_meet(fair, capsys):
    wish = MeetingWish.objects.create(
        day=fair.day, asking=fair.attendances[3], asked=fair.attendances[0],
        made_at=timezone.now(),
    )  # fmt: skip
    MeetingDay.objects.update(held_on=timezone.localdate() + timedelta(days=9))
    cli.main(["remind", "--dry-run"])
    assert "Organisations to tell of wishes for meetings: 1" in capsys.readouterr().out
    assert mail.outbox == []
    cli.main(["remind"])
    assert "Organisations told of wishes for meetings: 1" in capsys.readouterr().out
    [letter] = mail.outbox
    assert "Cluster D" in letter.body
    assert letter.to == [fair.sides[0].user.email]
    cli.main(["remind"])
    assert len(mail.outbox) == 1
    wish.refresh_from_db()
    assert wish.told_at is not None


def test_remind_forgets_who_came_thirty_days_after(fair):
    Attendance.objects.update(user=fair.sides[0].user, shows_name=True)
    MeetingDay.objects.update(held_on=timezone.localdate() - timedelta(days=31))
    cli.main(["remind"])

    assert not Attendance.objects.exclude(user=None).exists()


@pytest.mark.parametrize("language", CODES)
def test_pages_speak_every_language(published, language):
    speaker = signed_in(published.sides[0].user)
    own = published.sides[0].organisation.pk
    one = published.day.meetings.first()
    assert speaker.get(f"/{language}/workspace/meetings/").status_code == 200
    for rest in ("", f"attend/{own}/", f"wishes/{own}/"):
        assert speaker.get(path(published.day, rest, language)).status_code == 200
    for rest in ("", "edit/", "invite/?q=Cluster", "plan/", f"plan/{one.pk}/move/", "after/"):
        assert published.planner.get(path(published.day, rest, language)).status_code == 200

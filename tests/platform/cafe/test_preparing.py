"""Questions, tables, guests, agenda, invitations, reminders, coverage, calendar."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import RecordsError, StateError
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.cafe.domain.agendas import agenda_of, end_of, minutes_over
from alpclusters.platform.cafe.domain.calendars import CalendarEvent, calendar_file, folded
from alpclusters.platform.cafe.domain.coverage import coverage_of
from alpclusters.platform.cafe.domain.events import change_cafe, create_cafe
from alpclusters.platform.cafe.domain.guests import parse_list
from alpclusters.platform.cafe.domain.invitations import (
    Letter,
    Person,
    due_reminders,
    erase_address,
    export_of,
    find_invitation,
    forget_address,
    forget_names,
    invite,
    invite_partners,
    personal_link,
    send,
)
from alpclusters.platform.cafe.domain.seats import seat_round
from alpclusters.platform.cafe.domain.tables import grid, lay_tables, proposals_of
from alpclusters.platform.cafe.models import AlpCafe, Invitation, Phase
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.cafe import NOW, make_draft, make_open_cafe, make_preparation
from tests.factories.evaluation import make_region
from tests.factories.tables import make_hall, make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def prepared(**programme):
    return replace(make_preparation(), programme=programme)


def test_hall_starts_with_a_question_for_each_round_in_five_languages():
    cafe = create_cafe(prepared(in_hall=True, round=1, n_rounds=5), by=None)

    asked = list(cafe.questions.all())

    assert [question.round_index for question in asked] == [1, 2, 3, 4, 5]
    for code in LANGUAGE_CODES:
        assert all(question.text.inside(code) for question in asked)
    assert len({question.text.inside("en") for question in asked}) >= 4


def test_untouched_questions_follow_the_kind_of_cafe_and_own_ones_stay():
    cafe = create_cafe(prepared(in_hall=True, round=1), by=None)
    own = cafe.questions.get(round_index=2)
    own.text = {"de": "Was fehlt uns?", "en": "Was fehlt uns?"}
    own.save()

    change_cafe(cafe, prepared(in_hall=True, round=2), by=None)

    texts = [question.text.inside("en") for question in cafe.questions.all()]
    needs = {one.texts["en"] for one in proposals_of(AlpCafe(round=1))}
    assert texts[1] == "Was fehlt uns?"
    assert not needs & set(texts)


def test_course_stays_once_it_was_opened_but_minutes_change():
    cafe = make_open_cafe()

    changed = change_cafe(cafe, prepared(in_hall=True, n_rounds=5, minutes_per_round=9), by=None)

    assert (changed.in_hall, changed.n_rounds) == (False, 3)
    assert changed.minutes_per_round == 9


def test_every_change_tells_the_phones_to_fetch_their_texts():
    cafe = make_hall(guests=4, tables=1)
    before = cafe.content_revision

    lay_tables(cafe, 2)

    assert AlpCafe.objects.get(pk=cafe.pk).content_revision == before + 1


@given(number=st.integers(1, 100))
def test_no_two_tables_stand_in_the_same_place(number):
    found = grid(number)

    assert len(set(found)) == number
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in found)


def test_table_that_people_sit_at_is_not_taken_away():
    cafe = make_planned_hall(guests=12, tables=4)
    seat_round(cafe, 1)

    with pytest.raises(StateError, match="table_in_use"):
        lay_tables(cafe, 3)


@given(text=st.text(alphabet="ab;, \n\tde*sl", max_size=80))
def test_any_pasted_text_is_read_or_refused_line_by_line(text):
    try:
        found = parse_list(text)
    except RecordsError as error:
        assert all(one.where.line for one in error.errors)  # noqa: PT017 - either is right
    else:
        assert len(found) == sum(bool(line.strip()) for line in text.splitlines())


@pytest.mark.parametrize(
    "head",
    ["Name; Languages", "Name\tSprachen\tTisch", "Nom;Langues", "Ospite; lingue", "Ime\tJeziki"],
)
def test_a_list_copied_with_its_head_has_no_guest_of_that_name(head):
    found = parse_list(f"\n{head}\nMaria; de\nName; sl\n")

    assert [(one.name, one.languages) for one in found] == [("Maria", ("de",)), ("Name", ("sl",))]


def test_agenda_adds_up_and_says_how_much_too_long_it_is():
    cafe = make_hall(rounds=3)
    cafe.starts_at, cafe.ends_at_time = time(9), time(12)
    cafe.save()

    slots = agenda_of(cafe)

    assert slots[0].begins.hour == 9
    assert all(a.ends == b.begins for a, b in itertools.pairwise(slots))
    talks = [slot for slot in slots if slot.phase == Phase.TALK]
    assert [slot.minutes for slot in talks] == [20, 20, 20]
    assert minutes_over(cafe, slots) == sum(s.minutes for s in slots) - 180
    assert end_of(cafe) - slots[0].begins == timedelta(hours=3)


def test_address_is_invited_once_and_partners_come_from_the_project():
    cafe = make_draft()
    people = [Person("Ana", email="a@example.org"), Person("Ana", email="a@example.org")]
    assert len(invite(cafe, people)) == 1
    body = Organisation.objects.create(name="Innovation Agency")
    Partner.objects.create(project=cafe.project, organisation=body, region=cafe.region)

    assert [one.organisation for one in invite_partners(cafe)] == [body]
    assert invite_partners(cafe) == []


def test_an_address_gets_three_mails_an_hour_at_most():
    cafe = make_draft()
    (ana,) = invite(cafe, [Person("Ana", email="limit@example.org")])

    sent = [send(ana, Letter("Hello", "Text"), now=NOW) for _ in range(5)]

    assert sent == [True, True, True, False, False]
    assert len(mail.outbox) == 3


def test_the_row_of_an_invitation_does_not_open_its_page(settings, tmp_path):
    settings.HOME = tmp_path
    cafe = make_draft()
    ana, ben = invite(cafe, [Person(name, email=f"{name}@example.org") for name in ("ana", "ben")])

    secret = personal_link(ana)
    personal_link(ben)

    (row,) = Invitation.objects.filter(pk=ana.pk).values()
    assert find_invitation(cafe, secret) == ana
    assert not any(secret in str(value) for value in row.values())
    assert [find_invitation(cafe, text) for text in (row["token_hash"], "")] == [None, None]


def test_an_address_that_is_taken_off_leaves_lists_to_come_and_loses_its_name_in_others():
    cafe = make_draft()
    invite(cafe, [Person("Ana", email="Ana@Example.org"), Person("Ben", email="ben@example.org")])

    forget_address("ana@example.org", cafe.held_on + timedelta(days=1))
    held = sorted(cafe.invitations.values_list("name", "email"))
    invite(cafe, [Person("Ana", email="Ana@Example.org")])
    forget_address("ana@example.org", cafe.held_on)

    assert held == [("", ""), ("Ben", "ben@example.org")]
    assert sorted(cafe.invitations.values_list("name", "email")) == held


def test_erasing_an_address_finds_every_spelling_and_nobody_else():
    cafe = make_draft()
    invite(cafe, [Person("Ana", email="Ana@Example.org"), Person("Ben", email="ben@example.org")])

    assert [one["email"] for one in export_of("ana@example.ORG")] == ["Ana@Example.org"]
    erase_address("ana@example.ORG")
    erase_address("")

    assert [one.name for one in cafe.invitations.all()] == ["Ben"]


def test_reminders_go_once_to_those_who_come_and_those_who_have_not_answered():
    cafe = make_draft()
    names = ("listed", "invited", "registered", "declined")
    people = invite(cafe, [Person(name, email=f"{name}@example.org") for name in names])
    day = datetime(2026, 6, 29, 9, tzinfo=UTC)
    for one in people:
        one.state, one.invited_at = one.name, day - timedelta(days=10)
        one.save()

    due = due_reminders(day)
    assert [one.name for one in due] == ["invited", "registered"]
    for one in due:
        send(one, Letter("Soon", "Text"), now=day, is_reminder=True)

    assert due_reminders(day) == []
    assert due_reminders(day - timedelta(days=9)) == []


def test_nobody_is_reminded_right_after_the_invitation():
    cafe = make_draft()
    (ana,) = invite(cafe, [Person("Ana", email="ana@example.org")])
    day = datetime(2026, 6, 29, 9, tzinfo=UTC)

    send(ana, Letter("Come", "Text"), now=day)

    assert due_reminders(day + timedelta(days=1)) == []


def test_names_are_forgotten_after_thirty_days_and_the_counts_stay():
    cafe = make_hall(guests=2, tables=1)
    cafe.guests.filter(number=1).update(name="Ana")
    (ana,) = invite(cafe, [Person("Ana", email="ana@example.org", helix="research")])
    last = datetime(2026, 7, 31, 9, tzinfo=UTC)

    assert forget_names(last) == 0
    assert forget_names(last + timedelta(days=1)) == 1

    ana.refresh_from_db()
    assert (ana.name, ana.email, ana.helix) == ("", "", "research")
    assert not cafe.guests.exclude(name="").exists()
    assert forget_names(last + timedelta(days=1)) == 0


def test_coverage_counts_and_names_who_is_missing():
    cafe = make_draft()
    other = make_region("DE1")
    people = invite(
        cafe,
        [
            *(
                Person(f"f{n}", region=cafe.region, helix="business", level="local")
                for n in range(9)
            ),
            Person("r", region=cafe.region, helix="research", level="national"),
            Person("x", region=other, helix="public"),
            Person("agency", region=cafe.region, helix="intermediary"),
        ],
    )
    people[0].state = Invitation.State.REGISTERED
    people[0].save()

    found = coverage_of(cafe)

    assert (found.total.listed, found.total.registered) == (12, 1)
    assert {row.key: row.listed for row in found.by_helix} == {
        "business": 9,
        "research": 1,
        "public": 1,
        "intermediary": 1,
    }
    assert not found.few_helixes
    assert not found.few_levels
    assert set(found.thin_helixes) == {"research", "public"}
    assert found.small_regions == [other]
    cells = {(gap.region.code, gap.helix) for gap in found.gaps}
    assert (cafe.region.code, "civil") in cells
    assert (cafe.region.code, "business") not in cells


def test_who_was_invited_but_did_not_come_is_missing_afterwards():
    cafe = make_draft()
    people = invite(
        cafe,
        [
            Person("a", region=cafe.region, helix="business"),
            Person("b", region=cafe.region, helix="research"),
        ],
    )
    people[0].attended = True
    people[0].save()

    gaps = {gap.helix: gap.was_invited for gap in coverage_of(cafe).gaps}

    assert gaps == {"research": True, "public": False, "civil": False}


@pytest.mark.slow
@given(text=st.text(max_size=200).filter(lambda t: "\r" not in t and "\n" not in t))
def test_folded_lines_are_short_and_join_to_the_same_text(text):
    parts = folded(text)

    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text


def test_calendar_file_has_one_event_in_utc():
    event = CalendarEvent(
        uid="alpcafe-1@example.org",
        title="AlpCafé: Ljubljana, dvorana; 1",
        begins=datetime(2026, 7, 1, 9, tzinfo=UTC),
        ends=datetime(2026, 7, 1, 12, tzinfo=UTC),
        changed=NOW,
        place="Ljubljana",
        sequence=3,
    )

    lines = calendar_file(event).split("\r\n")

    assert "DTSTART:20260701T090000Z" in lines
    assert "DTEND:20260701T120000Z" in lines
    assert "SUMMARY:AlpCafé: Ljubljana\\, dvorana\\; 1" in lines
    assert "SEQUENCE:3" in lines
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert date(2026, 7, 1) == event.begins.date()

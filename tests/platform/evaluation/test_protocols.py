import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.models import Card, Rating, Support
from alpclusters.platform.evaluation.domain.protocol_records import read_record, write_record
from alpclusters.platform.evaluation.domain.protocols import (
    approve,
    approved_hosts,
    approved_versions,
    build_protocol,
    draft_of,
    forget_approved_hosts,
    notes_of,
    public_version,
    write_notes,
)
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_open_cafe
from tests.factories.evaluation import join
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def held():
    return make_held_cafe()


def phases(record):
    return {(line.phase, line.round_index): line for line in record.agenda}


def test_nothing_is_written_before_the_end():
    with pytest.raises(StateError, match=r"protocol\.not_closed"):
        build_protocol(make_open_cafe())


def test_building_stores_nothing(held):
    build_protocol(held)

    assert not held.protocols.exists()
    assert not held.snapshots.exists()


def test_agenda_has_planned_and_actual_times_and_what_was_extended(held):
    found = phases(build_protocol(held))

    assert found["lobby", 0].planned == "09:00"
    assert found["talk", 1].happened == "09:33"
    assert sum(line.extended_min for line in found.values()) == 5
    assert found["closed", 0].happened != ""


def test_a_step_that_was_undone_did_not_happen(held):
    entry = held.entries.get(command="extend")
    held.entries.create(
        number=900, command="undo", at=NOW, undoes=entry, before=entry.after, after=entry.before
    )

    record = build_protocol(held)

    assert sum(line.extended_min for line in record.agenda) == 0
    assert record.corrections.undone == 1


def test_attendance_withholds_small_groups_and_what_gives_them_away(held):
    held.participants.update(role="firm_sme", region=None)
    people = list(held.participants.order_by("pk"))
    for person, role in zip(people[:4], ["research"] * 3 + [""], strict=True):
        person.role = role
        person.save()

    splits = {split.kind: split for split in build_protocol(held).attendance.splits}

    shown = {g.names["en"]: g.joined for g in splits["role"].groups}
    # Three and one are hidden, and with four in all the next group too.
    assert shown == {"Firm (SME)": None, "Research": None, "not stated": None}


def test_fewer_than_five_in_all_are_no_number():
    cafe = make_open_cafe()
    for _ in range(4):
        join(cafe)
    close_cafe(cafe, by=None, now=NOW)
    cafe.refresh_from_db()

    assert build_protocol(cafe).attendance.joined is None


def test_who_joined_and_did_not_rate_is_not_among_those_who_took_part(held):
    for number in range(3):
        person = held.participants.first()
        person.pk, person.token_hash = None, f"silent-{number}"
        person.save()

    assert build_protocol(held).attendance.joined == 24


def test_seats_planned_and_happened_stand_side_by_side(held):
    seating = build_protocol(held).seating

    assert seating.planned.guests == 24
    assert seating.happened.guests == 24
    assert seating.planned.repeats >= seating.lower_bound


def test_insights_stand_with_their_cards_in_the_original(held):
    talk = build_protocol(held).tables[0]

    [insight] = talk.insights
    assert insight.title.startswith("Regeln passen nicht zusammen")
    assert insight.measure["de"] == held.insights.first().measure.name.inside("de")
    assert {card.language for card in insight.cards} <= {"de", "sl", "fr", "it", "en"}
    assert talk.summaries[0].language == "sl"
    assert talk.loose


def test_hidden_cards_are_counted_and_not_told(held):
    card = held.cards.order_by("pk").first()
    Card.objects.filter(pk=card.pk).update(
        state=Card.State.HIDDEN, text="canary", hidden_reason="x"
    )

    record = build_protocol(held)

    assert "canary" not in json.dumps(write_record(record))
    # Fewer than five people wrote them.
    assert record.corrections.hidden_cards is None


def test_supporters_are_told_from_five_on(held):
    cards = list(held.cards.order_by("pk")[:2])
    people = list(held.participants.order_by("pk"))
    for person in people[:4]:
        Support.objects.create(card=cards[0], participant=person)
    for person in people[:5]:
        Support.objects.create(card=cards[1], participant=person)

    record = build_protocol(held)

    told = {c.public_id: c.supports for t in record.tables for i in t.insights for c in i.cards}
    told |= {c.public_id: c.supports for t in record.tables for c in t.loose}
    assert (told[cards[0].public_id], told[cards[1].public_id]) == (None, 5)


def test_feedback_of_few_is_withheld(held):
    assert build_protocol(held).feedback[0].n == 24
    held.feedback.filter(pk__in=list(held.feedback.values_list("pk", flat=True)[4:])).delete()

    line = build_protocol(held).feedback[0]

    assert (line.n, line.mean) == (None, None)


def test_feedback_of_all_but_one_alike_has_no_mean(held):
    for number, line in enumerate(held.feedback.order_by("pk")):
        line.answers = {"heard": 2 if number else 5, "learned": 2 + number % 3, "again": 4}
        line.save()

    heard, learned, again = build_protocol(held).feedback

    assert (heard.n, heard.mean, again.mean) == (24, None, None)
    assert learned.mean == 3.0


def test_late_changed_and_informed_answers_are_counted(held):
    first = held.ratings.order_by("pk").first()
    Rating.objects.filter(pk=first.pk).update(is_late=True)
    Rating.objects.create(
        cafe=held, participant=first.participant, measure=first.measure, criterion=first.criterion,
        key="again", round=first.round, value=3, received_at=NOW,
    )  # fmt: skip

    corrections = build_protocol(held).corrections

    # Of one person: no number, and not nothing.
    assert (corrections.changed, corrections.late) == (None, None)
    people = list(held.participants.order_by("pk").values_list("pk", flat=True)[:5])
    late = held.ratings.filter(participant__in=people)
    late.update(is_late=True)
    assert build_protocol(held).corrections.late == late.count()
    assert corrections.informed == held.ratings.filter(is_informed=True).count()


def test_record_comes_back_from_json_as_it_was(held):
    record = build_protocol(held)

    assert read_record(json.loads(json.dumps(write_record(record)))) == record


def test_round_of_questions_has_no_ratings_and_needs_none(held):
    held.ratings.all().delete()

    record = build_protocol(held)

    assert record.evaluation is None
    assert record.n_insights == 5


def test_approval_makes_versions_that_stand_and_keeps_the_notes(held):
    by = make_user()
    write_notes(held, {"open_points": {"de": "Wer zahlt?"}}, NOW)
    first = approve(held, by, NOW)
    title = first.data["title"]
    held.title = held.title.put({"de": "Umbenannt"})
    held.save()

    second = approve(held, by, NOW)

    first.refresh_from_db()
    assert first.data["title"] == title != second.data["title"]
    assert [v.number for v in approved_versions(held)] == [2, 1]
    assert second.notes["open_points"]["de"] == "Wer zahlt?"
    assert second.approved_by == by
    assert draft_of(held) is None


def test_notes_are_kept_in_the_draft_of_the_next_version(held):
    approve(held, None, NOW)
    write_notes(held, {"next_steps": {"sl": "Oktobra"}}, NOW)

    assert draft_of(held).number == 2
    assert notes_of(held)["next_steps"]["sl"] == "Oktobra"
    assert approved_versions(held)[0].notes["next_steps"]["sl"] == ""


def test_version_is_public_while_the_evaluation_it_rests_on_is_released(held):
    version = approve(held, None, NOW)
    before = public_version(held)
    snapshot = held.snapshots.get(number=version.data["snapshot"])

    release_snapshot(snapshot, now=NOW)
    during = public_version(held)
    snapshot.released_at = None
    snapshot.save()

    assert (before, during, public_version(held)) == (None, version, None)


def test_protocol_without_ratings_is_public_once_it_is_approved(held):
    held.ratings.all().delete()

    version = approve(held, None, NOW)

    assert public_version(held) == version


@pytest.mark.slow
def test_queries_do_not_grow_with_tables_and_cards():
    small, large = make_held_cafe(tables=3, cards=9), make_held_cafe(tables=8, cards=60)

    counts = []
    for cafe in (small, large):
        with CaptureQueriesContext(connection) as captured:
            build_protocol(cafe)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_an_approved_version_keeps_its_hosts_when_a_table_gets_another(held):
    version = approve(held, by=None, now=NOW)
    before = approved_hosts(version)
    held.tables.update(host_name="Somebody Else")

    assert set(before.values()) != {"Somebody Else"}
    assert approved_hosts(version) == before


def test_names_of_hosts_go_and_everything_else_of_the_version_stays(held):
    held.tables.filter(number=1).update(host_name="Canary Zupan")
    version = approve(held, by=None, now=NOW)
    written, digest = version.data, version.data["digest"]
    assert "Canary" not in json.dumps(written)
    assert approved_hosts(version)[1] == "Canary Zupan"

    n = forget_approved_hosts(NOW + timedelta(days=400))

    version.refresh_from_db()
    assert n == len(approved_hosts(version)) == 5
    assert set(approved_hosts(version).values()) == {""}
    assert version.data == written
    assert len(digest) == 64
    assert digest == held.snapshots.get().digest

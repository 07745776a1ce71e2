"""Parent and unit: joined, never one; what guards them, what a merge does with them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.duplicates import (
    call_unit,
    open_proposals,
    propose_duplicates,
)
from alpclusters.platform.actors.domain.merges import merge, undo_merge
from alpclusters.platform.actors.domain.units import (
    ancestors_of,
    clear_parent,
    parent_of,
    set_parent,
)
from alpclusters.platform.actors.models import DuplicateProposal, Organisation, PartOf
from alpclusters.platform.history import history_of
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_organisations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def join(unit, parent, **options):
    return set_parent(unit, parent, by=None, now=NOW, **options)


def pairs():
    return sorted(PartOf.objects.current().values_list("unit__name", "parent__name"))


def refusal(action):
    with pytest.raises(StateError) as caught, transaction.atomic():
        action()
    return caught.value.code


@pytest.fixture
def bodies():
    return make_organisations(["University", "Faculty", "Institute", "Laboratory"])


def test_a_unit_has_a_parent_with_source_day_and_who_said_it(bodies):
    whole, part, *_ = bodies
    person = make_user()

    set_parent(
        part, whole, by=person, now=NOW, since=date(2020, 1, 1), source="statutes", reason="seen"
    )

    row = PartOf.objects.get()
    assert (row.since, row.until, row.source) == (date(2020, 1, 1), None, "statutes")
    assert (row.set_by, row.set_at) == (person, NOW)
    assert parent_of(part) == whole
    kept = history_of(PartOf).get()
    assert (kept.history_user, kept.history_change_reason) == (person, "seen")


def test_saying_it_again_changes_nothing(bodies):
    whole, part, *_ = bodies

    assert join(part, whole) == join(part, whole)
    assert PartOf.objects.count() == 1


def test_guards_refuse_with_a_reason_each(bodies):
    whole, part, small, other = bodies
    join(part, whole)
    join(small, part)
    gone = make_organisation("Gone", merged_into=other)
    invented = make_organisation("Invented", is_simulated=True)

    assert refusal(lambda: join(whole, whole)) == "part.same"
    assert refusal(lambda: join(whole, small)) == "part.cycle"
    assert refusal(lambda: join(part, other)) == "part.has_parent"
    assert refusal(lambda: join(gone, whole)) == "part.merged"
    assert refusal(lambda: join(other, gone)) == "part.merged"
    assert refusal(lambda: join(invented, whole)) == "part.simulated"
    assert refusal(lambda: clear_parent(whole, by=None)) == "part.none"
    assert pairs() == [("Faculty", "University"), ("Institute", "Faculty")]
    assert ancestors_of(small.pk) == [part.pk, whole.pk]


def test_the_database_refuses_a_second_parent_and_oneself(bodies):
    whole, part, other, _ = bodies
    join(part, whole)

    for unit, parent in ((part, other), (other, other)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PartOf.objects.create(unit=unit, parent=parent, set_at=NOW)


def test_what_ended_is_kept_and_a_new_parent_can_follow(bodies):
    whole, part, other, _ = bodies
    join(part, whole, since=date(2020, 1, 1))

    assert (
        refusal(lambda: clear_parent(part, by=None, until=date(2019, 1, 1))) == "part.ends_before"
    )
    clear_parent(part, by=None, until=date(2025, 12, 31))
    join(part, other)

    assert pairs() == [("Faculty", "Institute")]
    assert PartOf.objects.get(parent=whole).until == date(2025, 12, 31)


def test_a_mistake_is_taken_away_and_its_history_stays(bodies):
    whole, part, *_ = bodies
    person = make_user()
    join(part, whole)

    clear_parent(part, by=person)

    assert PartOf.objects.count() == 0
    kept = history_of(PartOf).order_by("history_id")
    assert [(row.history_type, row.history_user) for row in kept] == [("+", None), ("-", person)]


# --- the queue --------------------------------------------------------------------------------


@pytest.fixture
def proposal():
    make_organisations(["Holzforschung Muster", "Holzforschung Muster Innsbruck"], country="AT")
    propose_duplicates()
    return open_proposals().get()


def test_a_name_that_adds_a_place_is_asked_about_as_perhaps_a_unit(proposal):
    assert proposal.reasons[-1] == {"code": "unit"}


def test_a_pair_called_unit_is_joined_and_never_returns(proposal):
    person = make_user()

    call_unit(proposal, proposal.second, by=person, now=NOW)
    propose_duplicates()

    assert pairs() == [("Holzforschung Muster Innsbruck", "Holzforschung Muster")]
    assert list(open_proposals()) == []
    row = DuplicateProposal.objects.get()
    assert (row.state, row.decided_by, row.decided_at) == ("unit", person, NOW)


def test_a_refused_decision_leaves_the_pair_open(proposal):
    join(proposal.first, proposal.second)

    assert refusal(lambda: call_unit(proposal, proposal.second, by=make_user(), now=NOW)) == (
        "part.cycle"
    )
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_a_mistake_puts_the_pair_back_and_an_end_does_not(proposal):
    call_unit(proposal, proposal.second, by=make_user(), now=NOW)

    clear_parent(proposal.second, by=None)

    assert list(open_proposals()) == [proposal]
    call_unit(proposal, proposal.second, by=make_user(), now=NOW)
    clear_parent(proposal.second, by=None, until=date(2026, 7, 2))
    propose_duplicates()
    assert list(open_proposals()) == []


def test_parent_and_unit_joined_elsewhere_are_not_asked_about():
    whole, part = make_organisations(["Holzforschung Muster", "Holzforschung Muster Innsbruck"])
    join(part, whole)

    assert propose_duplicates() == 0


def test_two_units_of_one_parent_may_be_one():
    whole, one, two = make_organisations(["Alpha", "Holzlabor Muster", "Holz-Labor Muster GmbH"])
    join(one, whole)
    join(two, whole)

    assert propose_duplicates() == 1


# --- merging ----------------------------------------------------------------------------------


def test_a_name_that_goes_says_when_it_came_and_who_accepted_it(bodies):
    person = make_user()

    merge(bodies[0], bodies[1], by=person)

    alias = bodies[0].aliases.get()
    assert (alias.name, alias.accepted_by) == ("Faculty", person)
    assert alias.seen_on == timezone.localdate()


def test_a_unit_is_never_merged_with_its_parent(bodies):
    whole, part, *_ = bodies
    join(part, whole)

    assert refusal(lambda: merge(whole, part, by=None)) == "merge.unit"
    assert refusal(lambda: merge(part, whole, by=None)) == "merge.unit"


def test_units_move_with_a_merge_and_back(bodies):
    whole, part, _, small = bodies
    twin = make_organisation("University Ltd")
    join(small, twin)
    join(part, whole)

    made = merge(whole, twin, by=None)

    assert pairs() == [("Faculty", "University"), ("Laboratory", "University")]
    undo_merge(made, by=None)
    assert pairs() == [("Faculty", "University"), ("Laboratory", "University Ltd")]


def test_the_parent_moves_with_its_unit_and_back(bodies):
    whole, part, *_ = bodies
    twin = make_organisation("Faculty Ltd")
    join(twin, whole)

    made = merge(part, twin, by=None)

    assert pairs() == [("Faculty", "University")]
    undo_merge(made, by=None)
    assert pairs() == [("Faculty Ltd", "University")]


def test_of_two_parents_the_one_of_the_entry_that_stays_remains_whole(bodies):
    whole, part, other, _ = bodies
    twin = make_organisation("Faculty Ltd")
    join(part, whole)
    join(twin, other, since=date(2020, 1, 1), source="a list")

    made = merge(part, twin, by=None)

    row = PartOf.objects.get()
    assert (row.parent, row.since, row.source) == (whole, None, "")
    undo_merge(made, by=None)
    assert pairs() == [("Faculty", "University"), ("Faculty Ltd", "Institute")]
    assert PartOf.objects.get(unit=twin).source == "a list"


def test_a_merge_that_would_close_a_ring_is_refused_whole(bodies):
    whole, part, small, _ = bodies
    join(part, whole)
    join(small, part)

    assert refusal(lambda: merge(whole, small, by=None)) == "part.ring"
    assert Organisation.objects.exclude(merged_into=None).count() == 0
    assert pairs() == [("Faculty", "University"), ("Institute", "Faculty")]


def test_what_ended_after_the_merge_stays_ended(bodies):
    whole, part, other, _ = bodies
    twin = make_organisation("University Ltd")
    join(twin, part)
    made = merge(whole, twin, by=None)
    clear_parent(whole, by=None, until=date(2026, 7, 2))
    join(part, whole)
    join(whole, other)

    undo_merge(made, by=None)

    assert pairs() == [("Faculty", "University"), ("University", "Institute")]


def test_what_was_said_of_a_unit_after_the_merge_stays(bodies):
    whole, part, other, _ = bodies
    twin = make_organisation("Faculty Ltd")
    join(twin, whole)
    made = merge(part, twin, by=None)
    clear_parent(part, by=None)
    join(part, other)

    undo_merge(made, by=None)

    assert pairs() == [("Faculty", "Institute")]

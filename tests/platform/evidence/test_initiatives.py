from datetime import date, datetime

import pytest
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.domain.initiatives.editing import (
    change_initiative,
    create_initiative,
    noted,
    open_proposals,
    refuse_proposal,
    revert,
    take_proposal,
    versions,
)
from alpclusters.platform.evidence.domain.initiatives.partners import (
    add_partner,
    body_key,
    drop_partner,
    ensure_programme,
    partners_of,
    tie_partner,
)
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal
from alpclusters.platform.languages.text import read_input
from tests.factories.accounts import make_user_with
from tests.factories.evidence import make_initiative
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def coder():
    return make_user_with(Role.EVIDENCE_CODER)


def propose(initiative, field, value):
    source = ImportSource.objects.create(key=f"source-{field}", name="A source (simulated)")
    run = ImportRun.objects.create(source=source, made_at=timezone.now(), subject="initiatives")
    return InitiativeProposal.objects.create(
        initiative=initiative, run=run, field=field, value=value
    )


def test_what_a_person_writes_is_noted_as_theirs(coder):
    made = create_initiative(
        {"acronym": "Holz & Co", "title": {"de": "Holz"}, "call": ""}, by=coder
    )

    change_initiative(made, {"end": date(2020, 12, 31), "end_precision": "year"}, coder)

    assert made.key == "holz-co"
    assert made.edited_fields == ["acronym", "end", "title", "title_de"]


def test_program_itself_leaves_the_fields_to_the_sources():
    made = create_initiative({"acronym": "CORDIS thing", "title": {"en": "x"}}, by=None)

    assert made.edited_fields == []


def test_version_shows_each_change_and_comes_back(coder):
    made = create_initiative({"acronym": "A", "budget_cents": 100}, by=coder)
    change_initiative(made, {"acronym": "B", "budget_cents": None}, coder, "compared")

    newest, first = versions(made)
    assert {c.field: (c.before, c.after) for c in newest.changes} == {
        "acronym": ("A", "B"),
        "budget_cents": (100, None),
    }
    assert (newest.reason, newest.made_by) == ("compared", str(coder))
    assert revert(made, first.number, coder)
    assert not revert(made, 10**9, coder)

    made.refresh_from_db()
    assert (made.acronym, made.budget_cents) == ("A", 100)


def test_nothing_is_stored_where_nothing_differs(coder):
    made = create_initiative({"acronym": "A"}, by=coder)

    assert not change_initiative(made, {"acronym": "A", "call": "", "keywords": []}, coder)
    assert len(versions(made)) == 1


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("initiative.dates", {"start": date(2020, 1, 1), "end": date(2019, 1, 1)}),
        ("initiative.money", {"budget_cents": 100, "eu_cents": 101}),
    ],
)
def test_facts_that_contradict_each_other_are_refused(coder, code, fields):
    with pytest.raises(InputError) as caught:
        create_initiative({"acronym": "A", **fields}, by=coder)

    assert caught.value.code == code
    assert not Initiative.objects.exists()


def test_initiative_never_continues_itself(coder):
    first = make_initiative()
    second = make_initiative(follows=first)

    with pytest.raises(InputError, match=r"initiative\.circle"):
        change_initiative(first, {"follows_id": second.pk}, coder)


def test_initiatives_that_continue_each_other_become_one_family(coder):
    first = create_initiative({"acronym": "First"}, by=coder)

    second = create_initiative({"acronym": "Second", "follows_id": first.pk}, by=coder)

    second.refresh_from_db()
    assert second.family == first.pk


def test_field_people_do_not_edit_is_refused(coder):
    with pytest.raises(ValueError, match="family"):
        create_initiative({"acronym": "A", "family": 3}, by=coder)


def test_partner_has_one_key_wherever_it_takes_part(coder):
    body = make_organisation("Univerza Poskus", country="SI")
    one, other = make_initiative(), make_initiative()

    named, _new = add_partner(one, name="Uni Poskus", organisation=body, by=coder)
    same, _new = add_partner(other, name="UNIVERZA  POSKUS", country="SI", by=coder)

    assert named.body_key == same.body_key == body_key("Univerza Poskus", "SI")


def test_partners_are_told_in_the_history_and_kept_from_imports(coder):
    made = make_initiative()

    row, is_new = add_partner(made, name="Cluster Probe", role="lead", by=coder)
    _row, again = add_partner(made, name="cluster probe", role="lead", by=coder)
    tie_partner(row, make_organisation("Cluster Probe"), by=coder)
    drop_partner(row, by=coder)

    made.refresh_from_db()
    assert (is_new, again, partners_of(made)) == (True, False, [])
    assert made.edited_fields == ["participations"]
    assert [version.reason for version in versions(made)][:3] == [
        "partner-:Cluster Probe",
        "partner~:Cluster Probe",
        "partner+:Cluster Probe",
    ]


def test_lead_stands_first_among_the_partners(coder):
    made = make_initiative()
    add_partner(made, name="Partner", by=coder)
    add_partner(made, name="Lead", role="lead", by=coder)

    assert [row.name for row in partners_of(made)] == ["Lead", "Partner"]


def test_programme_is_found_by_name_and_period():
    first = ensure_programme("Alpine  Space", "2014-2020", family="interreg")

    assert ensure_programme("alpine space", "2014-2020") == first
    assert ensure_programme("Alpine Space", "2021-2027") != first


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("title_en", "As the source says", "As the source says"),
        ("end", "2019-04-30", date(2019, 4, 30)),
        ("budget_cents", 500, 500),
        ("keywords", ["a", "b"], ["a", "b"]),
        ("programme", None, None),
        ("website", "", ""),
    ],
)
def test_proposal_is_taken_and_the_field_follows_the_source_again(coder, field, value, kept):
    made = create_initiative({"acronym": "A", "title": {"en": "Mine"}}, by=coder)
    made.edited_fields = noted(["acronym"], [field])
    made.save()
    proposal = propose(made, field, value)

    take_proposal(proposal, by=coder, now=timezone.now())

    made.refresh_from_db()
    assert read_input(made, field) == kept
    assert made.edited_fields == ["acronym"]
    assert list(open_proposals()) == []


def test_programme_a_source_names_is_taken_and_its_dates_are_days(coder):
    made = create_initiative(
        {"acronym": "A", "start": date(2016, 1, 1), "start_precision": "year"}, by=coder
    )
    programme = ensure_programme("Alpine Space", "2014-2020")

    for field, value in (("programme", programme.pk), ("start", "2016-11-01")):
        take_proposal(propose(made, field, value), by=coder, now=timezone.now())

    made.refresh_from_db()
    assert (made.programme, str(made.start), made.start_precision) == (
        programme,
        "2016-11-01",
        "day",
    )


def test_proposal_that_does_not_fit_changes_nothing(coder):
    made = make_initiative()
    proposal = propose(made, "end", "some day")

    with pytest.raises(InputError, match=r"proposal\.does_not_fit"):
        take_proposal(proposal, by=coder, now=timezone.now())

    assert list(open_proposals()) == [proposal]


def test_decision_about_a_proposal_is_made_once(coder):
    made = make_initiative(website="https://example.org/mine")
    proposal = propose(made, "website", "https://example.org/theirs")
    now: datetime = timezone.now()

    refuse_proposal(proposal, by=coder, now=now)
    with pytest.raises(StateError, match=r"proposal\.decided"):
        take_proposal(proposal, by=coder, now=now)

    made.refresh_from_db()
    assert made.website == "https://example.org/mine"

"""Entries change with a version; proposals are tried, decided, and kept from each other."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.entries import (
    EntryError,
    accept_proposal,
    apply_patch,
    change_entry,
    check_again,
    compare,
    conflicts_of,
    patch_between,
    propose_change,
    refuse_proposal,
    stale_entries,
    waiting_proposals,
)
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import (
    ChangeProposal,
    EntryVersion,
    Offer,
    Parameter,
    Programme,
)
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
TERMS = {
    "starts": "2026-01-01",
    "ends": "2027-12-31",
    "origin": "regional",
    "grants_from": "AT",
    "rates": [{"bp": 5000}],
    "eligibility": {"eq": ["partner.kind", "cluster"]},
    "cap_ct": 100_00,
}


def make_programme(**fields):
    usual = {"key": "prog", "name": "Programme", "level": "regional", "updated_at": NOW}
    return Programme.objects.create(**(usual | fields))


def make_offer(**fields):
    programme = fields.pop("programme", None) or make_programme()
    usual = {"key": "offer", "title": "Offer", "terms": TERMS, "updated_at": NOW}
    return Offer.objects.create(programme=programme, **(usual | fields))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)
RECORDS = st.dictionaries(st.text(max_size=4), JSON, max_size=5)


@given(RECORDS, RECORDS)
def test_a_patch_turns_one_record_into_the_other_and_names_only_what_differs(old, new):
    patch = patch_between(old, new)

    assert apply_patch(old, patch) == new
    assert len(compare(old, new)) == len(patch)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "move", "path": "/a", "value": 1},
        {"op": "replace", "path": "/missing", "value": 1},
        {"op": "remove", "path": "/missing"},
        {"op": "add", "path": "/a/b/c", "value": 1},
        {"op": "add", "path": "a", "value": 1},
    ],
)
def test_a_patch_that_does_not_fit_is_refused(operation):
    with pytest.raises(ValueError, match=r"."):
        apply_patch({"a": 1}, [operation])


def test_a_change_makes_a_version_with_who_and_why():
    user, programme = make_user(), make_programme()

    changed = change_entry(
        programme, {"name_de": "Programm"}, version=1, source="Gazette 3/26", by=user, now=NOW
    )

    assert (changed.version, changed.name.inside("de")) == (2, "Programm")
    kept = EntryVersion.objects.get()
    assert (kept.number, kept.source, kept.made_by) == (2, "Gazette 3/26", user)
    assert kept.data["name_de"] == "Programm"


def test_the_same_again_is_no_version():
    programme = make_programme()

    change_entry(programme, entry_record(programme), version=1, source="", by=None, now=NOW)

    programme.refresh_from_db()
    assert (programme.version, EntryVersion.objects.count()) == (1, 0)


def test_of_two_editors_the_second_is_told():
    programme = make_programme()
    change_entry(programme, {"name_de": "A"}, version=1, source="", by=None, now=NOW)

    with pytest.raises(StateError):
        change_entry(programme, {"name_de": "B"}, version=1, source="", by=None, now=NOW)

    programme.refresh_from_db()
    assert programme.name.inside("de") == "A"


def test_figures_are_replaced_as_a_whole_and_checked():
    programme = make_programme()
    figure = {"name": "rate", "value": "75", "unit": "percent", "status": "verified"}

    change_entry(programme, {"parameters": [figure]}, version=1, source="", by=None, now=NOW)
    with pytest.raises(EntryError) as caught:
        change_entry(
            programme,
            {"parameters": [figure | {"value": "three quarters"}]},
            version=2,
            source="",
            by=None,
            now=NOW,
        )

    assert caught.value.faults[0].pointer == "/parameters/0/value"
    assert Parameter.objects.get().value == "75"


def test_bad_terms_are_refused_with_a_pointer_and_nothing_is_stored():
    offer = make_offer()
    bad = TERMS | {"eligibility": {"eq": ["partner.kind", 3]}, "rates": [{"bp": 20_000}]}

    with pytest.raises(EntryError) as caught:
        change_entry(
            offer, {"terms": bad, "title_de": "Neu"}, version=1, source="", by=None, now=NOW
        )

    pointers = {one.pointer for one in caught.value.faults}
    assert any(one.startswith("/terms/eligibility") for one in pointers)
    assert any(one.startswith("/terms/rates") for one in pointers)
    offer.refresh_from_db()
    assert (offer.version, offer.terms, offer.title.inside("de")) == (1, TERMS, "")


def test_new_terms_are_what_the_search_knows():
    offer = make_offer()
    terms = TERMS | {"rates": [{"bp": 7000}], "categories": ["staff"]}

    changed = change_entry(offer, {"terms": terms}, version=1, source="", by=None, now=NOW)

    changed.refresh_from_db()
    assert (changed.best_rate_bp, changed.kinds, changed.categories) == (
        7000,
        ["cluster"],
        ["staff"],
    )


def test_names_that_no_entry_has_are_refused():
    with pytest.raises(EntryError) as caught:
        change_entry(make_programme(), {"nonsense": 1}, version=1, source="", by=None, now=NOW)

    assert [one.code for one in caught.value.faults] == ["unknown_field"]


def test_a_proposal_changes_nothing_until_it_is_accepted():
    reader, keeper, offer = make_user(), make_user(), make_offer()

    proposal = propose_change(
        offer,
        {"terms": TERMS | {"cap_ct": 200_00}},
        version=1,
        source="New guideline",
        note="Since October",
        by=reader,
        now=NOW,
    )
    offer.refresh_from_db()
    assert (offer.version, offer.terms["cap_ct"]) == (1, 100_00)
    assert [one.pk for one in waiting_proposals()] == [proposal.pk]
    assert [one["path"] for one in proposal.patch] == ["/terms/cap_ct"]

    accept_proposal(proposal, answer="Thank you", by=keeper, now=NOW)

    offer.refresh_from_db()
    assert (offer.version, offer.terms["cap_ct"], offer.cap_ct) == (2, 200_00, 200_00)
    kept = EntryVersion.objects.get()
    assert (kept.proposal_id, kept.source, kept.made_by) == (proposal.pk, "New guideline", keeper)
    assert not waiting_proposals()


def test_a_refused_proposal_keeps_its_answer_and_is_decided_once():
    programme, keeper = make_programme(), make_user()
    proposal = propose_change(
        programme, {"name_de": "X"}, version=1, source="s", note="", by=None, now=NOW
    )

    refused = refuse_proposal(proposal, answer="No source", by=keeper, now=NOW)

    assert (refused.state, refused.answer) == (ChangeProposal.State.REFUSED, "No source")
    with pytest.raises(StateError):
        accept_proposal(proposal, answer="", by=keeper, now=NOW)


def test_faults_and_empty_proposals_are_found_at_once():
    offer = make_offer()

    with pytest.raises(EntryError):
        propose_change(offer, {"terms": {}}, version=1, source="s", note="", by=None, now=NOW)
    with pytest.raises(EntryError) as caught:
        propose_change(offer, {}, version=1, source="s", note="", by=None, now=NOW)

    assert caught.value.faults[0].code == "nothing_changed"
    assert not ChangeProposal.objects.exists()
    assert not EntryVersion.objects.exists()


def test_a_change_meanwhile_is_a_conflict_only_in_the_same_field():
    keeper, programme = make_user(), make_programme()
    change_entry(programme, {"summary_de": "1"}, version=1, source="", by=None, now=NOW)
    programme.refresh_from_db()
    same = propose_change(
        programme, {"name_de": "Reader"}, version=2, source="s", note="", by=None, now=NOW
    )
    other = propose_change(
        programme,
        {"website": "https://example.org/"},
        version=2,
        source="s",
        note="",
        by=None,
        now=NOW,
    )
    change_entry(programme, {"name_de": "Keeper"}, version=2, source="", by=keeper, now=NOW)

    assert conflicts_of(ChangeProposal.objects.get(pk=same.pk)) == ["/name_de"]
    with pytest.raises(StateError):
        accept_proposal(same, answer="", by=keeper, now=NOW)
    accept_proposal(other, answer="", by=keeper, now=NOW)

    programme.refresh_from_db()
    assert (programme.name.inside("de"), programme.website) == ("Keeper", "https://example.org/")


def test_looking_again_is_a_version_and_ends_staleness():
    keeper = make_user()
    programme = make_programme(ends_on=dt.date(2030, 1, 1), checked_on=dt.date(2020, 1, 1))
    assert stale_entries(NOW.date()) == [programme]
    assert stale_entries(dt.date(2027, 5, 1)) == [programme]

    check_again(programme, by=keeper, now=NOW)

    assert stale_entries(NOW.date()) == []
    assert EntryVersion.objects.get().data["checked_on"] == "2026-11-26"

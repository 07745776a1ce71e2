"""The codebook: read, checked, versioned; older codings stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.codebook.editing import (
    Difference,
    add_code,
    begin_draft,
    change_code,
    differences,
    discard_draft,
    load,
    proposals,
    publish_draft,
    restore_code,
    retire_code,
    revert_code,
    set_note,
)
from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    NAMES,
    Recoder,
    checked_value,
    code_label,
    codes_of,
    current_codebook,
    read_in,
)
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.domain.seeding import load_seeds as load_measures
from tests.factories.accounts import make_user
from tests.factories.evidence import NOW, make_activity

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def book():
    load_measures()
    return load()


@pytest.fixture
def draft(book):
    assert current_codebook() == book
    return begin_draft(by=None)


def in_all(text):
    return {name: dict.fromkeys(LANGUAGE_CODES, text) for name in ("label", "definition")}


def code_of(book, field, key):
    return Code.objects.select_related("codebook").get(codebook=book, field=field, key=key)


def test_fields_are_those_of_the_coding_form_and_all_but_months_have_codes(book):
    assert NAMES[0] == "measure_type"
    assert [field.name for field in FIELDS if not codes_of(book, field.name)] == ["outcome_months"]
    assert len(codes_of(book, "measure_type")) == 26


def test_codes_of_a_codebook_are_asked_for_once(book, django_assert_num_queries):
    with django_assert_num_queries(2):
        for field in FIELDS:
            codes_of(book, field.name)
            code_label(field.name, "other", book)


def test_label_never_fails(book):
    assert code_label("scope", "transnational", book) == "Transnational"
    assert code_label("scope", "on the moon", book) == "on the moon"
    Codebook.objects.all().delete()
    assert code_label("scope", "transnational") == "transnational"


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("scope", "transnational", "transnational"),
        ("scope", "", None),
        ("scope", ["transnational"], "transnational"),
        ("audience", ["public", "smes", "smes"], ["smes", "public"]),
        ("audience", "", []),
        ("outcome_months", " 26 ", 26),
        ("outcome_months", None, None),
        ("measure_type", "sme_pilot", "sme_pilot"),
    ],
)
def test_answer_is_read_in_the_order_of_the_codebook(book, field, raw, value):
    assert checked_value(field, raw, book) == value


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        ("scope", "moon", "codebook.unknown_code"),
        ("scope", ["transnational", "cross_border"], "codebook.one_only"),
        ("outcome_months", "-1", "codebook.no_months"),
        ("outcome_months", "601", "codebook.no_months"),
        ("outcome_months", "²", "codebook.no_months"),
    ],
)
def test_answer_that_does_not_fit_is_refused_with_its_field(book, field, raw, code):
    with pytest.raises(InputError) as caught:
        checked_value(field, raw, book)

    assert (caught.value.code, caught.value.where.field) == (code, field)


def test_draft_begins_with_all_codes_and_is_not_in_force(book, draft):
    assert draft.number == 2
    assert Code.objects.filter(codebook=draft).count() == 53
    assert current_codebook() == book
    with pytest.raises(StateError):
        begin_draft(by=None)


def test_published_version_cannot_be_changed(book):
    with pytest.raises(StateError):
        change_code(code_of(book, "scope", "transnational"), {"label": {"en": "x"}}, by=None)
    with pytest.raises(StateError):
        publish_draft(book, by=None, now=NOW)


def test_codes_that_the_software_computes_with_can_only_be_described(draft):
    code = code_of(draft, "context", "alpine")

    assert change_code(code, {"label": code.label.put({"en": "The Alps"})}, by=None)
    with pytest.raises(InputError):
        retire_code(code, [], by=None)
    with pytest.raises(InputError):
        add_code(draft, "outcome_status", "sleeping", in_all("Sleeping"), by=None)


def test_change_keeps_who_made_it_and_can_be_taken_back(draft):
    code, person = code_of(draft, "scope", "transnational"), make_user()
    before = code.label.inside("sl")

    change_code(code, {"label": code.label.put({"sl": "drugače"})}, by=person)

    record = history_of(code).order_by("-history_id").first()
    assert (record.label.inside("sl"), record.history_user) == ("drugače", person)
    first = history_of(code).order_by("history_id").first()
    assert revert_code(code, first.history_id, by=person)
    assert code_of(draft, "scope", "transnational").label.inside("sl") == before


@pytest.mark.parametrize("key", ["", "Big", "a b", "other", "x" * 41, "ümlaut", "<b>"])
def test_key_that_cannot_be_used_is_refused(draft, key):
    with pytest.raises(InputError):
        add_code(draft, "failure_reasons", key, in_all("x"), by=None)


def test_version_is_not_published_while_a_language_is_missing(draft):
    add_code(draft, "failure_reasons", "fair_cancelled", {"label": {"en": "Cancelled"}}, by=None)

    with pytest.raises(InputError) as caught:
        publish_draft(draft, by=None, now=NOW)

    assert caught.value.code == "codebook.incomplete"


def test_new_version_splits_merges_and_drops_and_older_codings_stay_readable(book, draft):
    new = [
        add_code(draft, "failure_reasons", key, in_all(key), by=None)
        for key in ("fair_cancelled", "illness")
    ]
    retire_code(code_of(draft, "failure_reasons", "other"), [code.key for code in new], by=None)
    retire_code(code_of(draft, "failure_reasons", "no_owner"), ["manager_left"], by=None)
    retire_code(code_of(draft, "failure_reasons", "language"), [], by=None)
    draft.refresh_from_db()
    set_note(draft, {"en": "Other was split."}, by=None)
    publish_draft(draft, by=make_user(), now=NOW)

    assert current_codebook() == draft
    old = ["no_owner", "other", "language", "no_need"]
    read = Recoder.known().read("failure_reasons", old, 1, 2)
    assert read.value == ["manager_left", "no_need"]
    assert (read.unclear, read.dropped) == (("other",), ("language",))
    assert read_in(old, 1, 2, field="failure_reasons") == ["manager_left", "no_need"]
    assert code_label("failure_reasons", "other", draft) == "Something else"
    with pytest.raises(InputError):
        checked_value("failure_reasons", ["other"], draft)
    kinds = {(d.key, d.kind) for d in differences(Codebook.objects.get(pk=book.pk), draft)}
    assert ("illness", Difference.ADDED) in kinds
    assert ("other", Difference.RETIRED) in kinds


def test_retired_code_that_is_restored_needs_no_recoding(book, draft):
    code = code_of(draft, "scope", "third_country")
    retire_code(code, ["transnational"], by=None)
    restore_code(code, by=None)
    draft.refresh_from_db()

    assert draft.recodes == []
    assert differences(book, draft) == []
    publish_draft(draft, by=None, now=NOW)


def test_code_is_not_recoded_to_one_that_was_retired_later(draft):
    retire_code(code_of(draft, "scope", "third_country"), ["transnational"], by=None)
    retire_code(code_of(draft, "scope", "transnational"), ["cross_border"], by=None)
    draft.refresh_from_db()

    with pytest.raises(InputError):
        publish_draft(draft, by=None, now=NOW)


def test_discarded_draft_leaves_nothing(book, draft):
    discard_draft(draft, by=None)

    assert list(Codebook.objects.all()) == [book]
    assert not Code.objects.exclude(codebook=book).exists()


def test_code_nobody_used_after_20_initiatives_is_proposed_for_removal(book):
    for _ in range(19):
        make_activity(scope="transnational", success_factors=["owner_named"])
    assert proposals(book) == []

    make_activity(scope="transnational", success_factors=["other"])

    found = {(p.code.field, p.code.key, p.kind) for p in proposals(book)}
    assert ("scope", "within_region", "remove") in found
    assert ("success_factors", "sme_in_lead", "remove") in found
    assert ("success_factors", "owner_named", "remove") not in found
    assert "failure_reasons" not in {field for field, _, _ in found}
    assert not {field for field, _, _ in found} & {"outcome_status", "context", "payer_after"}


def test_facts_of_the_seed_and_simulated_codings_suggest_nothing(book):
    for name in ("is_seeded", "is_simulated"):
        for _ in range(20):
            make_activity(scope="transnational", **{name: True})

    assert proposals(book) == []


def test_frequent_other_is_proposed_for_splitting(book):
    for _ in range(10):
        make_activity(failure_reasons=["other"])

    assert [(p.code.key, p.kind, p.n_used) for p in proposals(book)] == [("other", "split", 10)]


CODE = st.sampled_from("abcdef")
LINES = st.dictionaries(CODE, st.lists(CODE, max_size=2, unique=True), max_size=4)
LISTS = st.lists(LINES, min_size=3, max_size=3)


def recoder(lists):
    return Recoder.of(
        (n, [{"field": "f", "from": old, "to": new} for old, new in lines.items()])
        for n, lines in enumerate(lists, start=2)
    )


@given(LISTS, st.lists(CODE, unique=True), st.integers(1, 4), st.integers(1, 4))
def test_reading_in_steps_is_reading_at_once(lists, codes, middle, last):
    known = recoder(lists)
    middle = min(middle, last)

    steps = known.read("f", known.read("f", codes, 1, middle).value, middle, last).value

    assert steps == known.read("f", codes, 1, last).value


@given(LISTS, CODE, st.integers(1, 4))
def test_one_code_is_read_as_a_list_of_one(lists, code, last):
    alone = recoder(lists).read("f", code, 1, last)
    listed = recoder(lists).read("f", [code], 1, last)

    assert ([] if alone.value is None else [alone.value]) == listed.value
    assert (alone.unclear, alone.dropped) == (listed.unclear, listed.dropped)


@given(LISTS, st.lists(CODE, unique=True), st.integers(1, 4))
def test_every_code_is_read_unclear_or_dropped(lists, codes, last):
    found = recoder(lists).read("f", codes, 1, last)

    assert len(found.value) <= len(codes)
    assert bool(codes) == bool(found.value or found.unclear or found.dropped)

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.coding import (
    add_activity,
    begin_coding,
    can_undo,
    close_coding,
    disagreements,
    put_values,
    remove_activity,
    reopen_coding,
    settle,
    undo,
    unsettle,
)
from alpclusters.platform.evidence.domain.corpora import edit_corpus
from alpclusters.platform.evidence.models import Activity, Coding, Settlement
from tests.factories.accounts import make_user
from tests.factories.coding import (
    FULL,
    NOW,
    code,
    make_activity,
    make_coded_corpus,
    make_coder,
    make_initiative,
    only_activity,
)
from tests.factories.evidence import make_document, make_quotation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def codes(activity):
    activity.refresh_from_db()
    return {name: getattr(activity, name) for name in FULL}


EMPTY = {
    **dict.fromkeys(FULL, ""),
    "audience": [],
    "payer_after": [],
    "success_factors": [],
    "outcome_months": None,
}


@pytest.fixture
def corpus():
    return make_coded_corpus()


@pytest.fixture
def activity(corpus):
    return only_activity(corpus)


def test_first_coding_shows_nothing_until_the_second_is_closed(activity):
    code(activity, make_coder())

    assert codes(activity) == EMPTY
    assert activity.state == Activity.State.OPEN
    assert {row.outcome_status for row in activity.history.all()} == {""}


def test_two_equal_codings_settle_the_activity(activity):
    code(activity, make_coder())
    code(activity, make_coder())

    assert codes(activity) == FULL
    assert activity.state == Activity.State.SETTLED
    assert activity.codebook.number == 1


def test_one_coder_suffices_where_the_corpus_says_so():
    activity = only_activity(make_coded_corpus(n_coders=1))

    code(activity, make_coder())

    assert (codes(activity), activity.state) == (FULL, Activity.State.ONCE)


def test_second_coder_in_a_corpus_of_two_hides_the_codes_of_the_first_again():
    corpus = make_coded_corpus(n_coders=1)
    activity = only_activity(corpus)
    code(activity, make_coder())

    edit_corpus(corpus, name="Ridges", n_coders=2, by=None)

    assert (codes(activity), activity.state) == (EMPTY, Activity.State.OPEN)


def test_facts_of_the_seed_stay_until_coders_have_closed(corpus):
    activity = only_activity(corpus)
    Activity.objects.filter(pk=activity.pk).update(
        is_seeded=True, state="once", outcome_status="lasting"
    )
    activity.refresh_from_db()

    code(activity, make_coder(), outcome_status="ended")
    assert activity.outcome_status == "lasting"

    code(activity, make_coder(), outcome_status="ended")
    assert (activity.outcome_status, activity.state) == ("ended", "settled")


def test_differing_fields_wait_for_a_settlement(corpus, activity):
    first = code(activity, make_coder())
    second = code(activity, make_coder(), outcome_status="ended", scope="transnational")

    found = disagreements(corpus)

    assert [item.field.name for item in found] == ["scope", "outcome_status"]
    assert found[1].values == ("lasting", "ended")
    assert (found[1].first, found[1].second) == (first, second)
    assert activity.state == Activity.State.DISPUTED
    assert codes(activity) == {**FULL, "scope": "", "outcome_status": ""}


def test_disagreements_are_sorted_by_field():
    corpus = make_coded_corpus(initiatives=2)
    for activity in Activity.objects.order_by("pk"):
        code(activity, make_coder())
        code(activity, make_coder(), scope="transnational", context="other")

    found = [(item.field.name, item.activity.initiative.acronym) for item in disagreements(corpus)]

    names = sorted(Activity.objects.values_list("initiative__acronym", flat=True))
    assert found == [(field, name) for field in ("scope", "context") for name in names]


def test_a_third_person_settles_and_both_codings_stay_as_they_are(corpus, activity):
    code(activity, make_coder())
    code(activity, make_coder(), outcome_status="ended")
    before = list(Coding.objects.order_by("pk").values())

    document = make_document(is_simulated=True)
    make_quotation(document, activity=activity, field="outcome_status", page=41)

    settlement = settle(
        activity, "outcome_status", "transformed", by=make_coder(), reason="page 41", now=NOW
    )

    activity.refresh_from_db()
    assert (activity.outcome_status, activity.state) == ("transformed", "settled")
    assert list(Coding.objects.order_by("pk").values()) == before
    assert disagreements(corpus) == []
    assert [d.settlement for d in disagreements(corpus, with_settled=True)] == [settlement]


def test_one_of_the_two_settles_only_for_both(activity):
    coder = make_coder()
    code(activity, coder)
    code(activity, make_coder(), scope="transnational")

    with pytest.raises(StateError) as refused:
        settle(activity, "scope", "cross_border", by=coder, reason="mine")
    joint = settle(activity, "scope", "cross_border", by=coder, reason="talked", is_joint=True)

    assert refused.value.code == "coding.not_by_one_coder"
    assert joint.is_joint


def test_settlement_needs_a_reason_a_known_code_and_a_disagreement(activity):
    code(activity, make_coder())
    code(activity, make_coder(), scope="transnational")
    third = make_coder()

    with pytest.raises(InputError):
        settle(activity, "scope", "cross_border", by=third, reason=" ")
    with pytest.raises(InputError):
        settle(activity, "scope", "lunar", by=third, reason="page 3")
    with pytest.raises(InputError):
        settle(activity, "scope", "", by=third, reason="page 3")
    with pytest.raises(StateError):
        settle(activity, "context", "alpine", by=third, reason="page 3")
    assert Settlement.objects.count() == 0


def test_settlement_can_be_taken_back(corpus, activity):
    code(activity, make_coder())
    code(activity, make_coder(), scope="transnational")
    settle(activity, "scope", "cross_border", by=make_coder(), reason="page 3", now=NOW)

    assert unsettle(activity, "scope", by=None, now=NOW)

    assert len(disagreements(corpus)) == 1
    assert codes(activity)["scope"] == ""


def test_open_disagreement_is_on_no_list(corpus, activity):
    code(activity, make_coder())
    code(activity, make_coder(), closed=False, scope="transnational")

    assert disagreements(corpus) == []
    with pytest.raises(StateError):
        settle(activity, "scope", "transnational", by=make_coder(), reason="guessed")


def test_closing_names_what_is_missing(activity):
    coding = begin_coding(activity, make_coder(), now=NOW)
    put_values(coding, {"measure_type": "fair", "scope": "cross_border", "audience": []})

    with pytest.raises(StateError) as refused:
        close_coding(coding, now=NOW)

    assert refused.value.expected == ("audience, outcome_status, payer_after, source_type, context")


def test_answers_are_validated_by_the_codebook(activity):
    coding = begin_coding(activity, make_coder(), now=NOW)

    with pytest.raises(InputError):
        put_values(coding, {"scope": "lunar"})
    with pytest.raises(InputError):
        put_values(coding, {"outcome_months": "soon"})
    with pytest.raises(InputError):
        put_values(coding, {"stars": "five"})
    assert coding.values == {}


def test_closed_coding_takes_no_answers(activity):
    coding = code(activity, make_coder())

    with pytest.raises(StateError):
        put_values(coding, {"scope": "transnational"})
    with pytest.raises(StateError):
        undo(coding)


def test_coding_is_taken_up_again_only_while_the_other_is_open(activity):
    first = code(activity, make_coder())
    second = code(activity, make_coder(), closed=False)

    reopen_coding(first, now=NOW)
    put_values(first, {"scope": "transnational"})
    close_coding(first, now=NOW, without_place=True)
    close_coding(second, now=NOW, without_place=True)

    with pytest.raises(StateError) as refused:
        reopen_coding(first, now=NOW)
    assert refused.value.code == "coding.both_closed"


def test_third_coder_finds_no_place(activity):
    code(activity, make_coder())
    code(activity, make_coder(), closed=False)

    with pytest.raises(StateError) as refused:
        begin_coding(activity, make_coder())

    assert refused.value.code == "coding.places_taken"


def test_beginning_twice_goes_on(activity):
    coder = make_coder()

    assert begin_coding(activity, coder) == begin_coding(activity, coder)


def test_undo_goes_back_answer_by_answer_to_the_beginning(activity):
    coding = begin_coding(activity, make_coder(), now=NOW)
    put_values(coding, {"scope": "cross_border"})
    put_values(coding, {"scope": "transnational"})
    put_values(coding, {"audience": ["smes"]})

    steps = []
    while can_undo(coding):
        steps.append(([field.name for field in undo(coding)], dict(coding.values)))

    assert steps == [
        (["audience"], {"scope": "transnational"}),
        (["scope"], {"scope": "cross_border"}),
        (["scope"], {}),
    ]
    assert undo(coding) == []


def test_undo_after_a_new_answer_takes_that_one_back_first(activity):
    coding = begin_coding(activity, make_coder(), now=NOW)
    put_values(coding, {"scope": "cross_border"})
    put_values(coding, {"context": "alpine"})
    undo(coding)
    put_values(coding, {"context": "other"})

    assert [field.name for field in undo(coding)] == ["context"]
    assert [field.name for field in undo(coding)] == ["scope"]
    assert coding.values == {}
    assert coding.history.count() == 7


def test_programme_line_has_no_activities():
    line = make_initiative(kind="programme_line")

    with pytest.raises(StateError):
        make_activity(line)


def test_activity_needs_a_name_and_counts_within_its_initiative():
    initiative = make_initiative()

    with pytest.raises(InputError):
        add_activity(initiative, by=None)
    numbers = [make_activity(initiative).number, make_activity(initiative).number]

    assert numbers == [1, 2]


def test_coded_activity_is_not_removed(activity):
    unused = make_activity(activity.initiative)
    code(activity, make_coder(), closed=False)

    remove_activity(unused, by=make_user())
    with pytest.raises(StateError):
        remove_activity(activity, by=None)

    assert list(Activity.objects.all()) == [activity]

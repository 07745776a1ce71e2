import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.evidence.domain.coding import agreement_of, agreement_on, progress_of
from alpclusters.platform.evidence.models import Activity
from tests.factories.coding import FULL, code, make_coded_corpus, make_coder

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# outcome of 12 activities: l = lasting, e = ended, u = unknown (action-plan.md 2.1)
TWELVE = ["ll", "ll", "ee", "le", "ee", "ll", "uu", "ll", "el", "ll", "ee", "ul"]
WORDS = {"l": "lasting", "e": "ended", "u": "unknown"}


@pytest.fixture
def coded():
    return code_twelve()


def code_twelve():
    """Let two people code twelve activities as the golden values have it."""
    corpus = make_coded_corpus(initiatives=12)
    coders = make_coder(), make_coder()
    activities = Activity.objects.order_by("pk")
    for number, (activity, pair) in enumerate(zip(activities, TWELVE, strict=True)):
        months = [26, 26] if number else [10, 40]
        for coder, letter, at in zip(coders, pair, months, strict=True):
            code(activity, coder, outcome_status=WORDS[letter], outcome_months=at)
    return corpus


def test_agreement_of_a_corpus_is_the_golden_value(coded):
    found = agreement_of(coded)["outcome_status"]

    assert round(found.alpha, 6) == 0.586826
    assert found.alpha == pytest.approx(98 / 167)
    assert (found.percent, found.n_units, found.n_activities) == (9 / 12, 12, 12)
    assert (found.level, found.status, found.missing_share) == ("nominal", "ok", 0)


def test_several_codes_are_a_unit_each(coded):
    found = agreement_of(coded)["audience"]

    assert found.is_per_code
    assert (found.n_activities, found.n_units) == (12, 12 * 3)
    assert (found.alpha, found.percent) == (1.0, 1.0)


def test_nothing_varies_is_no_agreement(coded):
    found = agreement_of(coded)["scope"]

    assert (found.alpha, found.status, found.percent) == (None, "no_variation", 1.0)


def test_months_are_numbers_and_bands(coded):
    found = agreement_of(coded)

    assert found["outcome_months"].level == "interval"
    assert found["outcome_band"].level == "ordinal"
    assert found["outcome_band"].percent == 11 / 12


def test_fewer_than_ten_activities_are_too_few_however_many_codes():
    corpus = make_coded_corpus(initiatives=9)
    coders = make_coder(), make_coder()
    for activity in Activity.objects.order_by("pk"):
        for coder in coders:
            code(activity, coder)

    found = agreement_of(corpus)

    assert {row.status for row in found.values()} == {"too_few"}
    assert (found["audience"].n_units, found["audience"].alpha) == (27, None)


def test_what_one_coder_left_out_is_missing_and_no_disagreement_of_units():
    units = [(number, "a", "b" if number else None) for number in range(12)]

    found = agreement_on("months", "Months", units)

    assert (found.n_units, found.missing_share) == (11, pytest.approx(1 / 12))


def test_open_codings_count_in_no_agreement():
    corpus = make_coded_corpus(initiatives=1)
    activity = Activity.objects.get()
    code(activity, make_coder())
    code(activity, make_coder(), closed=False)

    assert agreement_of(corpus)["scope"].n_units == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=10))
def test_exchanging_the_coders_changes_nothing(pairs):
    there = agreement_on("x", "X", [(n, a, b) for n, (a, b) in enumerate(pairs)])
    back = agreement_on("x", "X", [(n, b, a) for n, (a, b) in enumerate(pairs)])

    assert there == back


def test_progress_counts_codings_and_names_no_code(coded):
    progress = progress_of(coded)

    assert (progress.n_initiatives, progress.n_activities, progress.n_empty) == (12, 12, 0)
    assert (progress.n_needed, progress.n_closed) == (24, 24)
    # three outcomes and once the months differ
    assert (progress.n_disputed, progress.n_settled) == (4, 8)
    assert [(row.n_begun, row.n_closed) for row in progress.coders] == [(12, 12), (12, 12)]
    assert not any(word in repr(progress) for word in FULL.values() if isinstance(word, str))

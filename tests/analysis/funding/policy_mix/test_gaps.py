"""Themes with too little money, and phases without help."""

import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.policy_mix import Entry, policy_gaps, theme_weights

pytestmark = pytest.mark.unit

PHASES = {"grant": "research", "fair": "internationalisation"}


def gaps(entries, weights):
    return policy_gaps(
        [Entry(instrument, theme, "AT33", amount) for instrument, theme, amount in entries],
        theme_weights(weights),
        phases=PHASES,
    )


def verdicts(found):
    return {one.theme: one.verdict for one in found.themes}


def test_share_of_exactly_a_quarter_of_the_weight_is_no_gap():
    weights = {"energy": 0.6, "wood": 0.4}

    assert verdicts(gaps([("grant", "energy", 90), ("grant", "wood", 10)], weights)) == {
        "energy": "none",
        "wood": "none",
    }
    assert verdicts(gaps([("grant", "energy", 901), ("grant", "wood", 99)], weights)) == {
        "energy": "none",
        "wood": "gap",
    }


def test_theme_below_a_tenth_is_not_asked_for():
    found = gaps([("grant", "energy", 1)], {"energy": 0.91, "wood": 0.09})

    assert verdicts(found) == {"energy": "none"}


def test_theme_without_any_entry_is_a_gap():
    assert verdicts(gaps([("grant", "energy", 1)], {"energy": 0.5, "wood": 0.5}))["wood"] == "gap"


def test_unknown_amount_of_a_theme_hides_whether_it_has_enough():
    found = gaps(
        [("grant", "energy", 99), ("grant", "wood", 1), ("fair", "wood", None)],
        {"energy": 0.6, "wood": 0.4},
    )

    assert verdicts(found)["wood"] == "unknown"
    assert found.certain == ()


def test_too_little_holds_whatever_others_may_have():
    found = gaps(
        [("grant", "energy", 99), ("grant", "wood", 1), ("fair", "energy", None)],
        {"energy": 0.6, "wood": 0.4},
    )

    assert verdicts(found) == {"energy": "unknown", "wood": "gap"}
    assert (found.status, found.n_unknown) == ("limited", 1)


def test_phase_is_served_by_an_unknown_amount_but_not_by_none():
    found = gaps([("grant", "energy", 0), ("fair", "energy", None)], {"energy": 1})

    assert found.phases == ("awareness", "research", "demonstration", "market")


def test_assumed_weight_is_marked():
    found = gaps([("grant", "energy", 1)], {"energy": None, "wood": None})

    assert [one.is_assumed for one in found.themes] == [True, True]


def test_without_entries_nothing_is_said():
    found = gaps([], {"energy": 1})

    assert (found.status, found.phases) == ("undefined", ())
    assert verdicts(found) == {"energy": "unknown"}


def test_instrument_without_a_phase_is_refused():
    with pytest.raises(AnalysisError) as caught:
        gaps([("loan", "energy", 1)], {"energy": 1})

    assert caught.value.code == "policy_mix.unknown_instrument"

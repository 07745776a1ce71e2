"""Budgets and priorities as the methods take them."""

import pytest

from alpclusters.platform.funding.domain.lists import (
    INSTRUMENTS,
    PHASE_OF,
    THEMES,
    find_instrument,
    find_theme,
    instrument_label,
    phase_label,
    theme_label,
)
from alpclusters.platform.funding.domain.policy_mixing import (
    Scope,
    budget_periods,
    entries_of,
    read_budgets,
    read_subjects,
)
from alpclusters.platform.funding.domain.policy_mixing.strategies import load_priorities
from alpclusters.platform.funding.models import Priority
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.funding import make_programme
from tests.factories.policy_mix import make_budget, make_priority

pytestmark = pytest.mark.integration


def test_every_instrument_serves_a_phase_and_is_named_in_every_language():
    assert set(PHASE_OF) == set(INSTRUMENTS)
    assert set(PHASE_OF.values()) == {
        "awareness",
        "research",
        "demonstration",
        "market",
        "internationalisation",
    }
    for language in LANGUAGE_CODES:
        names = [instrument_label(key, language) for key in INSTRUMENTS]
        phases = [phase_label(key, language) for key in set(PHASE_OF.values())]
        assert set(names) & set(INSTRUMENTS) == set()
        assert len({*names, *phases}) == len(INSTRUMENTS) + 5


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_theme_is_found_by_its_name_in_every_language(language):
    assert len(set(THEMES)) == len(THEMES)
    for key in THEMES:
        label = theme_label(key, language)
        assert label != key
        assert theme_label(find_theme(label.upper()), language) == label


def test_words_that_mean_nothing_find_nothing():
    assert (find_theme("gold"), find_instrument("gold")) == (None, None)


@pytest.mark.django_db
def test_invented_budgets_count_only_where_they_are_asked_for_and_no_real_ones_beside_them():
    make_budget()
    make_budget(theme="tourism", status="demonstration", amount_ct=None)
    make_budget(period="2014-2020", status="demonstration")

    assert [one.theme for one in entries_of(read_budgets(Scope()))] == ["timber"]
    invented = entries_of(read_budgets(Scope(period="2021-2027", is_simulated=True)))
    assert [(one.theme, one.amount) for one in invented] == [("tourism", None)]
    assert budget_periods(is_simulated=False) == ["2021-2027"]
    assert budget_periods(is_simulated=True) == ["2021-2027", "2014-2020"]


@pytest.mark.django_db
def test_subject_has_the_newest_period_with_its_sources_and_unknown_weights():
    make_priority(period="2014-2020", source="Old")
    make_priority(theme="tourism", weight=0.6, source="New")
    make_priority(theme="timber", weight=None, source="New", status="unverified")
    make_priority(theme="hydrogen", side="need")

    (found,) = read_subjects()

    assert (found.key, found.period, found.sources) == ("AT33", "2021-2027", ("Gazette", "New"))
    assert dict(found.strategy.priorities.items()) == {"timber": 0.4, "tourism": 0.6}
    assert dict(found.strategy.needs.items()) == {"hydrogen": 1.0}
    assert (found.n_priorities, found.n_unknown, found.is_unverified) == (3, 1, True)


@pytest.mark.django_db
def test_programmes_stand_after_regions_and_only_if_they_are_published():
    shown, hidden = make_programme("shown"), make_programme("hidden", is_published=False)
    for programme in (shown, hidden):
        make_priority(region="", programme=programme)
    make_priority("SI")
    make_priority("AT33")

    assert [one.key for one in read_subjects()] == ["AT33", "SI", "shown"]


@pytest.mark.django_db
def test_priorities_of_real_programmes_have_a_source_and_no_weight():
    make_programme("asp-2127")

    load_priorities()
    load_priorities()

    rows = Priority.objects.all()
    assert {row.programme.key for row in rows} == {"asp-2127"}
    assert {(row.weight, bool(row.source), row.status) for row in rows} == {
        (None, True, "verified")
    }
    (found,) = read_subjects()
    assert found.strategy.priorities.weights == (0.25, 0.25, 0.25, 0.25)

"""A number that is computed leads to the rows it is computed from, or says what is in the way."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest

from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.www.truth.marks import read_marks
from alpclusters.www.truth.numbers import Site, check_numbers

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.usefixtures("project", "db")]
POLICY_MIX = "/de/funding/policy-mix/"
SYNERGIES = "/de/funding/synergies/?simulated=1"
LASTING = "/de/network/lasting/?simulated=1"


def figures_of(html):
    """Return the key figures of a page by what they count."""
    marks = read_marks(html)
    return {mark.key: mark for mark in (*marks.figures, *marks.totals) if mark.group}


def pages_below(remembered, start, pattern):
    html = unescape(remembered(start))
    return [urljoin(start, found) for found in dict.fromkeys(re.findall(pattern, html))]


def test_agreement_leads_to_the_answers_it_compares(remembered, last):
    figures = figures_of(remembered(f"/de/evaluations/{last.pk}/"))
    alpha = next(mark for key, mark in figures.items() if key.startswith("alpha."))

    assert (alpha.rests, alpha.href.partition("#")[2]) == ("answers", "answers")
    agreement = evaluation_of(last).criteria[0].agreement
    assert int(alpha.rows) == agreement.summary.alpha_ordinal.n_values > 100


def test_figures_of_the_policy_mix_lead_to_the_budgets_they_sum_up(remembered):
    figures = figures_of(remembered(POLICY_MIX))

    assert {key: mark.rests for key, mark in figures.items()} == dict.fromkeys(
        ["budget", "budget-unknown", "themes", "evenness"], "budgets"
    )
    assert check_numbers(Site(remembered), [POLICY_MIX]).mismatches == ()


def test_figures_of_two_strategies_lead_to_their_themes(remembered):
    pages = pages_below(
        remembered, SYNERGIES, r'href="(/de/funding/synergies/[^"?]+/[^"?]+/\?[^"]*)"'
    )
    found = [(page, figures_of(remembered(page))) for page in (pages[0], pages[-1])]
    region, programme = sorted(found, key=lambda pair: not pair[1]["complementarity"].rests)

    assert [mark.rests for mark in region[1].values()] == ["themes", "themes", "sides"]
    assert programme[1]["complementarity"].why == "nicht von beiden bekannt"
    assert check_numbers(Site(remembered), [region[0], programme[0]]).mismatches == ()


def test_shares_of_what_lasted_stand_in_the_table_they_lead_to(remembered):
    figures = figures_of(remembered(LASTING))

    shares = {key: mark for key, mark in figures.items() if key.startswith("last-")}
    assert {mark.href for mark in shares.values()} == {"#curve-title"}
    assert {figures[key].why for key in ("median", "answered")} == {
        "an der Kurve abgelesen, wo die Hälfte geendet hat",
        "wessen Verbindung endete, wird nicht gezeigt",
    }
    assert check_numbers(Site(remembered), [LASTING]).mismatches == ()

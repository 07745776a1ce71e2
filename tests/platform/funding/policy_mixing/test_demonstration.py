"""The invented policy mix: marked, the same every time, never over real figures."""

import pytest

from alpclusters.analysis.funding.policy_mix import policy_mix
from alpclusters.platform.funding.domain.lists import INSTRUMENTS, THEMES
from alpclusters.platform.funding.domain.policy_mixing import Scope, entries_of, read_budgets
from alpclusters.platform.funding.domain.policy_mixing.demonstration import (
    load_demonstration_policy_mix,
    remove_demonstration_policy_mix,
)
from alpclusters.platform.funding.domain.schemes import read_design
from alpclusters.platform.funding.models import Budget, Priority, RegionalScheme
from tests.factories.partnership import make_project
from tests.factories.policy_mix import make_budget

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_everything_says_that_it_is_invented_and_uses_the_vocabulary():
    load_demonstration_policy_mix()

    for model in (Budget, Priority, RegionalScheme):
        assert model.objects.count() > 0
        assert {row.status for row in model.objects.all()} == {"demonstration"}
        assert all("simulated" in row.source for row in model.objects.all())
    assert {row.theme for row in Budget.objects.all()} <= set(THEMES)
    assert {row.theme for row in Priority.objects.all()} <= set(THEMES)
    assert {row.instrument for row in Budget.objects.all()} <= set(INSTRUMENTS)
    names = [name for row in RegionalScheme.objects.all() for name in row.name.each().values()]
    assert all("simul" in name for name in names)


def test_loading_again_changes_nothing_and_removing_takes_all():
    first = load_demonstration_policy_mix()

    assert load_demonstration_policy_mix() == first
    assert remove_demonstration_policy_mix() == first
    assert [m.objects.count() for m in (Budget, Priority, RegionalScheme)] == [0, 0, 0]


def test_real_figure_stays():
    real = make_budget(region="AT32", instrument="cluster_management", theme="timber")

    load_demonstration_policy_mix()

    real.refresh_from_db()
    assert (real.status, real.amount_ct) == ("verified", 5_000_000)
    same = {"region": "AT32", "instrument": "cluster_management", "theme": "timber"}
    beside = Budget.objects.filter(period=real.period, **same)
    assert sorted(beside.values_list("status", flat=True)) == ["demonstration", "verified"]


def test_shares_of_the_invented_mix_can_be_measured_in_all_regions_but_one():
    load_demonstration_policy_mix()

    def status(region: str) -> str:
        scope = Scope(period="2021-2027", region=region, is_simulated=True)
        return policy_mix(entries_of(read_budgets(scope)), n_themes=40, n_instruments=10).status

    assert {
        code: status(code) for code in ("DE1", "FRK", "ITC4", "AT32", "AT33", "CH07", "SI")
    } == {
        "DE1": "ok",
        "FRK": "ok",
        "ITC4": "ok",
        "AT32": "ok",
        "AT33": "ok",
        "CH07": "limited",
        "SI": "ok",
    }


def test_joint_call_of_the_project_leaves_one_region_out_that_changes_could_let_in():
    project = make_project()

    load_demonstration_policy_mix(project)

    (design,) = project.synchronised_schemes.all()
    found = read_design(design)
    assert found.unreadable == ()
    assert len(found.chosen) == 6
    assert not found.call.works_for_all
    assert len(found.members) == 5
    (ticino,) = found.outside
    assert (ticino.scheme.region, ticino.fits) == ("CH07", False)
    assert ticino.joining.covers.unsolved == ()
    assert ticino.joining.covers.best != ()

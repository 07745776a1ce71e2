"""One amount of a mix changed by hand."""

import pytest

from alpclusters.platform.funding.models import MixRun
from tests.www.funding.mixes.mix_pages import address

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_change_of_a_cell_shows_the_ceilings_that_moved(client, run):
    declared = {c["line"]: c["declared_ct"] for c in run.result["allocation"] if c["offer"] == "V"}
    less = {
        f"line-{at}": declared.get(line, 0) // 200 * 1.9 for at, line in enumerate(("b1", "b2"))
    }

    page = client.post(address("mix_cell", run, 1, 3), {k: f"{v:.2f}" for k, v in less.items()})

    tried = page.context["tried"]
    assert tried["is_valid"]
    assert [row.what for row in tried["moved"]] != []
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("amount", ["-1", "x", "60000.01", "1e99", "NaN", "1.234"])
def test_amount_that_is_none_is_refused(client, run, amount):
    answer = client.post(address("mix_cell", run, 0, 0), {"line-0": amount, "line-1": "0"})

    assert answer.status_code == 422
    assert MixRun.objects.count() == 1

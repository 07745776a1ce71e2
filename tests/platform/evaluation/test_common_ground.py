import pytest

from alpclusters.platform.evaluation.domain.computing import compute
from tests.factories.evaluation import make_measure
from tests.factories.judging import GOLDEN, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def common_of(regions, rows=(*GOLDEN, *GOLDEN)):
    return compute(four_cafe(rows, regions=regions)).criteria[0].common


def verdict_of(found, key):
    pk = make_measure(key).pk
    return next(item for item in found.found.measures if item.measure == pk)


def test_measure_rated_high_in_three_countries_is_common():
    found = common_of(("AT32", "ITC4", "DE1"))

    assert [(region, country) for region, country, n in found.regions] == [
        ("AT32", "AT"),
        ("DE1", "DE"),
        ("ITC4", "IT"),
    ]
    assert all(n >= 13 for *_, n in found.regions)
    assert verdict_of(found, "fair").verdict == "common"
    assert verdict_of(found, "visit").verdict == "not_common"
    assert dict(found.found.conventions.thresholds)["threshold"] == 3.5
    assert (found.found.min_countries, found.found.min_regions) == (2, 3)


@pytest.mark.parametrize(
    ("regions", "reason"),
    [(("AT32",), "too_few_in_regions"), (("AT32", "AT33"), "one_country")],
)
def test_reason_is_told_where_the_rule_cannot_be_applied(regions, reason):
    found = common_of(regions)

    assert (found.found, found.reasons) == (None, (reason,))


def test_region_of_nine_people_has_no_figure():
    regions = ["AT32"] * 14 + ["ITC4"] * 13 + ["DE1"] * 9 + ["CH07"] * 4
    found = common_of(regions)

    shown = {region for region, *_ in found.regions}
    assert shown == {"AT32", "ITC4"}
    assert all(item.low <= item.high for item in found.found.measures)
    assert {figure.region for figure in found.figures} <= shown
    assert all(figure.n >= 5 for figure in found.figures)


def test_labels_of_hidden_regions_change_nothing():
    rows = [*GOLDEN, *GOLDEN, "5432", "3422", "4331", "1234", "2345"]
    hidden = (["CH07"] * 2 + ["SI04"] * 3, ["CH07"] * 3 + ["SI04"] * 2)
    first, second = (
        common_of([*["AT32"] * 20, *["ITC4"] * 20, *last], rows=rows) for last in hidden
    )

    assert first.regions == second.regions
    assert first.found == second.found

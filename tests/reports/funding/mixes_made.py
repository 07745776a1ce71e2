"""A hand-made mix of the tiny golden case, checked by the real checker; and ways to change it."""

import copy
import json
from pathlib import Path

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix.document import Found, mix_document
from alpclusters.platform.funding.domain.territory import territory

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples" / "funding"
DIGEST = "af93729bf70353b222730860ed3fcabab1d1f39793cf9717d2416a74c81f29fc"
# X 75 %, Y 50 %, Z 40 %, V 70 %: A is paid 100,000 and B 80,000; worth 165,500 euros.
TINY = (
    Cell("V", "b1", 2_857_140, 1_999_998),
    Cell("V", "b2", 2_857_142, 1_999_999),
    Cell("X", "a1", 6_000_000, 4_500_000),
    Cell("X", "a2", 3_333_333, 2_499_999),
    Cell("X", "b1", 2_666_668, 2_000_001),
    Cell("Y", "a1", 3_000_000, 1_500_000),
    Cell("Y", "a2", 3_000_000, 1_500_000),
    Cell("Z", "b1", 2_500_000, 1_000_000),
    Cell("Z", "b2", 2_500_000, 1_000_000),
)


def case_of(name="tiny"):
    data = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return read_case(data, territory=territory())


def mix_of(case, cells=TINY, **options):
    """The mix document of an allocation, with the word of the checker."""
    check = check_mix(case, cells, territory=territory())
    found = Found(
        cells,
        bound_ct=16_550_000,
        status="optimal",
        levels=({"name": "net_grants", "value": 165_499.97, "bound": 165_500.0, "proved": True},),
        certificate={"duals_sha256": DIGEST, "bound_ct": 16_550_000, "method": "duals"},
        solver={"seed": 1, "work": 109, "versions": {"HiGHS": "1.16.0"}},
    )
    return mix_document(case, found, check, **options)


def changed(mix, **values):
    return {**copy.deepcopy(mix), **values}

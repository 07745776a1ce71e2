"""The generator gives the paper's checksums, and the optimiser its golden optima."""

from collections import Counter

import pytest

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.check import check_mix, recompute_bound
from alpclusters.analysis.funding.mix import build, dual_bound, prepare, solve
from benchmarks._funding_case import judgements, make_case, synthetic_book
from benchmarks._funding_synthetic import Splitmix, make_instance

pytestmark = pytest.mark.unit

NOWHERE = Territory({})
CHECKSUMS = [
    (30, 1, 247, 7016000, 9580000, 1855000, 155000, (3, 10, 7, 10), 345, 965),
    (30, 2, 235, 6703000, 8000000, 1295000, 116500, (5, 2, 7, 16), 286, 691),
    (30, 3, 237, 6921000, 9690000, 1935000, 166000, (7, 5, 4, 14), 256, 828),
    (100, 1, 247, 7016000, 29610000, 5335000, 444500, (8, 28, 25, 39), 1063, 2766),
    (100, 2, 235, 6703000, 29040000, 5030000, 467000, (19, 9, 32, 40), 955, 2596),
    (100, 3, 237, 6921000, 28730000, 5370000, 479000, (17, 14, 30, 39), 893, 2396),
    (300, 1, 247, 7016000, 88070000, 17160000, 1487000, (46, 59, 88, 107), 3370, 8992),
    (300, 2, 235, 6703000, 75260000, 13480000, 1282000, (41, 32, 98, 129), 2544, 6844),
    (300, 3, 237, 6921000, 85950000, 16110000, 1464500, (48, 48, 89, 115), 2990, 7998),
]
FAMILIES = ("eu", "interreg", "national", "regional")


def problem_of(n, seed, *, filtered=True):
    instance = make_instance(n, seed)
    return prepare(
        make_case(instance, filtered=filtered),
        NOWHERE,
        books=[synthetic_book()],
        judged=judgements(instance),
    )


def test_random_source_gives_the_numbers_of_the_paper():
    source = Splitmix(1)

    assert [source.next() for _ in range(3)] == [
        10451216379200822465,
        13757245211066428519,
        17911839290282890590,
    ]


@pytest.mark.parametrize("row", CHECKSUMS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_instances_have_the_checksums_of_the_paper(row):
    n, seed, *expected = row
    made = make_instance(n, seed)
    families = Counter(offer.family for offer in made.offers)

    assert [
        len(made.lines),
        sum(line.amount for line in made.lines),
        sum(offer.cap for offer in made.offers),
        sum(offer.floor for offer in made.offers),
        sum(offer.effort for offer in made.offers),
        tuple(families[family] for family in FAMILIES),
        made.n_cells(filtered=True),
        made.n_cells(filtered=False),
    ] == expected


def test_first_instance_begins_and_ends_as_the_paper_says():
    made = make_instance(30, 1)
    first, last, offer = made.lines[0], made.lines[-1], made.offers[0]

    assert (first.partner, first.package, first.category, first.amount) == (0, 0, "staff", 19_000)
    assert (last.partner, last.package, last.category, last.amount) == (11, 7, "external", 36_000)
    assert (first.quarter, last.quarter) == (10, 11)
    assert (offer.family, offer.rate, offer.cap, offer.floor) == ("eu", 90, 790_000, 190_000)
    assert (offer.effort, offer.themes, offer.window) == (13_000, {4, 5}, (0, 5))
    assert offer.partner_cap_ct == 45_030_000
    assert [used // 1000 for used in made.used] == [60, 0, 0, 60, 0, 10, 30, 50, 0, 20, 40, 110]


@pytest.mark.parametrize(
    ("seed", "optimum", "offers"),
    [(1, 3_545_547.9167, 23), (2, 2_966_941.6667, 15), (3, 2_769_035.2941, 19)],
)
def test_thirty_offers_have_the_golden_optima(seed, optimum, offers):
    problem = problem_of(30, seed)

    found = solve(problem, levels=1)

    assert found.status == "optimal"
    assert found.bound_ct / 100 == pytest.approx(optimum, abs=0.02)
    assert 0 <= optimum * 100 - found.objective_ct < len(found.allocation)
    assert len(found.used) == offers
    check = check_mix(problem.case, found.allocation, territory=NOWHERE, books=[synthetic_book()])
    assert [v for v in check.violations if v.code != "not_eligible"] == []


@pytest.mark.parametrize("seed", [5, 13])
def test_floors_met_exactly_cost_cents_and_the_mix_is_proved(seed):
    problem = problem_of(30, seed)

    found = solve(problem, levels=1)

    assert found.status == "optimal"
    assert 0 <= found.bound_ct - found.objective_ct < len(found.allocation)
    check = check_mix(problem.case, found.allocation, territory=NOWHERE, books=[synthetic_book()])
    assert [v for v in check.violations if v.code != "not_eligible"] == []


def test_any_duals_give_a_bound_that_the_checker_recomputes_exactly():
    problem = problem_of(30, 2)
    found, model = solve(problem, levels=1), build(problem)
    certificate = found.certificate

    exact = recompute_bound(certificate, model)

    assert float(exact) == pytest.approx(certificate.bound, rel=1e-9)
    assert float(exact) >= found.objective_ct / 100
    assert dual_bound(model, certificate.duals * 0) >= float(exact)


@pytest.mark.full
def test_same_case_and_seed_give_the_same_mix():
    first, second = (solve(problem_of(100, 3), levels=1) for _ in range(2))

    assert first.allocation == second.allocation
    assert (first.work, first.bound_ct) == (second.work, second.bound_ct)

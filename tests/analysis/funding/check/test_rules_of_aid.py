"""What always holds of the rules on State aid: monotone, kept to the cent, changed on their day."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Cell, EarlierAid, PastAid
from alpclusters.analysis.funding.check.aid import intensity_bp
from alpclusters.analysis.funding.rulebooks import RULES, rules_on
from alpclusters.analysis.funding.rulebooks.records import Rule
from tests.analysis.funding.check.pieces import (
    case,
    changed_offer,
    checked,
    codes,
    limits,
    line,
    offer,
    one_firm,
    partner,
    undertaking,
)

pytestmark = pytest.mark.unit
D = dt.date
ONE = dt.timedelta(days=1)
LONG_AGO = D(2006, 1, 1)
SIZES = ("small", "medium", "large")
BONUSES = (
    *("collaboration", "dissemination", "licences", "disadvantaged", "a_area", "c_area"),
    *("joint_call", "cross_border", "sme_capacity"),
)
ARTICLES = sorted({rule.id for rule in RULES if rule.params.get("kind") == "article"})
# Their intensity is that of another offer, or of the whole aid period.
OWN_INTENSITY = [name for name in ARTICLES if name not in {"GB-25a", "GB-27o"}]
euros = st.integers(1, 500_000)


def passed(check, rule: str) -> bool:
    return any(v.rule == rule and v.code == "over_ceiling" for v in check.violations)


# --- de minimis: DM-0 to DM-8 -----------------------------------------------------------------


def small_aid(history: Sequence[tuple[dt.date, int]], grants: Sequence[tuple[dt.date, int]]):
    """A firm with past aid that is granted more; amounts in cents, each in full for one cost."""
    lines = [line(f"l{at}", "P", 10**7) for at in range(len(grants))]
    offers = [
        offer(f"o{at}", 10_000, articles={"*": "DM"}, grant_date=day)
        for at, (day, _) in enumerate(grants)
    ]
    past = tuple(PastAid("DE", day, amount) for day, amount in history)
    cells = [Cell(f"o{at}", f"l{at}", ct, ct) for at, (_, ct) in enumerate(grants)]
    return checked(one_firm(lines, offers, history={"de_minimis": past}), *cells)


def accounts(check) -> dict[str, tuple[int, int]]:
    return {
        c.subject.rpartition("@")[2]: (c.limit_ct, c.used_ct)
        for c in check.ceilings
        if c.rule.startswith("DM-")
    }


def by_the_law(day: dt.date, aid: Sequence[tuple[dt.date, int]]) -> tuple[int, int]:
    """The limit of a day and what counts in it, reckoned from the text of the regulations."""
    if day < D(2024, 1, 1):
        return 20_000_000, sum(ct for d, ct in aid if day.year - 2 <= d.year and d <= day)
    is_leap_day = (day.month, day.day) == (2, 29)
    edge = D(day.year - 3, 2, 28) if is_leap_day else day.replace(year=day.year - 3)
    return 30_000_000, sum(ct for d, ct in aid if edge < d <= day)


dated = st.tuples(st.dates(D(2018, 1, 1), D(2030, 12, 31)), st.integers(1, 20_000_000))


@given(st.lists(dated, max_size=4), st.lists(dated, min_size=1, max_size=3))
def test_account_is_what_the_regulations_say_on_the_day_of_every_grant(history, grants):
    check = small_aid(history, grants)

    # Also on the day of aid that came after a planned grant, which it would have met.
    days = {d for d, _ in [*history, *grants] if by_the_law(d, grants)[1]}
    wanted = {d.isoformat(): by_the_law(d, [*history, *grants]) for d in days}
    assert accounts(check) == wanted
    assert check.valid == all(used <= limit for limit, used in wanted.values())


@given(
    st.lists(dated, max_size=3),
    st.lists(dated, min_size=1, max_size=3),
    st.data(),
    st.integers(1, 10_000_000),
)
def test_account_never_holds_less_when_a_grant_rises(history, grants, data, more):
    at = data.draw(st.integers(0, len(grants) - 1))
    day, amount = grants[at]
    before = small_aid(history, grants)
    after = small_aid(history, [*grants[:at], (day, amount + more), *grants[at + 1 :]])

    new = accounts(after)
    for on, (limit, used) in accounts(before).items():
        assert new[on][0] == limit
        assert new[on][1] >= used
    assert before.valid or not after.valid


@given(st.dates(D(2024, 1, 1), D(2030, 12, 31)), st.integers(1, 30_000_000))
def test_rolling_account_forgets_on_the_same_day_three_years_later(day, amount):
    """Convention of the paper: the window is open at its left end."""
    assume((day.month, day.day) != (2, 29))
    edge = day.replace(year=day.year - 3)

    on_the_edge, one_day_inside = (
        accounts(small_aid([(past, amount)], [(day, 1)]))[day.isoformat()][1]
        for past in (edge, edge + ONE)
    )

    assert (on_the_edge, one_day_inside) == (1, 1 + amount)


@given(st.integers(2014, 2023), st.integers(1, 20_000_000), st.integers(1, 12))
def test_account_of_fiscal_years_begins_on_the_first_day_of_the_third(year, amount, month):
    day = D(year, 12, 31)
    first = D(year - 2, month, 1)
    firm = one_firm(
        [line("l", "P", 10)],
        [offer("o", 10_000, articles={"*": "DM"}, grant_date=day)],
        history={"fiscal_year_start": month},
    )

    def used(past: dt.date) -> int:
        aid = (PastAid("DE", past, amount),)
        with_aid = one_firm(
            firm.lines, firm.offers, history={"fiscal_year_start": month, "de_minimis": aid}
        )
        return accounts(checked(with_aid, Cell("o", "l", 1, 1)))[day.isoformat()][1]

    assert (used(first - ONE), used(first)) == (1, 1 + amount)


@pytest.mark.parametrize(
    ("day", "rule", "limit"),
    [
        (D(2007, 1, 1), "DM-0", 20_000_000),
        (D(2013, 12, 31), "DM-0", 20_000_000),
        (D(2014, 1, 1), "DM-1", 20_000_000),
        (D(2023, 12, 31), "DM-1", 20_000_000),
        (D(2024, 1, 1), "DM-2", 30_000_000),
        (D(2030, 12, 31), "DM-2", 30_000_000),
    ],
)
def test_limit_of_de_minimis_is_full_at_its_figure_and_passed_by_a_cent(day, rule, limit):
    full, over = (small_aid([], [(day, amount)]) for amount in (limit, limit + 1))

    assert limits(full, rule) == {f"undertaking:UP/DE@{day}": (limit, limit)}
    assert full.valid
    assert [(v.rule, v.over_ct) for v in over.violations] == [(rule, 1)]


@pytest.mark.parametrize("day", [D(2006, 12, 31), D(2031, 1, 1)])
def test_without_a_regulation_de_minimis_is_undecided_and_never_skipped(day):
    check = small_aid([], [(day, 1)])

    assert check.valid is None
    assert {"law_unknown", "transition_open"} & {one.code for one in check.undecided}


@given(st.integers(0, 20), st.integers(1, 100))
def test_warning_of_the_register_begins_with_it(days, amount):
    first = D(2026, 1, 1)
    for day, rule in ((first - ONE - days * ONE, "DM"), (first + days * ONE, "DM-8")):
        check = small_aid([(day - ONE, amount)], [(day, 1)])
        assert [n.rule for n in check.notes if n.code == "self_declared"] == [rule]


# --- intensities: GB-17 to GB-31 ----------------------------------------------------------------


def aided(article: str, size: str, day: dt.date, granted_ct: int, bonuses=(), cost: int = 1_000):
    """One cost of an undertaking with aid under an article, all of it declared."""
    kind = "cluster" if article.startswith("GB-27") else "sme"
    firm = case(
        [partner("P", kind)],
        [undertaking("P", size)],
        [line("c", "P", cost, article=article, bonuses=tuple(bonuses))],
        [offer("o", 10_000, articles={"*": article}, grant_date=day, applied_on=LONG_AGO)],
    )
    return firm, checked(firm, Cell("o", "c", cost * 100, granted_ct))


def alpha(rule: Rule, size: str, bonuses=()) -> int | None:
    kind = "cluster" if rule.id.startswith("GB-27") else "sme"
    cost = line("c", "P", 1, bonuses=tuple(bonuses))
    return intensity_bp(rule, cost, partner("P", kind), size)


@given(
    st.sampled_from(OWN_INTENSITY),
    st.sampled_from(SIZES),
    st.sets(st.sampled_from(BONUSES)),
    st.dates(D(2014, 7, 1), D(2026, 12, 31)),
    euros,
)
def test_intensity_is_full_at_its_share_and_passed_by_a_cent(article, size, bonuses, day, cost):
    rule = rules_on(day).get(article)
    share = rule and alpha(rule, size, bonuses)
    assume(share is not None)
    most = cost * 100 * share // 10_000

    _, full = aided(article, size, day, most, bonuses, cost)
    _, over = aided(article, size, day, most + 1, bonuses, cost)

    assert limits(full, "CU-3")["line:c"] == (most, most)
    assert not passed(full, "CU-3")
    assert [v.over_ct for v in over.violations if v.rule == "CU-3"] == [1]
    assert not over.valid


@given(st.sampled_from(RULES), st.sets(st.sampled_from(BONUSES)), st.sampled_from(BONUSES))
def test_a_bonus_never_lowers_an_intensity_and_none_passes_the_most(rule, some, one_more):
    assume(rule.id in OWN_INTENSITY)
    for size in SIZES:
        before, after = alpha(rule, size, some), alpha(rule, size, some | {one_more})
        assert (before is None) == (after is None)
        if before is not None:
            assert before <= after <= int(rule.params.get("max_bp", 10_000)) <= 10_000


@given(st.sampled_from(RULES), st.sets(st.sampled_from(BONUSES)))
def test_a_larger_undertaking_never_gets_more(rule, bonuses):
    assume(rule.id in OWN_INTENSITY)
    shares = [alpha(rule, size, bonuses) or 0 for size in SIZES]

    assert shares == sorted(shares, reverse=True)


def _edges() -> list[tuple[str, dt.date, bool]]:
    """The first and last day of each article, and the days beside them; gaps are none."""
    found = []
    for article in ARTICLES:
        versions = sorted((r.valid_from, r.valid_to) for r in RULES if r.id == article)
        for (_, ends), (begins, _) in pairwise(versions):
            assert begins == ends + ONE, article
        first, last = versions[0][0], versions[-1][1]
        found += [(article, first - ONE, False), (article, first, True), (article, last, True),
                  (article, last + ONE, False)]  # fmt: skip
    return found


@pytest.mark.parametrize(("article", "day", "holds"), _edges())
def test_an_article_holds_from_its_first_to_its_last_day(article, day, holds):
    _, check = aided(article, "small", day, 1, cost=1)

    said = {code for code, rule in codes(check) if rule == article}
    said |= {one.code for one in check.undecided if one.rule == article}
    assert bool(said & {"article_not_in_force", "law_unknown", "transition_open"}) == (not holds)


# --- ceilings per undertaking, project, year and cluster ----------------------------------------


def _ceilings() -> list[tuple[str, dt.date, int]]:
    """Each version of an article with a ceiling, on its first and on its last day."""
    return [
        (rule.id, day, int(rule.params["ceiling_ct"]))
        for rule in RULES
        if rule.params.get("kind") == "article" and rule.id != "GB-25a"
        for day in (rule.valid_from, rule.valid_to)
    ]


@pytest.mark.parametrize(("article", "day", "ceiling"), _ceilings())
def test_ceiling_of_an_article_is_full_at_its_figure_and_passed_by_a_cent(article, day, ceiling):
    """The cost is so large that the intensity leaves room."""
    cost = 10 * ceiling // 100
    full, over = (
        aided(article, "small", day, amount, cost=cost)[1] for amount in (ceiling, ceiling + 1)
    )

    ((limit, used),) = [
        found for subject, found in limits(full, article).items() if subject.endswith(f"@{day}")
    ]
    assert (limit, used) == (ceiling, ceiling)
    assert not passed(full, article)
    assert [v.over_ct for v in over.violations if v.rule == article] == [1]


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_aid_granted_earlier_only_ever_fills_a_ceiling(amount, earlier, more):
    def used(past: int) -> int:
        firm, _ = aided("GB-28", "small", D(2024, 1, 1), 1, cost=10**8)
        aid = (EarlierAid("GB-28", D(2015, 1, 1), past),)
        firm = case(
            firm.partners, [undertaking("P", "small", earlier_aid=aid)], firm.lines, firm.offers
        )
        check = checked(firm, Cell("o", "c", 10**10, amount))
        return limits(check, "GB-28")["undertaking:UP@2024-01-01"][1]

    assert used(earlier) == earlier + amount
    assert used(earlier + more) - used(earlier) == more


@pytest.mark.parametrize(
    ("article", "counted", "left_out"),
    [
        ("GB-19", D(2024, 1, 1), D(2023, 12, 31)),  # per undertaking and year
        ("GB-28a", D(2021, 6, 16), D(2021, 6, 15)),  # in any three years
        ("GB-18", D(2000, 1, 1), None),  # without end
    ],
)
def test_ceilings_in_time_forget_on_their_day(article, counted, left_out):
    day = D(2024, 6, 15)

    def used(past: dt.date) -> int:
        firm, _ = aided(article, "small", day, 1)
        aid = (EarlierAid(article, past, 700),)
        firm = case(
            firm.partners, [undertaking("P", "small", earlier_aid=aid)], firm.lines, firm.offers
        )
        return limits(checked(firm, Cell("o", "c", 100_000, 1)), article)[f"undertaking:UP@{day}"][
            1
        ]

    assert used(counted) == 701
    assert left_out is None or used(left_out) == 1


# --- cumulation: CU-3, CU-5, MR-1, and the terms GB-6 and GB-9 ----------------------------------


def together(cost: int, *parts: tuple[str, int, int]):
    """Several grants for one cost of a small firm: article, declared, granted, all in cents."""
    offers = [
        offer(
            f"o{at}",
            10_000,
            articles={"*": article},
            applied_on=LONG_AGO,
        )
        for at, (article, _, _) in enumerate(parts)
    ]
    cells = [Cell(f"o{at}", "c", d, g) for at, (_, d, g) in enumerate(parts)]
    return checked(one_firm([line("c", "P", cost)], offers), *cells)


aids = st.lists(
    st.tuples(st.sampled_from(("GB-17", "GB-18", "GB-28a", "DM")), st.integers(1, 100_000)),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
)


@given(aids, euros, st.integers(1, 100_000))
def test_aid_on_a_cost_adds_up_and_never_makes_room_by_growing(parts, cost, more):
    whole = cost * 100
    shares = {"GB-17": 2_000, "GB-18": 5_000, "GB-28a": 10_000}
    named = [shares[article] for article, _ in parts if article != "DM"]
    most = whole * max(named, default=10_000) // 10_000

    def limit_and_use(granted):
        check = together(cost, *((article, whole, ct) for article, ct in granted))
        (found,) = [f for rule in ("CU-3", "CU-5") for f in limits(check, rule).values()]
        return found

    (article, ct), *others = parts
    assert limit_and_use(parts) == (most, sum(ct for _, ct in parts))
    assert limit_and_use([(article, ct + more), *others])[1] == limit_and_use(parts)[1] + more


@given(euros)
def test_an_article_counts_from_one_per_cent_of_the_cost(cost):
    whole = cost * 100
    least = -(-whole // 100)

    def limit(declared: int) -> int:
        check = together(cost, ("GB-17", whole, 1), ("GB-28a", declared, min(declared, 1)))
        return limits(check, "CU-3")["line:c"][0]

    assert limit(least) == whole
    assert limit(least - 1) == whole * 2_000 // 10_000


@given(euros, st.integers(0, 10_000), st.integers(1, 1_000))
def test_aid_beside_union_money_is_full_at_the_better_rate_and_passed_by_a_cent(cost, bp, union):
    """The Union's offer pays at ``bp``; advice (Art. 18) may be half aid."""
    whole = cost * 100
    most = whole * max(5_000, bp) // 10_000
    assume(bp > 0 and most > union)
    aid = [line("c", "P", cost)]
    firm = one_firm(
        aid,
        [
            offer("union", bp, origin="union_central", level="european"),
            offer("o", 5_000, articles={"*": "GB-18"}),
        ],
    )
    full, over = (
        checked(firm, Cell("union", "c", whole, union), Cell("o", "c", whole, most - union + more))
        for more in (0, 1)
    )

    assert limits(full, "MR-1") == {"line:c": (most, most)}
    assert not passed(full, "MR-1")
    assert [v.over_ct for v in over.violations if v.rule == "MR-1"] == [1]


@given(st.dates(D(2014, 7, 1), D(2026, 12, 31)), st.integers(-3, 3))
def test_aid_is_applied_for_before_work_starts(day, days):
    start = D(2025, 1, 1)
    firm, _ = aided("GB-18", "small", day, 1)
    firm = changed_offer(firm, "o", applied_on=start + days * ONE)

    said = codes(checked(firm, Cell("o", "c", 100_000, 1)))
    assert (("incentive_effect", "GB-6") in said) == (days >= 0)


@pytest.mark.parametrize(
    ("day", "threshold"), [(D(2023, 6, 30), 50_000_000), (D(2023, 7, 1), 10_000_000)]
)
def test_awards_above_the_threshold_of_their_day_are_published(day, threshold):
    at, above = (
        aided("GB-17", "small", day, amount, cost=10**7)[1] for amount in (threshold, threshold + 1)
    )

    assert "GB-9" not in {n.rule for n in at.notes}
    assert [n.params["amount"] for n in above.notes if n.rule == "GB-9"] == [threshold + 1]


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=4), st.data())
def test_operation_of_a_cluster_is_full_at_half_of_the_whole_period(costs, data):
    """Art. 27(7)-(9): one year may hold more if another holds less."""
    whole = 100 * sum(costs)
    grants = [data.draw(st.integers(0, 100 * cost)) for cost in costs]
    lines = [line(f"l{at}", "C", cost, at) for at, cost in enumerate(costs)]
    offers = [offer("o", 10_000, articles={"*": "GB-27o"})]
    cluster = case([partner("C", "cluster")], [undertaking("C")], lines, offers)
    assume(any(grants))

    check = checked(
        cluster, *(Cell("o", f"l{at}", 100 * costs[at], ct) for at, ct in enumerate(grants))
    )

    assert limits(check, "GB-27o")["partner:C/GB-27o"] == (whole // 2, sum(grants))
    assert passed(check, "GB-27o") == (sum(grants) > whole // 2)


@given(euros, st.integers(1, 10_000))
def test_aid_with_a_seal_is_full_at_the_rate_of_its_call(cost, bp):
    most = cost * 100 * bp // 10_000
    assume(most > 0)
    firm = one_firm(
        [line("s", "P", cost)],
        [
            offer("call", bp, origin="union_central", level="european"),
            offer("seal", 10_000, articles={"*": "GB-25a"}, seal_of="call", level="regional"),
        ],
    )

    full, over = (
        checked(firm, Cell("seal", "s", cost * 100, amount), rejected=("call",))
        for amount in (most, most + 1)
    )

    assert limits(full, "CU-3") == {"line:s": (most, most)}
    assert not passed(full, "CU-3")
    assert [v.over_ct for v in over.violations if v.rule == "CU-3"] == [1]

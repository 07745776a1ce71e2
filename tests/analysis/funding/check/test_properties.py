"""What always holds of the checker, on random mixes with random ceilings."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Case, Cell, Offer
from alpclusters.analysis.funding.check import apply_change, check_mix, open_check
from alpclusters.analysis.funding.check.aid import cell_rate_bp
from alpclusters.analysis.funding.check.ground import ground_of
from alpclusters.analysis.funding.rulebooks import BOOKS
from tests.analysis.funding.check.pieces import LAND, changed_offer
from tests.analysis.funding.check.random_mixes import Mixed, mixed
from tests.analysis.funding.check.slow import Slow

pytestmark = pytest.mark.unit
# Ceilings of money that the case gives, by the field that holds them.
GIVEN = {"case.cap": "cap_ct", "case.own_means": "own_ct", "case.credit": "credit_ct"}


def check(one: Mixed, **more):
    return check_mix(one.case, one.mix, territory=LAND, **more)


@given(mixed())
def test_checker_and_slow_second_version_agree_on_every_ceiling(one):
    found = [
        (c.rule, c.subject, c.limit_ct, c.used_ct)
        for c in check(one).ceilings
        if not c.rule.startswith(("IR-", "case.private_match"))
    ]
    slow = Slow(one.case, one.mix, BOOKS).everything()
    left_out = lenient(one.case)

    assert sorted(f for f in found if f[0] not in left_out) == [
        f for f in slow if f[0] not in left_out
    ]


def lenient(case: Case) -> set[str]:
    """Partners of CH without support count for numbers of partners; the slow version has none."""
    is_swiss = any(partner.country == "CH" for partner in case.partners)
    return {"case.min_partners", "case.min_countries"} if is_swiss else set()


@given(mixed())
def test_slack_is_limit_minus_use_and_what_is_passed_is_a_violation(one):
    found = check(one)

    for ceiling in found.ceilings:
        sign = 1 if ceiling.kind == "ceiling" else -1
        assert ceiling.slack_ct == sign * (ceiling.limit_ct - ceiling.used_ct)
    passed = sorted((c.rule, -c.slack_ct) for c in found.ceilings if c.slack_ct < 0)
    said = [v for v in found.violations if v.code in ("over_ceiling", "under_floor")]
    assert passed == sorted((v.rule, v.over_ct) for v in said)
    assert found.valid == (not found.violations)


@given(mixed(), st.data())
def test_a_mix_stays_within_its_ceilings_if_a_grant_falls(one, data):
    """(a) Floors, shares, own means and pairs ask for grants; other ceilings only bound them."""
    assume(one.mix)
    at = data.draw(st.integers(0, len(one.mix) - 1))
    cell = one.mix[at]
    less = replace(cell, declared_ct=max(1, cell.declared_ct // 2), grant_ct=cell.grant_ct // 2)
    lower = Mixed(one.case, (*one.mix[:at], less, *one.mix[at + 1 :]))
    # An article that carries less than 1 % sets no limit, and of later grants the law may differ.
    bounding = ("DF-", "DM-", "case.cap", "case.partner_cap", "case.credit")

    def passed(mix: Mixed) -> set[tuple[str, str]]:
        return {(c.rule, c.subject) for c in check(mix).ceilings
                if c.slack_ct < 0 and c.rule.startswith(bounding)}  # fmt: skip

    eased = {place for place in passed(lower) - passed(one) if place[0] != "case.credit"}
    assert eased == set()


@given(mixed(), st.data())
def test_a_limit_one_cent_below_its_use_is_passed_by_one_cent(one, data):
    """(b) For ceilings that the case gives; own means are also where private match comes from."""
    able = [c for c in check(one).ceilings if c.rule in GIVEN and c.used_ct > 0]
    assume(able)
    ceiling = data.draw(st.sampled_from(able))
    assume(ceiling.slack_ct >= 0)
    peak = max(c.used_ct for c in able if c.rule == ceiling.rule and _who(c) == _who(ceiling))
    lowered = Mixed(_lowered(one.case, ceiling, peak - 1), one.mix)

    new = {(v.rule, v.params.get("subject"), v.over_ct) for v in check(lowered).violations}
    old = {(v.rule, v.params.get("subject"), v.over_ct) for v in check(one).violations}
    passed = {(rule, over) for rule, _, over in new - old if rule != "case.private_match"}
    assert passed == {(ceiling.rule, 1)}


def _who(ceiling) -> str:
    return ceiling.subject.partition("@")[0]


def _lowered(case: Case, ceiling, limit: int) -> Case:
    name = _who(ceiling).partition(":")[2]
    if ceiling.rule == "case.cap":
        return changed_offer(case, name, cap_ct=limit)
    field = GIVEN[ceiling.rule]
    partners = [replace(p, **{field: limit}) if p.id == name else p for p in case.partners]
    return replace(case, partners=tuple(partners))


@given(mixed(), st.randoms(use_true_random=False))
def test_order_of_lines_offers_and_partners_changes_nothing(one, random):
    """(c) Undertakings keep their order: the first of a group names it."""

    def shuffled(records):
        return tuple(random.sample(records, len(records)))

    case = replace(
        one.case,
        lines=shuffled(one.case.lines),
        offers=shuffled(one.case.offers),
        partners=shuffled(one.case.partners),
    )
    other = check_mix(case, shuffled(one.mix), territory=LAND)

    assert other.ceilings == check(one).ceilings
    assert sorted(v.code + v.rule for v in other.violations) == sorted(
        v.code + v.rule for v in check(one).violations
    )


@given(mixed(), st.data())
def test_a_line_split_in_two_keeps_sums_up_to_a_cent_for_each_cell(one, data):
    """(d) Ceilings over more than one line keep limit and use; rates floor once more."""
    at = data.draw(st.integers(0, len(one.case.lines) - 1))
    whole = one.case.lines[at]
    assume(whole.cost_ct >= 4)
    less = whole.cost_ct // 2
    halves = [replace(whole, id=f"{whole.id}a", cost_ct=less),
              replace(whole, id=f"{whole.id}b", cost_ct=whole.cost_ct - less)]  # fmt: skip
    case = replace(one.case, lines=(*one.case.lines[:at], *halves, *one.case.lines[at + 1 :]))
    ground = ground_of(one.case, LAND, BOOKS, ())
    mix = [part for cell in one.mix for part in _split(cell, whole, halves, ground)]
    before = {_place(c): c for c in check(one).ceilings if c.rule.startswith("case.")}
    after = {_place(c): c for c in check_mix(case, tuple(mix), territory=LAND).ceilings
             if c.rule.startswith("case.")}  # fmt: skip

    for place in before.keys() & after.keys():
        assert abs(before[place].used_ct - after[place].used_ct) <= len(one.mix)
        assert abs(before[place].limit_ct - after[place].limit_ct) <= len(one.mix)


def _place(ceiling) -> tuple[str, str]:
    return ceiling.rule, ceiling.subject


def _split(cell: Cell, whole, halves, ground):
    if cell.line != whole.id:
        return [cell]
    bp = cell_rate_bp(ground, ground.offers[cell.offer], whole) or 0
    first = min(halves[0].cost_ct, cell.declared_ct // 2)
    parts = ((halves[0].id, first), (halves[1].id, cell.declared_ct - first))
    return [Cell(cell.offer, name, d, d * bp // 10_000) for name, d in parts if d > 0]


@given(mixed())
def test_ten_times_the_money_scales_what_comes_from_costs_and_nothing_of_the_law(one):
    """(e) Rates floor (match ceils), so a limit that is part of a cost may move by nine cents."""
    tenfold = check_mix(
        _times_ten(one.case), tuple(_cell_times_ten(c) for c in one.mix), territory=LAND
    )
    before = {(c.kind, *_place(c)): c for c in check(one).ceilings if c.unit == "ct"}
    after = {(c.kind, *_place(c)): c for c in tenfold.ceilings if c.unit == "ct"}

    for place, ceiling in before.items():
        if place not in after:
            continue
        if "@" in ceiling.subject and not ceiling.rule.startswith("case."):
            assert after[place].limit_ct == ceiling.limit_ct
        else:
            assert abs(after[place].limit_ct - 10 * ceiling.limit_ct) <= 9


def _times_ten(case: Case) -> Case:
    partners = [
        replace(p, own_ct=_ten(p.own_ct), credit_ct=_ten(p.credit_ct)) for p in case.partners
    ]
    lines = [replace(one, cost_ct=10 * one.cost_ct) for one in case.lines]
    offers = [_offer_times_ten(o) for o in case.offers]
    return replace(case, partners=tuple(partners), lines=tuple(lines), offers=tuple(offers))


def _offer_times_ten(offer: Offer) -> Offer:
    fields = ("cap_ct", "floor_ct", "partner_cap_ct", "partner_floor_ct")
    return replace(offer, **{field: _ten(getattr(offer, field)) for field in fields})


def _ten(amount: int | None) -> int | None:
    return amount if amount is None else 10 * amount


def _cell_times_ten(cell: Cell) -> Cell:
    return replace(cell, declared_ct=10 * cell.declared_ct, grant_ct=10 * cell.grant_ct)


@given(mixed(), st.data())
def test_checking_a_change_gives_what_a_whole_check_gives(one, data):
    state = open_check(one.case, one.mix, territory=LAND)
    offer = data.draw(st.sampled_from(one.case.offers))
    line = data.draw(st.sampled_from(one.case.lines))
    declared = data.draw(st.sampled_from((0, 1, line.cost_ct, line.cost_ct + 1)))
    cell = Cell(offer.id, line.id, declared, declared * offer.rates[0].bp // 10_000)

    changed = apply_change(state, cell)
    kept = [c for c in one.mix if (c.offer, c.line) != (offer.id, line.id)]
    whole = check_mix(one.case, (*kept, *([cell] if declared else [])), territory=LAND)

    assert changed.check == whole
    assert state.check == check(one)

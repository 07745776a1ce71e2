"""What always holds of the rules on Union money, Interreg and Switzerland, to the cent and day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Cell, Link
from alpclusters.analysis.funding.rulebooks import RULES, rules_on
from tests.analysis.funding.check.pieces import (
    case,
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
ORIGINS = ("union_central", "union_shared", "national", "regional", "ch", "private")
WHERE = {"DE": "DE11", "IT": "ITH1", "SI": "SI04", "AT": "AT33", "FR": "FRK2", "CH": "CH04"}
euros = st.integers(1, 500_000)


# --- double funding and profit: DF-1 to DF-4 ----------------------------------------------------


def shared(cost: int, day: dt.date, parts: Sequence[tuple[str, int, int]]):
    """One cost that several offers pay: origin, declared, granted; no aid."""
    offers = [
        offer(f"o{at}", 10_000, origin=origin, grant_date=day)
        for at, (origin, _, _) in enumerate(parts)
    ]
    cells = [Cell(f"o{at}", "c", d, g) for at, (_, d, g) in enumerate(parts)]
    return checked(one_firm([line("c", "P", cost, economic=False)], offers), *cells)


paid = st.tuples(st.sampled_from(ORIGINS), st.integers(1, 50_000), st.integers(0, 50_000))


@given(euros, st.dates(D(2014, 1, 1), D(2030, 12, 31)), st.lists(paid, min_size=1, max_size=4))
def test_what_the_union_pays_is_declared_once_and_nothing_is_gained(cost, day, parts):
    check = shared(cost, day, parts)

    central = [declared for origin, declared, _ in parts if origin == "union_central"]
    union = [declared for origin, declared, _ in parts if origin.startswith("union_")]
    for rule, used in (("DF-2", central), ("DF-4", union)):
        assert limits(check, rule) == ({"line:c": (cost * 100, sum(used))} if used else {})
    assert limits(check, "DF-3") == {"line:c": (cost * 100, sum(g for _, _, g in parts))}
    assert limits(check, "DF-1") == ({"partner:P": (1, len(central))} if central else {})


@given(euros, st.data())
def test_a_cost_is_full_at_its_amount_and_passed_by_a_cent(cost, data):
    whole = cost * 100
    first = data.draw(st.integers(1, whole - 1))
    rest = whole - first

    def over(more: int) -> dict[str, int]:
        check = shared(
            cost,
            D(2025, 1, 1),
            [("union_central", first, first), ("union_shared", rest + more, rest + more)],
        )
        return {v.rule: v.over_ct for v in check.violations if v.code == "over_ceiling"}

    assert over(0) == {}
    assert over(1) == {"DF-3": 1, "DF-4": 1}


def test_a_cost_declared_in_full_to_one_offer_is_not_a_tight_limit():
    """It uses its own cost up by construction: nothing is refused by it, nothing to confirm."""
    alone = shared(100, D(2025, 1, 1), [("union_shared", 10_000, 10_000)])
    beside = shared(100, D(2025, 1, 1), [("union_shared", 5_000, 10)] * 2)

    assert limits(alone, "DF-4") == {"line:c": (10_000, 10_000)}
    assert [c.rule for c in alone.ceilings if c.is_tight] == []
    assert [c.rule for c in beside.ceilings if c.is_tight] == ["DF-4"]


@given(euros, st.lists(paid, min_size=1, max_size=3), st.data(), st.integers(1, 50_000))
def test_more_declared_and_granted_never_makes_a_cost_emptier(cost, parts, data, more):
    at = data.draw(st.integers(0, len(parts) - 1))
    origin, declared, granted = parts[at]
    raised = [*parts[:at], (origin, declared + more, granted + more), *parts[at + 1 :]]
    before, after = (shared(cost, D(2025, 1, 1), given) for given in (parts, raised))

    for rule in ("DF-1", "DF-2", "DF-3", "DF-4"):
        for subject, (limit, used) in limits(before, rule).items():
            assert limits(after, rule)[subject][0] == limit
            assert limits(after, rule)[subject][1] >= used


@pytest.mark.parametrize(
    ("day", "act", "funds"),
    [
        (D(2007, 1, 1), "1605/2002", None),
        (D(2012, 12, 31), "1605/2002", None),
        (D(2013, 1, 1), "966/2012", None),
        (D(2013, 12, 31), "966/2012", None),
        (D(2014, 1, 1), "966/2012", "1303/2013"),
        (D(2018, 8, 1), "966/2012", "1303/2013"),
        (D(2018, 8, 2), "2018/1046", "1303/2013"),
        (D(2021, 6, 30), "2018/1046", "1303/2013"),
        (D(2021, 7, 1), "2018/1046", "2021/1060"),
        (D(2024, 9, 29), "2018/1046", "2021/1060"),
        (D(2024, 9, 30), "2024/2509", "2021/1060"),
    ],
)
def test_a_cost_is_judged_under_the_acts_of_the_day_of_its_grant(day, act, funds):
    check = shared(100, day, [("union_central", 100, 100)])

    acts = {ceiling.rule: ceiling.act for ceiling in check.ceilings}
    assert [acts[rule] for rule in ("DF-1", "DF-2", "DF-3")] == [act] * 3
    assert acts.get("DF-4") == funds


@given(st.dates(D(2007, 1, 1), D(2030, 12, 31)), st.dates(D(2007, 1, 1), D(2030, 12, 31)))
def test_of_two_grants_for_one_cost_the_rules_of_the_later_hold(one, other):
    offers = [
        offer("a", 5_000, origin="union_central", grant_date=one),
        offer("b", 5_000, grant_date=other),
    ]
    firm = one_firm([line("c", "P", 100, economic=False)], offers)

    check = checked(firm, Cell("a", "c", 5_000, 2_500), Cell("b", "c", 5_000, 2_500))

    (found,) = {c.act for c in check.ceilings if c.rule == "DF-3"}
    assert found == rules_on(max(one, other))["DF-3"].act


# --- Interreg: IR-P2, IR-L, IR-85, IR-80, IR-O14, IR-O21; cohesion: CO-15, CO-63 ----------------


def partnership(countries: Sequence[str], day: dt.date, *, programme: str = "p", leads: int = 1,
                outside: bool = False, bp: int = 7_500, level: str = "cross_border"):  # fmt: skip
    """Partners of these countries with a cost each; those of the Union get ERDF."""
    partners = [
        replace(partner(f"P{at}", "public", WHERE[country]), lead=at < leads)
        for at, country in enumerate(countries)
    ]
    lines = [line(f"c{at}", f"P{at}", 100, outside=outside) for at in range(len(countries))]
    erdf = offer("erdf", bp, origin="union_shared", level=level, grant_date=day,
                 programme=programme, outside_bp=None)  # fmt: skip
    members = [at for at, country in enumerate(countries) if country != "CH"]
    undertakings = [undertaking(f"P{at}", "none") for at in range(len(countries))]
    cells = [Cell("erdf", f"c{at}", 10_000, bp) for at in members]
    return checked(case(partners, undertakings, lines, [erdf]), *cells)


@given(st.lists(st.sampled_from(sorted(WHERE)), min_size=1, max_size=5))
def test_partnership_counts_countries_and_beneficiaries_of_member_states(countries):
    members = [country for country in countries if country != "CH"]
    assume(members)
    for programme, least in (("p", (2, 1)), ("interreg-europe-2127", (3, 2))):
        check = partnership(countries, D(2025, 1, 1), programme=programme)

        counted = (len(set(countries)), len(members))
        assert limits(check, "IR-P2") == {
            "offer:erdf/countries": (least[0], counted[0]),
            "offer:erdf/member_states": (least[1], counted[1]),
        }
        missing = sorted(low - n for low, n in zip(least, counted, strict=True) if n < low)
        assert sorted(v.over_ct for v in check.violations if v.rule == "IR-P2") == missing


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (D(2020, 12, 31), False),
        (D(2021, 1, 1), True),
        (D(2027, 12, 31), True),
        (D(2028, 1, 1), False),
    ],
)
def test_partnership_is_asked_for_in_the_period_of_its_regulation(day, holds):
    check = partnership(["DE"], day)

    assert bool(limits(check, "IR-P2")) == holds
    assert any(v.rule == "IR-P2" for v in check.violations) == holds


@given(st.integers(0, 4))
def test_exactly_one_partner_leads(leads):
    check = partnership(["DE", "IT", "SI", "AT"], D(2025, 1, 1), leads=leads)

    assert any(v.rule == "IR-L" for v in check.violations) == (leads > 1)
    assert any(n.rule == "IR-L" for n in check.notes) == (leads == 0)


@given(st.integers(1, 10_000), st.dates(D(2014, 1, 1), D(2027, 12, 31)))
def test_a_rate_above_that_of_the_programme_is_told_and_no_violation(bp, day):
    rule, most = ("IR-85", 8_500) if day <= D(2020, 12, 31) else ("IR-80", 8_000)

    check = partnership(["DE", "IT"], day, bp=bp)

    told = [(n.rule, n.params["programme_bp"]) for n in check.notes if n.code == "programme_rate"]
    assert told == ([(rule, most)] if bp > most else [])
    assert not {v.rule for v in check.violations} & {"IR-80", "IR-85"}


@pytest.mark.parametrize(
    ("day", "level", "rule", "code"),
    [
        (D(2014, 1, 1), "cross_border", "IR-O14", "outside_programme"),
        (D(2020, 12, 31), "cross_border", "IR-O14", "outside_programme"),
        (D(2021, 1, 1), "cross_border", "IR-O21", "outside_approval"),
        (D(2027, 12, 31), "cross_border", "IR-O21", "outside_approval"),
        (D(2014, 1, 1), "regional", "CO-15", "outside_programme"),
        (D(2020, 12, 31), "regional", "CO-15", "outside_programme"),
        (D(2021, 1, 1), "regional", "CO-63", "outside_approval"),
        (D(2027, 12, 31), "regional", "CO-63", "outside_approval"),
    ],
)
def test_money_outside_the_area_is_a_matter_of_the_programme(day, level, rule, code):
    inside, outside = (
        partnership(["DE", "IT"], day, level=level, outside=is_out) for is_out in (False, True)
    )

    told = {n.rule: n.code for n in outside.notes if n.code.startswith("outside_")}
    assert told == {rule: code}
    assert not any(n.code.startswith("outside_") for n in inside.notes)
    assert rule not in {v.rule for v in outside.violations}


@pytest.mark.parametrize("day", [D(2013, 12, 31), D(2028, 1, 1)])
@pytest.mark.parametrize("level", ["cross_border", "regional"])
def test_of_days_without_a_regulation_nothing_is_said_about_the_area(day, level):
    check = partnership(["DE", "IT"], day, level=level, outside=True, bp=9_000)

    assert not {n.rule for n in check.notes} & {"IR-O14", "IR-O21", "CO-15", "CO-63", "IR-80"}


# --- Switzerland: CH-1 to CH-3 ------------------------------------------------------------------


@given(
    st.sampled_from(["CH", "LI", *sorted(WHERE)]),
    st.sampled_from(ORIGINS),
    st.integers(1, 10_000),
    st.dates(D(2007, 1, 1), D(2030, 12, 31)),
)
def test_erdf_is_for_partners_of_the_union_and_all_else_is_free(country, origin, ct, day):
    body = partner("P", "public", "LI" if country == "LI" else WHERE[country])
    one = offer("o", 10_000, origin=origin, grant_date=day)
    alone = case([body], [undertaking("P", "none")], [line("c", "P", 100)], [one])

    said = codes(checked(alone, Cell("o", "c", ct, ct)))

    is_barred = country in {"CH", "LI"} and origin == "union_shared"
    assert (("no_union_money", "CH-1") in said) == is_barred


@given(st.integers(1, 1_000), st.integers(0, 1_000))
def test_federal_and_cantonal_money_are_as_much(federal, canton):
    offers = [
        offer("federal", 10_000, origin="ch", grants_from="CH"),
        offer("canton", 10_000, origin="ch", grants_from="CH", level="regional"),
    ]
    swiss = case(
        [partner("P", "public", "CH04")],
        [undertaking("P", "none")],
        [line("c", "P", 100)],
        offers,
        links=(Link("paired", ("federal", "canton"), (1, 1)),),
    )
    cells = [Cell("federal", "c", federal, federal)]
    if canton:
        cells.append(Cell("canton", "c", canton, canton))

    said = {code for code, rule in codes(checked(swiss, *cells)) if rule == "case.link"}

    # Each may be a cent off by rounding.
    wanted = {"link_paired_ratio"} if abs(federal - canton) > len(offers) else set()
    assert said == (wanted if canton else {"link_paired_alone"})


@pytest.mark.parametrize(("day", "is_told"), [(D(2007, 12, 31), False), (D(2008, 1, 1), True)])
def test_federal_money_that_nothing_is_paired_with_is_told_since_the_new_policy(day, is_told):
    alone = case(
        [partner("P", "public", "CH04")],
        [undertaking("P", "none")],
        [line("c", "P", 100)],
        [offer("federal", 5_000, origin="ch", grants_from="CH", grant_date=day)],
    )

    notes = {n.rule for n in checked(alone, Cell("federal", "c", 10_000, 5_000)).notes}
    assert ("CH-3" in notes) == is_told


# --- all families: one day before, on, and after ------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.id}-{r.valid_from}")
def test_a_rule_is_in_the_book_from_its_first_to_its_last_day(rule):
    def held(day: dt.date):
        found = rules_on(day).get(rule.id)
        return found is rule

    # The oldest book begins in 2007; what is older is seen from then on.
    first = max(rule.valid_from, D(2007, 1, 1))
    assert held(first)
    assert not held(rule.valid_from - ONE)
    if rule.valid_to is not None:
        assert held(rule.valid_to)
        assert not held(rule.valid_to + ONE)

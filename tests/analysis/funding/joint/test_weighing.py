"""Small groups of cases by hand: who takes de minimis, what the overlap costs."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import Cell, EarlierAid, PastAid, Wish
from alpclusters.analysis.funding.check import check_common
from alpclusters.analysis.funding.joint import Part, weigh_together
from alpclusters.analysis.funding.rulebooks.days import PROLONGED
from tests.analysis.funding.check.pieces import LAND, line, offer, one_firm

pytestmark = pytest.mark.unit

DAY = dt.date
WINTER = DAY(2025, 2, 1)
SAME = [(("a", "UP"), ("b", "UP"))]
KNOWN = PastAid("DE", DAY(2024, 6, 1), 20_000_000)


def project(key, *offers, euros=80_000, history=(), **more):
    cost = line("l", "P", euros)
    return Part(key, one_firm([cost], offers, history={"de_minimis": tuple(history)}, **more))


def grant(name="o", bp=10_000, day=WINTER, article="DM", **more):
    return offer(name, bp, grant_date=day, articles={"*": article}, **more)


def weighed(*parts, same=SAME):
    return weigh_together(parts, same, LAND)


def test_two_projects_share_what_is_left_of_one_account():
    found = weighed(project("a", grant(), history=[KNOWN]), project("b", grant(), history=[KNOWN]))

    (account,) = found.accounts
    assert (found.status, found.alone_ct, found.together_ct) == ("optimal", 16_000_000, 10_000_000)
    assert (found.lost_ct, account.lost_ct, account.over_ct) == (6_000_000, 6_000_000, 6_000_000)
    assert [limit.over_ct for limit in account.together.limits] == [0]


def test_undertakings_that_are_not_one_have_an_account_each():
    parts = project("a", grant(), history=[KNOWN]), project("b", grant(), history=[KNOWN])

    found = weighed(*parts, same=[])

    assert (found.lost_ct, found.accounts, found.orders) == (0, (), ())


def test_grants_more_than_three_years_apart_do_not_meet():
    late = grant(day=DAY(2028, 3, 1))

    found = weighed(project("a", grant(), euros=250_000), project("b", late, euros=250_000))

    assert (found.together_ct, found.lost_ct) == (50_000_000, 0)


def test_each_state_has_an_account_of_its_own():
    austrian = grant(grants_from="AT")

    found = weighed(project("a", grant(), euros=250_000), project("b", austrian, euros=250_000))

    assert (found.together_ct, found.lost_ct) == (50_000_000, 0)


def test_a_case_learns_of_aid_that_only_the_other_one_states():
    found = weighed(project("a", grant(), history=[KNOWN]), project("b", grant(), euros=150_000))

    told = [(one.part, one.account, one.amount_ct) for one in found.learnt]
    assert told == [("b", "DE", 20_000_000)]
    assert found.alone_ct == 8_000_000 + 10_000_000


def test_aid_that_both_cases_state_is_counted_once():
    found = weighed(project("a", grant(), history=[KNOWN]), project("b", history=[KNOWN]))

    assert found.learnt == ()
    assert found.together_ct == 8_000_000


def test_who_can_do_without_de_minimis_leaves_it_to_the_other():
    other = grant("no-aid", 6_000, article="none")
    first = project("a", grant(), history=[KNOWN])
    second = project("b", grant(), other, history=[KNOWN])

    found = weighed(first, second)

    used = {part.key: {cell.offer for cell in part.together} for part in found.parts}
    assert used["a"] == {"o"}
    assert found.together_ct == 8_000_000 + 6_800_000  # 48,000 without, 20,000 of de minimis
    assert next(one.worth_ct for one in found.orders if one.first == "a") == 14_800_000


def test_ceilings_of_an_article_in_three_years_are_common_too():
    advice = grant(article="GB-28a")
    early = {"earlier_aid": (EarlierAid("GB-28a", DAY(2024, 6, 1), 12_000_000),)}
    parts = [Part(key, one_firm([line("l", "P", 80_000)], [advice], history=early)) for key in "ab"]

    found = weighed(*parts)

    (account,) = found.accounts
    assert (account.kind, account.name, account.over_ct) == ("article", "GB-28a", 6_000_000)
    assert (found.together_ct, found.lost_ct) == (10_000_000, 6_000_000)


def test_a_firm_that_controls_the_other_draws_from_the_same_account():
    mother = project("a", grant(), history=[KNOWN])
    case = project("b", grant(), history=[]).case
    firm = replace(case.undertakings[0], controlled_by="UX")
    owner = replace(case.undertakings[0], id="UX")
    daughter = Part("b", replace(case, undertakings=(firm, owner)))

    found = weighed(mother, daughter, same=[(("a", "UP"), ("b", "UX"))])

    assert found.lost_ct == 6_000_000
    assert found.accounts[0].undertakings == (("a", "UP"), ("b", "UP"), ("b", "UX"))


def test_three_cases_share_one_account_and_every_order_is_shown():
    parts = [project(key, grant(), history=[KNOWN]) for key in "abc"]
    same = [tuple((key, "UP") for key in "abc")]

    found = weighed(*parts, same=same)

    assert (found.alone_ct, found.together_ct) == (24_000_000, 10_000_000)
    assert [(one.first, one.worth_ct) for one in found.orders] == [
        (key, 10_000_000) for key in "abc"
    ]


def test_a_case_without_a_mix_of_its_own_is_named_before_anything_else():
    never = Wish("use", offer="nothing")

    found = weighed(project("a", grant()), project("b", grant(), wishes=(never,)))

    assert found.status == "infeasible"


def test_two_wishes_that_one_account_cannot_fulfil_are_infeasible_together():
    wish = Wish("min_total", amount_ct=6_000_000)
    parts = [project(key, grant(), history=[KNOWN], wishes=(wish,)) for key in "ab"]

    found = weighed(*parts)

    assert (found.status, found.alone_ct) == ("infeasible", 16_000_000)


def test_wishes_about_all_offers_speak_of_those_of_their_own_case():
    none = Wish("max_offers", count=0)
    found = weighed(
        project("a", grant(), history=[KNOWN], wishes=(Wish("min_total", amount_ct=6_000_000),)),
        project("b", grant(), grant("p", day=DAY(2025, 3, 1)), history=[KNOWN], wishes=(none,)),
    )

    assert [part.together_ct for part in found.parts] == [8_000_000, 0]


def test_cases_that_read_the_law_differently_are_refused():
    with pytest.raises(StateError, match=r"joint\.law_differs"):
        weighed(project("a", grant()), project("b", grant(), rulebook=PROLONGED))


def test_one_case_alone_is_refused():
    with pytest.raises(StateError, match=r"joint\.number"):
        weighed(project("a", grant()))


def test_a_search_that_is_cancelled_says_so():
    parts = [project(key, grant(), history=[KNOWN]) for key in "ab"]

    found = weigh_together(parts, SAME, LAND, progress=lambda _: False)

    assert (found.status, found.parts) == ("cancelled", ())


def test_the_second_sum_finds_one_cent_too_much_on_the_last_day_it_counts():
    late = grant("late", day=DAY(2028, 1, 31))
    cases = {"a": project("a", grant()).case, "b": project("b", late).case}

    def over(day, cents):
        case = replace(cases["b"], offers=(replace(late, grant_date=day),))
        mixes = [
            ("a", cases["a"], (Cell("o", "l", 20_000_000, 20_000_000),)),
            ("b", case, (Cell("late", "l", cents, cents),)),
        ]
        return check_common(mixes, SAME, territory=LAND)[0].over_ct

    assert over(DAY(2028, 1, 31), 10_000_000) == 0
    assert over(DAY(2028, 1, 31), 10_000_001) == 1
    assert over(DAY(2028, 2, 1), 10_000_001) == 0

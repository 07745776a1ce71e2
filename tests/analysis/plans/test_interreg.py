"""The indicators of Interreg: the worked example of the method, and every reason not to count."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.plans import (
    INTERREG_CODES,
    AgreementFacts,
    InterregBody,
    InterregFacts,
    PilotFacts,
    SolutionFacts,
    StrategyFacts,
    interreg_figures,
)
from tests.analysis.plans.action_cases import day

pytestmark = pytest.mark.unit

END = day("2026-12-31")


def after(days):
    return END + dt.timedelta(days=days)


def body(name, country, entity=""):
    return InterregBody(name=name, country=country, entity=entity)


DE, FR, AT, CH = body("BW", "DE"), body("ARA", "FR"), body("SBG", "AT"), body("TI", "CH")
IT, IT2 = body("LOM", "IT"), body("PIE", "IT")
PARTNERS = (DE, FR, AT, CH, IT, IT2, body("BY", "DE"), body("TIR", "AT"), body("SLO", "SI"))
UNITS = (body("Institute of wood", "IT", "uni"), body("Institute of stone", "IT", "uni"))
ASSOCIATED = (*UNITS, body("Chamber", "SI"))


def plan(name, *bodies, **known):
    usual = {"kind": "action_plan", "completed_on": day("2026-11-30")}
    return StrategyFacts(name=name, bodies=bodies, **{**usual, **known})


TAKEN_UP = {"adopted_on": after(100), "begun_on": after(200)}
PLANS = (
    plan("joint", DE, FR, AT, IT, **TAKEN_UP),
    plan("BW", DE, FR, **TAKEN_UP),
    plan("SBG", AT, DE),
    plan("LOM", IT, IT2, **TAKEN_UP),
    plan("ARA", FR),
    plan("TI", CH),
)
AGREEMENTS = (
    AgreementFacts(name="A", signed_on=after(200), parties=(DE, FR, AT)),
    AgreementFacts(name="B", signed_on=after(10), parties=(IT, IT2)),
    AgreementFacts(name="C", signed_on=after(400), parties=(CH, IT)),
)
PROJECT = InterregFacts(
    ends_on=END, bodies=(*PARTNERS, *ASSOCIATED), strategies=PLANS, agreements=AGREEMENTS
)


def figure(code, **changes):
    return interreg_figures(replace(PROJECT, **changes))[code]


def why_not(found):
    return {one.name: one.reason.key for one in found.not_counted}


def test_worked_example():
    found = interreg_figures(PROJECT)

    assert tuple(found) == INTERREG_CODES
    assert {code: one.value for code, one in found.items()} == {
        "RCO83": 3, "RCO84": 0, "RCO87": 11, "RCO116": 0, "RCR79": 2, "RCR84": 3, "RCR104": 0,
    }  # fmt: skip
    assert all(one.convention == "ap-1" for one in found.values())


def test_each_figure_names_what_counts_and_what_does_not():
    found = interreg_figures(PROJECT)

    assert found["RCO83"].counted == ("joint", "BW", "SBG")
    assert why_not(found["RCO83"]) == dict.fromkeys(("LOM", "ARA", "TI"), "drafted_in_one_country")
    assert why_not(found["RCO87"]) == {"Institute of stone": "same_legal_entity"}
    assert found["RCR79"].counted == ("joint", "BW")
    assert why_not(found["RCR79"])["SBG"] == "not_adopted"
    assert found["RCR84"].counted == ("BW", "ARA", "SBG")
    assert why_not(found["RCR84"]) == {"B": "agreement_in_one_country", "C": "signed_late"}


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, None),
        ({"completed_on": END}, None),
        ({"kind": "strategy"}, None),
        ({"kind": "roadmap"}, "other_kind"),
        ({"completed_on": None}, "not_completed"),
        ({"completed_on": after(1)}, "completed_late"),
        ({"bodies": (DE, body("BY", "DE"))}, "drafted_in_one_country"),
        ({"bodies": ()}, "drafted_in_one_country"),
    ],
)
def test_joint_strategy(known, key):
    one = replace(plan("p", DE, FR), **known)

    found = figure("RCO83", strategies=(one,))

    assert found.value == (key is None)
    assert why_not(found) == ({} if key is None else {"p": key})


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({"adopted_on": after(365), "begun_on": after(365)}, None),
        ({"adopted_on": day("2026-06-01"), "begun_on": day("2026-07-01")}, None),
        ({"adopted_on": after(366), "begun_on": after(1)}, "adopted_late"),
        ({"adopted_on": after(1), "begun_on": after(366)}, "begun_late"),
        ({"adopted_on": None, "begun_on": after(1)}, "not_adopted"),
        ({"adopted_on": after(1), "begun_on": None}, "not_begun"),
        ({**TAKEN_UP, "completed_on": None}, "not_completed"),
    ],
)
def test_strategy_taken_up(known, key):
    one = replace(plan("p", DE, FR), **known)

    found = figure("RCR79", strategies=(one,))

    assert found.value == (key is None)
    assert why_not(found) == ({} if key is None else {"p": key})


def test_a_year_after_the_end_is_the_same_date_also_in_a_leap_year():
    def taken_up(last):
        one = plan("p", DE, FR, adopted_on=last, begun_on=day("2028-12-30"))
        return figure("RCR79", ends_on=day("2027-12-31"), strategies=(one,))

    on_time, late = taken_up(day("2028-12-31")), taken_up(day("2029-01-01"))

    assert (on_time.value, late.value) == (1, 0)
    assert late.not_counted[0].reason.params["until"] == day("2028-12-31")


SOLUTION = SolutionFacts(
    name="s", pilot_ended_on=END, pilot_bodies=(DE, FR), design_bodies=(AT, IT), take_up="Money."
)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, None),
        ({"pilot_ended_on": None}, "no_finished_pilot"),
        ({"pilot_ended_on": after(1)}, "pilot_late"),
        ({"pilot_bodies": (DE,)}, "pilot_in_one_country"),
        ({"design_bodies": (IT, IT2)}, "designed_in_one_country"),
        ({"take_up": " \n"}, "no_take_up_note"),
    ],
)
def test_joint_solution(known, key):
    found = figure("RCO116", solutions=(replace(SOLUTION, **known),))

    assert found.value == (key is None)
    assert why_not(found) == ({} if key is None else {"s": key})


PILOT = PilotFacts(name="pilot", ended_on=END, bodies=(DE, FR))


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, None),
        ({"ended_on": None}, "no_finished_pilot"),
        ({"ended_on": after(1)}, "pilot_late"),
        ({"bodies": (IT, IT2)}, "pilot_in_one_country"),
    ],
)
def test_joint_pilot_action(known, key):
    found = figure("RCO84", pilots=(replace(PILOT, **known),))

    assert found.value == (key is None)
    assert why_not(found) == ({} if key is None else {"pilot": key})


USED = replace(SOLUTION, taken_up_on=after(365), taken_up_in="Strategy of Tyrol, page 4")


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, None),
        ({"taken_up_on": day("2026-03-01")}, None),
        ({"is_legal": True}, "legal_solution"),
        ({"taken_up_on": None}, "not_taken_up"),
        ({"taken_up_on": after(366)}, "taken_up_late"),
        ({"taken_up_in": " "}, "taken_up_without_document"),
        ({"design_bodies": (DE,)}, "designed_in_one_country"),
        ({"pilot_ended_on": None}, "no_finished_pilot"),
    ],
)
def test_solution_taken_up(known, key):
    found = figure("RCR104", solutions=(replace(USED, **known),))

    assert found.value == (key is None)
    assert why_not(found) == ({} if key is None else {"s": key})


def test_a_year_after_the_end_is_the_same_date_for_solutions_too():
    def taken_up(last):
        solution = replace(USED, taken_up_on=last)
        return figure("RCR104", ends_on=day("2027-12-31"), solutions=(solution,))

    assert taken_up(day("2028-12-31")).value == 1
    assert taken_up(day("2029-01-01")).not_counted[0].reason.params["until"] == day("2028-12-31")


def test_solutions_taken_up_are_among_those_developed():
    solutions = (USED, replace(USED, name="one country", design_bodies=(DE,)))
    found = interreg_figures(replace(PROJECT, solutions=solutions))

    assert set(found["RCR104"].counted) <= set(found["RCO116"].counted)


AGREEMENT = AgreementFacts(name="a", signed_on=after(1), parties=(DE, FR))


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({}, None),
        ({"signed_on": day("2025-01-01")}, None),
        ({"valid_until": after(1)}, None),
        ({"signed_on": None}, "active_without_agreement"),
        ({"signed_on": after(366)}, "signed_late"),
        ({"valid_until": END}, "not_valid_after"),
        ({"parties": (DE,)}, "agreement_in_one_country"),
        ({"parties": (DE, body("Stranger", "FR"))}, "agreement_in_one_country"),
    ],
)
def test_agreement_to_go_on(known, key):
    found = figure("RCR84", agreements=(replace(AGREEMENT, **known),))

    assert found.value == (2 if key is None else 0)
    assert why_not(found) == ({} if key is None else {"a": key})


def test_party_without_a_member_of_another_country_does_not_count():
    bavaria = body("BY", "DE")
    one, other = (replace(AGREEMENT, parties=parties) for parties in ((DE, bavaria, FR), (IT, IT2)))

    assert figure("RCR84", agreements=(one, other)).counted == ("BW", "ARA", "BY")


def test_two_units_of_one_entity_go_on_as_one():
    one = replace(AGREEMENT, parties=(*UNITS, DE))

    assert figure("RCR84", agreements=(one,)).counted == ("BW", "Institute of wood")


def test_countries_that_a_programme_does_not_count_are_left_out_with_the_reason():
    swiss = frozenset({"CH"})
    joint = plan("p", DE, CH)

    found = interreg_figures(
        replace(
            PROJECT,
            strategies=(joint,),
            agreements=(replace(AGREEMENT, parties=(CH, DE)),),
            uncounted_countries=swiss,
        )
    )

    assert (found["RCO87"].value, found["RCO83"].value, found["RCR84"].value) == (10, 0, 0)
    assert why_not(found["RCO87"])["TI"] == "country_not_counted"
    assert found["RCO83"].not_counted[0].reason.params == {"n": 1, "countries": "DE"}


def test_without_an_end_of_the_project_there_is_no_figure_where_it_decides():
    found = interreg_figures(replace(PROJECT, ends_on=None, solutions=(SOLUTION,), pilots=(PILOT,)))

    assert {code: one.value for code, one in found.items()} == {
        "RCO83": None, "RCO84": None, "RCO87": 11, "RCO116": 1,
        "RCR79": None, "RCR84": None, "RCR104": None,
    }  # fmt: skip
    assert found["RCR84"].reasons[0].key == "no_project_end"


def test_plans_taken_up_are_among_those_developed():
    found = interreg_figures(PROJECT)

    assert set(found["RCR79"].counted) <= set(found["RCO83"].counted)


def test_project_without_end_in_sight_is_counted():
    endless = tuple(replace(one, valid_until=None) for one in AGREEMENTS)

    assert figure("RCR84", ends_on=dt.date.max, agreements=endless).value == 5


def test_empty_project_counts_nothing():
    found = interreg_figures(InterregFacts(ends_on=END))

    assert {one.value for one in found.values()} == {0}

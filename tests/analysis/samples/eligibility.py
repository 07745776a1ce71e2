"""Samples of conditions of offers."""

from alpclusters.analysis.funding.eligibility import evaluate, judge_case
from tests.analysis.samples.case import LAND, SMALL, funding_case
from tests.analysis.samples.kinds import NAN, Edge, Sample, answered, flagged, refused

ODD = {"lt": ["partner.turnover_ct", NAN]}
KNOWN: dict[str, object] = {"partner": {"size": "small"}}
UNKNOWN: dict[str, object] = {"partner": {}}
MET = evaluate(SMALL, KNOWN, LAND)
UNMET = evaluate({"all": [SMALL, SMALL]}, UNKNOWN, LAND)

ELIGIBILITY = {
    "check_expression": Sample(
        lambda: ({"all": [SMALL, {"known": "partner.label"}]},),
        nan=answered("a fault with its place", ODD),
        empty=answered("a fault: an object has exactly one key", {}),
        one_rater=answered("no fault", SMALL),
        constant=answered("no fault", {"const": True}),
        options={"territory": LAND},
    ),
    "evaluate": Sample(
        lambda: ({"all": [SMALL, {"within": ["partner.nuts", {"area": "alps"}]}]}, KNOWN, LAND),
        nan=refused(ODD, KNOWN, LAND),
        empty=refused({}, KNOWN, LAND),
        one_rater=answered("nothing is known: open, with what is missing", SMALL, {}, LAND),
        constant=answered("true whoever it is", {"const": True}, {}, LAND),
    ),
    "decide_exactly": Sample(
        lambda: ({"any": [SMALL, {"not": SMALL}]}, UNKNOWN, LAND),
        nan=refused(ODD, KNOWN, LAND),
        empty=refused({}, KNOWN, LAND),
        one_rater=answered("unknown: answers differ", SMALL, UNKNOWN, LAND),
        constant=answered("true whoever it is", {"const": True}, {}, LAND),
    ),
    "read_condition": Sample(
        lambda: (SMALL, LAND),
        nan=refused(ODD, LAND),
        empty=refused({}, LAND),
        one_rater=answered("a condition of one part", SMALL, LAND),
        constant=answered("a condition without a question", {"const": True}, LAND),
    ),
    "judge_case": Sample(
        lambda: (funding_case(SMALL, {"any": []}, partners=2), LAND),
        nan=refused(funding_case(ODD), LAND),
        empty=answered("nobody and nothing to judge", funding_case(partners=0), LAND),
        one_rater=answered("one pair", funding_case(SMALL), LAND),
        constant=answered("all alike", funding_case(SMALL, SMALL, partners=2), LAND),
    ),
    "rank_fields": Sample(
        lambda: (judge_case(funding_case(SMALL), LAND), "P0"),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=refused(judge_case(funding_case(partners=0), LAND), "P0"),
        one_rater=answered("one question", judge_case(funding_case(SMALL), LAND), "P0"),
        constant=answered("nothing is open", judge_case(funding_case(), LAND), "P0"),
    ),
    "field_of": Sample(
        lambda: ("partner.size",),
        nan=flagged("nan"),
        empty=flagged(""),
        one_rater=answered("a field of the item counted", "it.size"),
        constant=answered("a question of one offer", "partner.condition_listed"),
    ),
    "what_decided": Sample(
        lambda: (evaluate({"any": [SMALL, SMALL]}, KNOWN, LAND),),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing decides what is open", UNMET),
        one_rater=answered("one leaf", MET),
        constant=answered("both parts", evaluate({"all": [SMALL, SMALL]}, KNOWN, LAND)),
    ),
    "open_conditions": Sample(
        lambda: (UNMET,),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing is open", MET),
        one_rater=answered("one leaf", evaluate(SMALL, UNKNOWN, LAND)),
        constant=answered("both leaves", UNMET),
    ),
    "open_fields": Sample(
        lambda: (UNMET,),
        nan=Edge("absent", why="conditions with faults are refused before"),
        empty=answered("nothing is open", MET),
        one_rater=answered("one field", evaluate(SMALL, UNKNOWN, LAND)),
        constant=answered("a field asked twice stands once", UNMET),
    ),
}

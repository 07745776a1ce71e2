"""Samples of mixes."""

import datetime as dt
from typing import Any

import numpy as np

from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Offer,
    Partner,
    Periods,
    Rate,
    Success,
    WorkPackage,
)
from alpclusters.analysis.funding.case import Cell as FundingCell
from alpclusters.analysis.funding.case import Undertaking as UndertakingOfCase
from alpclusters.analysis.funding.check import Check as FundingCheck
from alpclusters.analysis.funding.joint import Part, Together, weigh_together
from alpclusters.analysis.funding.mix import Found as MixFound
from alpclusters.analysis.funding.mix import Problem, build, prepare, solve
from tests.analysis.samples.case import LAND, NO_NUMBER
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, refused


def funded_case(n_lines: int = 2, **terms: Any) -> Case:
    """One public body with equal costs, and one offer that pays half of them."""
    lines = tuple(
        Line(f"L{k}", "P0", "W", "staff", 0, 10_000, economic=False) for k in range(n_lines)
    )
    rates = (Rate(5_000),)
    offer = Offer("O0", "p", "regional", "regional", "DE", (0, 3), rates, {"all": []}, **terms)
    body = Partner("P0", "One", "U1", "public", "DE11", 2016, "DE")
    packages, body_of = (WorkPackage("W", "All"),), (UndertakingOfCase("U1", "none"),)
    quarters = Periods(dt.date(2025, 1, 1), 4)
    return Case("A case", quarters, body_of, (body,), packages, lines, (offer,) if n_lines else ())


def mix_problem(n_lines: int = 2, **terms: Any) -> Problem:
    return prepare(funded_case(n_lines, **terms), LAND)


def half(n_lines: int = 2) -> tuple[FundingCell, ...]:
    return tuple(FundingCell("O0", f"L{k}", 10_000, 5_000) for k in range(n_lines))


NOTHING_BROKEN = FundingCheck(valid=True, violations=(), ceilings=())
NO_OFFER = "nothing to choose from"
TOO_FEW = "a state that is refused: its docstring runs it"

MIX_RESULTS = {
    "alternatives": Sample(
        lambda: (mix_problem(), solve(mix_problem())),
        nan=absent(NO_NUMBER),
        empty=answered("no alternatives to nothing", mix_problem(0), solve(mix_problem(0))),
        one_rater=answered("one offer cannot be varied", mix_problem(1), solve(mix_problem(1))),
        constant=answered("equal costs", mix_problem(3), solve(mix_problem(3))),
    ),
    "scenarios": Sample(
        lambda: (funded_case(), LAND, solve(mix_problem())),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND, solve(mix_problem(0))),
        one_rater=answered("one is refused", funded_case(1), LAND, solve(mix_problem(1))),
        constant=answered("equal costs", funded_case(3), LAND, solve(mix_problem(3))),
    ),
    "explain_infeasible": Sample(
        lambda: (mix_problem(),),
        nan=absent(NO_NUMBER),
        empty=answered("an empty mix fits: no reason", mix_problem(0)),
        one_rater=answered("a mix fits: no reason", mix_problem(1)),
        constant=answered("a mix fits: no reason", mix_problem(3)),
    ),
    "cell_rates": Sample(
        lambda: (funded_case(), LAND),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND),
        one_rater=answered("one cost", funded_case(1), LAND),
        constant=answered("equal costs", funded_case(3), LAND),
    ),
    "mix_document": Sample(
        lambda: (funded_case(), MixFound(half()), NOTHING_BROKEN),
        nan=absent(NO_NUMBER),
        empty=answered("a mix of nothing", funded_case(0), MixFound(()), NOTHING_BROKEN),
        one_rater=answered("one cost", funded_case(1), MixFound(half(1)), NOTHING_BROKEN),
        constant=answered("equal costs", funded_case(3), MixFound(half(3)), NOTHING_BROKEN),
    ),
    "mix_text": Sample(
        lambda: ({"objective": 1},),
        nan=absent("made by mix_document, whose numbers are whole or finite"),
        empty=answered("an empty object", {}),
        one_rater=answered("one key", {"objective": 1}),
        constant=answered("equal values", {"objective": 1, "bound": 1}),
    ),
}


def mix_duals(n_lines: int = 2, value: float = 0.0) -> tuple[Any, ...]:
    model = build(mix_problem(n_lines))
    return model, np.full(len(model.row_lower), value)


CERTIFIED = Sample(
    mix_duals,
    nan=refused(*mix_duals(value=NAN)),
    empty=answered("nothing is worth nothing", *mix_duals(0)),
    one_rater=answered("one cost", *mix_duals(1)),
    constant=answered("equal duals prove a bound", *mix_duals(3, 0.5)),
)

MIX_CORE = {
    "prepare": Sample(
        lambda: (funded_case(), LAND),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND),
        one_rater=answered("one cost", funded_case(1), LAND),
        constant=answered("equal costs become one", funded_case(3), LAND),
    ),
    **{
        name: Sample(
            lambda: (mix_problem(),),
            nan=absent(NO_NUMBER),
            empty=answered(NO_OFFER, mix_problem(0)),
            one_rater=answered("one cost", mix_problem(1)),
            constant=answered("equal costs", mix_problem(3)),
        )
        for name in ("build", "solve")
    },
    "certify": CERTIFIED,
    "dual_bound": CERTIFIED,
}


def parts(*cases: Case) -> list[Part]:
    return [Part(name, case) for name, case in zip("abc", cases, strict=False)]


ONE_BODY = [(("a", "U1"), ("b", "U1"))]


def together(*n_lines: int) -> Together:
    return weigh_together(parts(*map(funded_case, n_lines)), ONE_BODY, LAND)


TOGETHER = {
    "weigh_together": Sample(
        lambda: (parts(funded_case(), funded_case()), ONE_BODY, LAND),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, parts(funded_case(0), funded_case(0)), ONE_BODY, LAND),
        one_rater=answered("one offer", parts(funded_case(1), funded_case(0)), ONE_BODY, LAND),
        constant=answered("equal costs", parts(funded_case(3), funded_case(3)), ONE_BODY, LAND),
    ),
    "refuse_together": Sample(
        lambda: ((funded_case(), funded_case()),),
        nan=absent(NO_NUMBER),
        empty=absent(TOO_FEW),
        one_rater=absent(TOO_FEW),
        constant=answered("equal costs", (funded_case(3), funded_case(3))),
    ),
    "joint_part": Sample(
        lambda: (together(2, 2),),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, together(0, 0)),
        one_rater=answered("one offer", together(1, 0)),
        constant=answered("equal costs", together(3, 3)),
    ),
}

CHANCES = {
    "chance_of": Sample(
        lambda: funded_case(success_bp=5_000).offers,
        nan=absent(NO_NUMBER),
        empty=answered("unknown: nobody said anything", *funded_case(1).offers),
        one_rater=answered(
            "one application of one", *funded_case(1, success=Success(1, 1, "Report")).offers
        ),
        constant=answered("by right", *funded_case(1, award="by_right").offers),
    ),
    "application_steps": Sample(
        lambda: (funded_case(), ("O0",)),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), ()),
        one_rater=answered("one application", funded_case(1), ("O0",)),
        constant=answered("equal costs", funded_case(3), ("O0",)),
    ),
    "weigh_chances": Sample(
        lambda: (funded_case(success_bp=5_000), LAND, half()),
        nan=absent(NO_NUMBER),
        empty=answered(NO_OFFER, funded_case(0), LAND, ()),
        one_rater=answered("chance unknown", funded_case(1), LAND, half(1)),
        constant=answered("equal costs", funded_case(3, success_bp=1), LAND, half(3)),
    ),
}

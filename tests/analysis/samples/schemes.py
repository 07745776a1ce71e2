"""Samples of joint schemes and the policy mix."""

from dataclasses import replace

from alpclusters.analysis.funding.policy_mix import Entry, Strategy, theme_weights
from alpclusters.analysis.funding.schemes import Change, Option, Scheme, Span
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, flagged, refused

TYROL = Scheme("t", "AT33", {"rate_bp": Span(0, 5000)}, 1)

BERN = Scheme(
    "b", "CH02", {"rate_bp": Span(6000, 7000)}, changes=(Change("k", "rate_bp", 2, Span(0, 7000)),)
)

SCHEMES = {
    "joint_call": Sample(
        lambda: ([TYROL, BERN],),
        nan=refused([Scheme("t", "AT33", {"rate_bp": NAN})]),
        empty=flagged([]),
        one_rater=answered("one scheme is a call of its own", [TYROL]),
        constant=answered("equal schemes bind nobody", [TYROL, replace(TYROL, id="u")]),
    ),
    "let_join": Sample(
        lambda: ([TYROL], BERN),
        nan=refused([TYROL], Scheme("b", "CH02", {"rate_bp": NAN})),
        empty=answered("nobody is there to fit to", [], BERN),
        one_rater=answered("one member is enough", [TYROL], BERN),
        constant=answered("an equal scheme joins", [TYROL], replace(TYROL, id="u")),
    ),
    "read_scheme": Sample(
        lambda: ({"id": "t", "region": "AT33", "attributes": {"rate_bp": [0, 5000]}},),
        nan=refused({"id": "t", "region": "AT33", "attributes": {"rate_bp": [0, NAN]}}),
        empty=answered("a scheme may state nothing", {"id": "t", "region": "AT33"}),
        one_rater=answered("as empty", {"id": "t", "region": "AT33"}),
        constant=answered(
            "one value", {"id": "t", "region": "AT33", "attributes": {"kinds": ["a"]}}
        ),
    ),
    "read_values": Sample(
        lambda: ({"rate_bp": [0, 5000]},),
        nan=refused({"rate_bp": [NAN, NAN]}),
        empty=answered("nothing is stated", {}),
        one_rater=answered("one key is a set", {"kinds": ["a"]}),
        constant=answered("equal ends are one number", {"rate_bp": [1, 1]}),
    ),
    "smallest_cover": Sample(
        lambda: ("12", [Option("a", frozenset("1"), 2), Option("b", frozenset("12"), 3)]),
        nan=absent("weights are whole numbers"),
        empty=answered("no conflicts need no change", [], []),
        one_rater=answered("one change is a cover", "1", [Option("a", frozenset("1"), 2)]),
        constant=answered(
            "names decide", "1", [Option("b", frozenset("1"), 2), Option("a", frozenset("1"), 2)]
        ),
    ),
}

ENTRY = Entry("grant", "energy", "AT33", 1.0)
PHASE_OF = {"grant": "research"}
STRATEGY = Strategy(theme_weights({"energy": 1.0}))

POLICY_MIX = {
    "diversity": Sample(
        lambda: ([50.0, 30.0, 20.0],),
        nan=refused([NAN]),
        empty=flagged([]),
        one_rater=answered("all is in one place", [1.0]),
        constant=answered("as even as can be", [1.0, 1.0]),
    ),
    "policy_gaps": Sample(
        lambda: ([ENTRY], theme_weights({"energy": 0.5, "wood": 0.5})),
        options={"phases": {"grant": "research"}},
        nan=refused([replace(ENTRY, amount=NAN)], theme_weights({}), phases={"grant": "research"}),
        empty=flagged([], theme_weights({}), phases={}),
        one_rater=answered("one entry is a mix", [ENTRY], theme_weights({}), phases=PHASE_OF),
        constant=answered("equal ones", [ENTRY] * 2, theme_weights({}), phases=PHASE_OF),
    ),
    "policy_mix": Sample(
        lambda: ([ENTRY, replace(ENTRY, theme="wood", amount=None)],),
        options={"n_themes": 2, "n_instruments": 1},
        nan=refused([replace(ENTRY, amount=NAN)], n_themes=1, n_instruments=1),
        empty=flagged([], n_themes=1, n_instruments=1),
        one_rater=answered("one entry is a mix", [ENTRY], n_themes=1, n_instruments=1),
        constant=answered("equal ones add up", [ENTRY] * 2, n_themes=1, n_instruments=1),
    ),
    "synergy": Sample(
        lambda: (STRATEGY, STRATEGY),
        nan=absent("takes Weights, made by theme_weights, which refuses NaN"),
        empty=flagged(Strategy(), Strategy()),
        one_rater=flagged(STRATEGY, Strategy()),
        constant=answered("a strategy overlaps itself", STRATEGY, STRATEGY),
    ),
    "theme_weights": Sample(
        lambda: ({"energy": 0.5, "wood": None},),
        nan=refused({"energy": NAN}),
        empty=answered("no themes, no weights", {}),
        one_rater=answered("one has all", {"energy": 0.2}),
        constant=answered("equal ones", {"energy": 1.0, "wood": 1.0}),
    ),
}

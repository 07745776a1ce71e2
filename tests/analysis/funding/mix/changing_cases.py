"""Random small cases: law that changes between grants or ends, averages, Seals, bonuses."""

import datetime as dt
from dataclasses import replace
from random import Random

from alpclusters.analysis.funding.case import Case, Offer, Rate
from tests.analysis.funding.mix.random_cases import random_case

D = dt.date
# On both sides of July 2023, January 2024 and the end of the block exemption.
DAYS = (D(2023, 5, 10), D(2023, 6, 30), D(2023, 7, 1), D(2023, 12, 31), D(2024, 1, 1),
        D(2025, 2, 1), D(2026, 12, 31), D(2027, 2, 1))  # fmt: skip
KINDS = ("days", "average", "seal", "bonus")
BONUSES = ("collaboration", "a_area", "c_area", "joint_call")
RESEARCH = ("GB-25-experimental", "GB-25-industrial")
APART = 100_000


def changing_case(number: int) -> Case:
    """Return the case of a number, always the same; its kinds take turns."""
    luck = Random(number)  # noqa: S311 - cases, no secrets
    kind = KINDS[number % len(KINDS)]
    made = random_case(APART + number)
    made = replace(made, offers=tuple(_on_some_day(luck, one) for one in made.offers))
    if kind == "average":
        return _with_average(luck, made)
    if kind == "seal":
        return _with_seal(luck, made)
    return _with_bonuses(luck, made) if kind == "bonus" else made


def _on_some_day(luck, one: Offer) -> Offer:
    return replace(one, grant_date=luck.choice(DAYS))


def _with_average(luck, made: Case) -> Case:
    """One or two offers pay for the operation of a cluster, and all of its costs are economic."""
    cluster = made.partners[0]
    partners = (replace(cluster, kind="cluster"), *made.partners[1:])
    size = luck.choice(("small", "medium"))
    firms = tuple(
        replace(one, size=size) if one.id == cluster.undertaking else one
        for one in made.undertakings
    )
    lines = tuple(
        replace(one, economic=True) if one.partner == cluster.id else one for one in made.lines
    )
    offers = list(made.offers)
    for at in luck.sample(range(len(offers)), min(len(offers), luck.choice((1, 1, 2)))):
        offers[at] = replace(
            offers[at],
            articles={"*": "GB-27o"},
            origin=luck.choice(("national", "regional")),
            rates=(Rate(luck.choice((4_000, 6_000, 8_000, 10_000))),),
            grant_date=luck.choice(DAYS[2:7]),
        )
    return replace(made, partners=partners, undertakings=firms, lines=lines, offers=tuple(offers))


def _with_seal(luck, made: Case) -> Case:
    """The last offer takes up a proposal that the first, a Union call, rejected."""
    if len(made.offers) < 2:
        return made
    call, *others, seal = made.offers
    call = replace(call, origin="union_central", rates=(Rate(luck.choice((5_000, 7_000, 10_000))),))
    seal = replace(
        seal,
        origin=luck.choice(("regional", "union_shared")),
        level="regional",
        articles={"*": "GB-25a"},
        seal_of=call.id,
    )
    return replace(made, offers=(call, *others, seal))


def _with_bonuses(luck, made: Case) -> Case:
    lines = tuple(
        replace(one, bonuses=tuple(luck.sample(BONUSES, luck.choice((1, 1, 2)))))
        for one in made.lines
    )
    offers = tuple(
        replace(one, articles={"*": luck.choice(RESEARCH)}) if luck.random() < 0.6 else one
        for one in made.offers
    )
    return replace(made, lines=lines, offers=offers)

"""Random pairs of small cases whose first firms are one undertaking, and both as one case.

The merged case is written here a second time: the enumeration tries every choice of it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

from alpclusters.analysis.funding.case import Case, Cell, PastAid
from alpclusters.analysis.funding.joint import Part
from tests.analysis.funding.mix.random_cases import random_case

FAR = 1_000_000
MOST_PAIRS = 6
PAST = PastAid("DE", dt.date(2023, 7, 15), 26_000_000)
LITTLE = PastAid("DE", dt.date(2024, 2, 1), 1_500_000)
SELDOM, HALF, MOSTLY = 0.2, 0.5, 0.8
EASY = {"floor_ct": 0, "partner_floor_ct": 0, "min_partners": 1, "min_countries": 1}
# Wishes about all offers, and a ceiling that the enumeration counts across cases, but the law for
# each project.
GLOBAL_WISHES = ("min_total", "max_offers")
PER_PROJECT = "GB-20a"
# Those of the random cases; offers of one case pay for no costs of the other.
CATEGORIES = ("staff", "external")
SAME = [(("a", "UP0"), ("b", "UP0"))]


def random_pair(number: int, made_by: Callable[[int], Case] = random_case) -> list[Part]:
    """Return the two cases of a number, always the same; much of their aid is de minimis."""
    luck = Random(number)  # noqa: S311 - cases, no secrets
    found: list[Case] = []
    at = FAR + number * 100
    while len(found) < len("ab"):
        made = _leaning(luck, made_by(at))
        at += 1
        if _n_pairs(made) * 2 <= MOST_PAIRS and made.offers:
            found.append(made)
    return [Part("a", found[0]), Part("b", found[1])]


def _leaning(luck: Random, made: Case) -> Case:
    """Turn costs of the first firm economic and many articles into de minimis and advice."""
    offers = []
    for one in made.offers:
        article = luck.choice(("DM", "DM", "DM", "GB-28a", None))
        articles = {"*": article} if article else dict(one.articles)
        articles = {key: "DM" if name == PER_PROJECT else name for key, name in articles.items()}
        origin = luck.choice(("regional", "regional", one.origin))
        made_easy = EASY if luck.random() < MOSTLY else {}
        offers.append(replace(one, articles=articles, origin=origin, grants_from="DE", **made_easy))
    lines = tuple(replace(one, economic=True) for one in made.lines)
    wishes = tuple(
        one for one in made.wishes if one.type not in GLOBAL_WISHES and one.weight is not None
    )
    head, *others = made.undertakings
    # Both cases state the same grant, one of them perhaps a further one.
    known = (PAST, LITTLE) if luck.random() < SELDOM else (PAST,)
    head = replace(head, size="small", de_minimis=known)
    body = replace(made.partners[0], kind="sme")
    if luck.random() < HALF:
        body = replace(body, own_ct=None)
    return replace(
        made,
        undertakings=(head, *others),
        partners=(body, *made.partners[1:]),
        offers=tuple(offers),
        lines=lines,
        wishes=wishes,
    )


def _n_pairs(made: Case) -> int:
    return len({(offer.id, line.partner) for offer in made.offers for line in made.lines})


def as_one(parts: list[Part]) -> Case:
    """Return both cases as one whose first firms hang together; for the enumeration alone."""
    first, second = (_renamed(part) for part in parts)
    head, *others = second.undertakings
    aid = list(first.undertakings[0].de_minimis)
    early = list(first.undertakings[0].earlier_aid)
    # What both state is one grant.
    new = [one for one in head.de_minimis if not _taken(aid, one)]
    new_early = [one for one in head.earlier_aid if not _taken(early, one)]
    tied = replace(
        head,
        controlled_by=first.undertakings[0].id,
        de_minimis=tuple(new),
        earlier_aid=tuple(new_early),
    )
    return replace(
        first,
        undertakings=(*first.undertakings, tied, *others),
        partners=(*first.partners, *second.partners),
        lines=(*first.lines, *second.lines),
        offers=(*first.offers, *second.offers),
        links=(*first.links, *second.links),
        wishes=(*first.wishes, *second.wishes),
    )


def _taken(known: list, one) -> bool:
    """Say whether the other case states this aid too; each statement stands for one grant."""
    match = next((x for x in known if replace(x) == one), None)
    if match is None:
        return False
    known.remove(match)
    return True


def of_merged(key: str, mix: tuple[Cell, ...]) -> list[Cell]:
    return [replace(cell, offer=key + cell.offer, line=key + cell.line) for cell in mix]


def _renamed(part: Part) -> Case:
    key, made = part.key, part.case
    return replace(
        made,
        undertakings=tuple(
            replace(
                one,
                id=key + one.id,
                controlled_by=one.controlled_by and key + one.controlled_by,
            )
            for one in made.undertakings
        ),
        partners=tuple(
            replace(one, id=key + one.id, undertaking=key + one.undertaking)
            for one in made.partners
        ),
        lines=tuple(
            replace(one, id=key + one.id, partner=key + one.partner, category=key + one.category)
            for one in made.lines
        ),
        offers=tuple(
            replace(
                one,
                id=key + one.id,
                seal_of=one.seal_of and key + one.seal_of,
                categories=tuple(key + name for name in one.categories or CATEGORIES),
                articles={
                    name if name == "*" else key + name: article
                    for name, article in one.articles.items()
                },
            )
            for one in made.offers
        ),
        links=tuple(
            replace(one, offers=tuple(key + name for name in one.offers)) for one in made.links
        ),
        wishes=tuple(
            replace(
                one,
                offer=one.offer and key + one.offer,
                partner=one.partner and key + one.partner,
                line=one.line and key + one.line,
            )
            for one in made.wishes
        ),
    )

"""Made-up events for the tests: people with role and region who answer measures."""

import random

from alpclusters.analysis.disclosure import MISSING, Block, Split, Tree

CANNOT_JUDGE = "cannot_judge"
VALUES = (MISSING, CANNOT_JUDGE, 1, 2, 3, 4, 5)
ROLES = {
    "economy": None,
    "public": None,
    "firms": "economy",
    "sme": "firms",
    "large": "firms",
    "clusters": "economy",
    "manager": "clusters",
    "chamber": "clusters",
    "administration": "public",
    "policy": "administration",
    "programme": "administration",
    "research": "public",
}
LEAVES = ("sme", "large", "manager", "chamber", "policy", "programme", "research")
REGIONS = {"AT": None, "IT": None, "AT32": "AT", "AT33": "AT", "ITC4": "IT", "ITH1": "IT"}
PLACES = ("AT32", "AT33", "ITC4", "ITH1")


def event(n, n_blocks, seed, *, spread=0.8):
    """Simulate n people: (blocks, splits); nobody is real."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    weights = [rng.random() + 0.1 for _ in LEAVES]
    places = [rng.random() + 0.1 for _ in PLACES]
    roles = rng.choices(LEAVES, weights, k=n)
    roles = [role if rng.random() > 0.05 else None for role in roles]
    regions = rng.choices(PLACES, places, k=n)
    own = [rng.gauss(0, 0.4) for _ in range(n)]
    blocks = []
    for number in range(n_blocks):
        middle = rng.gauss(3.8, 0.4)
        answers = [answer(rng, middle + own[person], spread) for person in range(n)]
        blocks.append(Block.of(number, answers, values=VALUES))
    return blocks, [
        Split("role", tuple(roles), Tree(ROLES)),
        Split("region", tuple(regions), Tree(REGIONS)),
    ]


def answer(rng, middle, spread):
    chance = rng.random()
    if chance < 0.1:
        return MISSING if chance < 0.05 else CANNOT_JUDGE
    return min(5, max(1, round(rng.gauss(middle, spread))))

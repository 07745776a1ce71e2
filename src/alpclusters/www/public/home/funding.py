"""Programmes and offers of funding that a search of the whole site finds."""

from dataclasses import replace
from typing import Final

from django.utils import timezone

from alpclusters.www.components.marking import marked
from alpclusters.www.public.funding.finding import find_entries
from alpclusters.www.public.funding.lists import Hit as Line
from alpclusters.www.public.funding.lists import entries_of, hit_of
from alpclusters.www.public.funding.queries import FundingQuery, Order, Shown, address
from alpclusters.www.public.home.hits import KINDS, MOST, Candidate, Group, Hit

_KINDS: Final = {"offer": Shown.OFFERS, "programme": Shown.PROGRAMMES}
# The catalogue has put them in order.
_SCORE: Final = 1


def funding_groups(query: str, *, is_simulated: bool) -> dict[str, Group]:
    """Return the best hits among offers and programmes, with the address of all of them."""
    return {
        kind: _group(kind, shown, query, is_simulated=is_simulated)
        for kind, shown in _KINDS.items()
    }


def _group(kind: str, shown: Shown, text: str, *, is_simulated: bool) -> Group:
    asked = FundingQuery(
        shown=shown, text=text, order=Order.NAME, size=MOST, simulated=is_simulated
    )
    today = timezone.localdate()
    found = find_entries(asked, today=today)
    entries = entries_of(shown, found.page_ids)
    hits = [_hit(kind, hit_of(shown, entry, today), text.split()) for entry in entries]
    return Group(KINDS[kind], hits, found.total, address("public:funding", replace(asked, page=1)))


def _hit(kind: str, line: Line, words: list[str]) -> Hit:
    title = str(line.name.text)
    candidate = Candidate(
        kind,
        title,
        line.url,
        line.about,
        [("", title)],
        is_simulated=line.is_simulated,
        is_unverified=line.unverified,
    )
    return Hit(candidate, marked(title, words), _SCORE)

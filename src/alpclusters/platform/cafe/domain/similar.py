"""Proposals of cards that may say the same, and what people decided about them.

Proposals are computed when somebody opens a page that shows them and cards have changed since;
they are kept in the cache, so that reading a page writes nothing. Only decisions are stored:
``join_similar`` and ``reject_similar`` (arguments: ``first``, ``second``); a rejected proposal does
not return. Never called in the live process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache as store
from django.db.models import Count, Max

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.similarity import Glossary, SharedWords, shared_words, similar_texts
from alpclusters.analysis.similarity.words import is_stop_word, words_of
from alpclusters.platform.cafe.domain.cards import find_card
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.models import AlpCafe, Card, SimilarCards
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.models import Region

GLOSSARY: Final = Path(__file__).resolve().parents[1] / "seeds" / "glossary.csv"
KEPT_S: Final = 24 * 3600
_SHORTEST_NAME: Final = 4

type Scored = list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two cards that may say the same.

    Attributes
    ----------
    first, second : Card
    score : float
        Cosine, 0 to 1 (docs/methods/similarity.md).
    shared : SharedWords
        Which words of either card mean the same.
    """

    first: Card
    second: Card
    score: float
    shared: SharedWords


def propose_similar(cafe: AlpCafe, *, table: int | None = None, most: int = 20) -> list[Proposal]:
    """Return the proposals nobody has decided about, the most alike first.

    Parameters
    ----------
    cafe : AlpCafe
    table : int, optional
        Number of a table: only pairs of its cards, for its host.
    most : int, default 20
        How many at most.
    """
    scored = _scored(cafe)
    if not scored:
        return []
    cards = {card.pk: card for card in _comparable(cafe).select_related("table")}
    decided = set(cafe.similar_cards.order_by().values_list("first_id", "second_id"))
    together = _together(cafe)
    pairs = [
        (cards[i], cards[j], score)
        for i, j, score in scored
        if i in cards
        and j in cards
        and (i, j) not in decided
        and not together.get(i, set()) & together.get(j, set())
    ]
    own = [p for p in pairs if table is None or (_is_of(p[0], table) and _is_of(p[1], table))]
    glossary = _glossary() if own else Glossary()
    return [_proposal(first, second, score, glossary) for first, second, score in own[:most]]


# --- computing ----------------------------------------------------------------------------------


def _scored(cafe: AlpCafe) -> Scored:
    """Return pairs of numbers and their cosine, computed only if cards changed since."""
    stamp = _stamp(cafe)
    kept = store.get(_key(cafe))
    if kept is not None and kept[0] == stamp:
        known: Scored = kept[1]
        return known
    found = _compute(list(_comparable(cafe))) if stamp[0] > 1 else []
    store.set(_key(cafe), (stamp, found), timeout=KEPT_S)
    return found


def _stamp(cafe: AlpCafe) -> tuple[Any, ...]:
    """Tell one state of the cards from another, in one query."""
    counted = (
        _comparable(cafe)
        .order_by()
        .aggregate(n=Count("pk"), last=Max("pk"), edited=Max("edited_at"), seq=Max("seq"))
    )
    return tuple(counted.values())


def _compute(cards: Sequence[Card]) -> Scored:
    found = similar_texts(
        [card.text for card in cards],
        languages=[card.language for card in cards],
        glossary=_glossary(),
    )
    return [(cards[p.first].pk, cards[p.second].pk, p.score) for p in found.pairs]


def _comparable(cafe: AlpCafe) -> Any:
    return cafe.cards.exclude(state=Card.State.HIDDEN).exclude(text="").order_by("pk")


def _key(cafe: AlpCafe) -> str:
    return f"cafe-similar-{cafe.pk}"


def _proposal(first: Card, second: Card, score: float, glossary: Glossary) -> Proposal:
    languages = (first.language, second.language)
    shared = shared_words(first.text, second.text, languages=languages, glossary=glossary)
    return Proposal(first, second, score, shared)


def _together(cafe: AlpCafe) -> dict[int, set[int]]:
    """Return the insights each card is part of."""
    rows = cafe.cards.filter(insights__isnull=False).order_by("pk")
    found: dict[int, set[int]] = {}
    for card, insight in rows.values_list("pk", "insights"):
        found.setdefault(card, set()).add(insight)
    return found


def _is_of(card: Card, table: int) -> bool:
    return card.table is not None and card.table.number == table


# --- the glossary -------------------------------------------------------------------------------


def _glossary() -> Glossary:
    """Words of the field, and the names of measures and regions, in five languages."""
    entries: dict[str, dict[str, str]] = {code: {} for code in LANGUAGE_CODES}
    _add_names(entries, "measure", Measure.objects.all())
    _add_names(entries, "region", Region.objects.all())
    for row in read_rows(GLOSSARY):
        for code in LANGUAGE_CODES:
            terms = filter(None, row[f"terms_{code}"].split("|"))
            entries[code] |= dict.fromkeys(terms, row["concept"])
    return Glossary.of(entries)


def _add_names(entries: dict[str, dict[str, str]], kind: str, things: Any) -> None:
    columns = [f"name__{code}" for code in LANGUAGE_CODES]
    for number, *names in things.order_by("pk").values_list("pk", *columns):
        for code, name in zip(LANGUAGE_CODES, names, strict=True):
            if is_telling(name, code):
                entries[code].setdefault(name.replace("*", " "), f"{kind}:{number}")


def is_telling(name: str, language: str) -> bool:
    """Say whether a name can be a term: "Est" is a region, and a word of every French card."""
    words = words_of(name)
    return len(name) >= _SHORTEST_NAME and not all(is_stop_word(w.text, language) for w in words)


# --- decisions ----------------------------------------------------------------------------------


def join_similar(order: Order) -> Change:
    """Say that two cards belong together; the insight is made by ``group_cards``."""
    return _deciding(order, SimilarCards.State.TOGETHER)


def reject_similar(order: Order) -> Change:
    """Say that two cards do not say the same; the proposal does not return."""
    return _deciding(order, SimilarCards.State.REJECTED)


def _deciding(order: Order, state: str) -> Change:
    cards = [find_card(order, order.arguments.get(name)) for name in ("first", "second")]
    first, second = sorted(card.pk for card in cards)
    if first == second:
        raise StateError("cafe.unknown_card", found=str(first))
    before = _picture(order.cafe, first, second)
    score = {(i, j): s for i, j, s in _scored(order.cafe)}.get((first, second), 0.0)
    after = {"pair": [first, second], "row": {"state": state, "score": score}}
    _set(order.cafe, after)
    return Change(before, after, [f"similar:{first}:{second}"])


def _picture(cafe: AlpCafe, first: int, second: int) -> dict[str, Any]:
    found = cafe.similar_cards.filter(first_id=first, second_id=second).first()
    row = None if found is None else {"state": found.state, "score": found.score}
    return {"pair": [first, second], "row": row}


def _set(cafe: AlpCafe, state: State) -> None:
    first, second = state["pair"]
    if state["row"] is None:
        cafe.similar_cards.filter(first_id=first, second_id=second).delete()
    elif _are_there(cafe, (first, second)):
        defaults = {"cafe": cafe, **state["row"]}
        SimilarCards.objects.update_or_create(first_id=first, second_id=second, defaults=defaults)


def _are_there(cafe: AlpCafe, cards: Iterable[int]) -> bool:
    wanted = set(cards)
    return bool(cafe.cards.filter(pk__in=wanted).count() == len(wanted))


def _restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del after, now
    _set(cafe, before)


register("join_similar", join_similar, _restore, is_strict=False)
register("reject_similar", reject_similar, _restore, is_strict=False)

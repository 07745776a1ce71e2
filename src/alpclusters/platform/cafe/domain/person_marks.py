"""Statements about the person among what people rate or support: ``mark_person``.

Such a statement says what somebody is, has or did, not what should be: it is no opinion, and no
ranking, structure or list of what divides may hold it. The organiser's mark decides, yes or no;
without one a wording like a fact about oneself is a proposal, kept out until somebody decides
(docs/methods/opinion.md).

Arguments: ``measure`` or ``card`` (its number), ``about``: true, false, or null for "undecided".
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.cards import find_card
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure, Card
from alpclusters.platform.history import sign

if TYPE_CHECKING:
    from alpclusters.analysis.opinion.persons import PersonStatus

COMMAND: Final = "mark_person"
MARKED: Final = "marked"
PROPOSED: Final = "proposed"


def measures_about_person(rows: Iterable[CafeMeasure]) -> dict[int, "PersonStatus"]:
    """Return the measures that are about the person, by number, ``marked`` or ``proposed``.

    A measure is a proposal if its name is one in any of the five languages.
    """
    found = list(rows)
    names = [list(row.measure.name.each().values()) for row in found]
    told = _statuses(names, [row.is_about_person for row in found])
    return {row.measure_id: one for row, one in zip(found, told, strict=True) if one != "no"}


def cards_about_person(cards: Iterable[Card]) -> dict[int, "PersonStatus"]:
    """Return the cards that are about the person, by number, ``marked`` or ``proposed``."""
    found = list(cards)
    told = _statuses([[card.text] for card in found], [card.is_about_person for card in found])
    return {card.pk: one for card, one in zip(found, told, strict=True) if one != "no"}


def opinion_keys(cafe: AlpCafe) -> list[str]:
    """Return the keys of the measures that may be ranked, in the order of the table."""
    rows = list(cafe.cafe_measures.select_related("measure"))
    persons = measures_about_person(rows)
    return [row.measure.key for row in rows if row.measure_id not in persons]


def mark_person(order: Order) -> Change:
    """Say that a measure or a card is about the person, or an opinion; or take that back."""
    about = order.arguments.get("about")
    if about is not None and not isinstance(about, bool):
        raise InputError("cafe.unknown_mark", found=str(about))
    row = _find_card(order) if "card" in order.arguments else _find_measure(order)
    kind = "card" if isinstance(row, Card) else "measure"
    number = row.pk if isinstance(row, Card) else row.measure_id
    before = {"kind": kind, "number": number, "about": row.is_about_person}
    _write(row, about=about, order=order)
    return Change(before, {**before, "about": about}, [f"person:{kind}:{number}"])


def revert_mark(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Make the earlier mark hold again."""
    del after, now
    if before["kind"] == "card":
        cafe.cards.filter(pk=before["number"]).update(is_about_person=before["about"])
        return
    row = cafe.cafe_measures.filter(measure_id=before["number"]).first()
    if row is not None:
        row.is_about_person = before["about"]
        row.save(update_fields=["is_about_person"])


def _statuses(texts: Sequence[Sequence[str]], marks: Sequence[bool | None]) -> list["PersonStatus"]:
    # The package needs SciPy, a third of a second: only who asks for statements waits for it.
    from alpclusters.analysis.opinion.persons import person_statements  # noqa: PLC0415

    found: list[PersonStatus] = []
    for own, mark in zip(texts, marks, strict=True):
        told = person_statements(own, marked=[mark] * len(own)).statuses
        found.append(next((one for one in told if one != "no"), "no"))
    return found


def _find_card(order: Order) -> Card:
    card = find_card(order)
    if not card.text:
        # A photo has no wording that anybody could have agreed with.
        raise StateError("cafe.unknown_card", found=str(card.pk))
    return card


def _find_measure(order: Order) -> CafeMeasure:
    number = order.arguments.get("measure")
    rows = order.cafe.cafe_measures.select_related("measure")
    row: CafeMeasure | None = (
        rows.filter(measure_id=number).first() if isinstance(number, int) else None
    )
    if row is None:
        raise StateError("cafe.unknown_measure", found=str(number))
    return row


def _write(row: CafeMeasure | Card, *, about: bool | None, order: Order) -> None:
    row.is_about_person = about
    if isinstance(row, CafeMeasure):
        sign(row, order.by)
    row.save(update_fields=["is_about_person"])


register(COMMAND, mark_person, revert_mark, is_strict=False)

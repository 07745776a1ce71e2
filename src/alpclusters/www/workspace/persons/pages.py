"""What the page of statements about the person shows: to decide, decided, all the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alpclusters.platform.cafe.domain.person_marks import (
    PROPOSED,
    cards_about_person,
    measures_about_person,
)
from alpclusters.platform.cafe.domain.supports import shows_supports, told_supports
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure, Card


@dataclass(frozen=True)
class Row:
    """A measure or a card, as the page names it.

    Attributes
    ----------
    kind : {'measure', 'card'}
    number : int
        Of the measure or the card.
    language : str
        Of the text; empty where it is that of the page.
    status : str
        ``proposed``, ``marked``, or ``no`` for an opinion.
    is_decided : bool
        Whether somebody said yes or no.
    n_supports : int or None
        People who support a card, from five on.
    """

    kind: str
    number: int
    text: str
    language: str
    status: str
    is_decided: bool
    n_supports: int | None = None

    @property
    def key(self) -> str:
        """Name it in the page."""
        return f"{self.kind}-{self.number}"

    @property
    def is_about_person(self) -> bool:
        """Say whether somebody said yes."""
        return self.status == "marked"


@dataclass(frozen=True)
class PersonsPage:
    """All statements of an AlpCafé by what was said of them."""

    proposals: Sequence[Row]
    decided: Sequence[Row]
    others: Sequence[Row]
    may_run: bool


def read_persons(cafe: AlpCafe, *, may_run: bool) -> PersonsPage:
    """Read measures and cards that are not hidden, measures first."""
    rows = [*_measures(cafe), *_cards(cafe)]
    return PersonsPage(
        proposals=[row for row in rows if row.status == PROPOSED],
        decided=[row for row in rows if row.is_decided],
        others=[row for row in rows if not row.is_decided and row.status != PROPOSED],
        may_run=may_run,
    )


def _measures(cafe: AlpCafe) -> Iterable[Row]:
    rows: list[CafeMeasure] = list(cafe.cafe_measures.select_related("measure"))
    about = measures_about_person(rows)
    for row in rows:
        number = row.measure_id
        yield Row(
            "measure",
            number,
            row.measure.name,
            "",
            about.get(number, "no"),
            row.is_about_person is not None,
        )


def _cards(cafe: AlpCafe) -> Iterable[Row]:
    cards = list(cafe.cards.exclude(state=Card.State.HIDDEN).exclude(text=""))
    about = cards_about_person(cards)
    told = told_supports(cards) if shows_supports(cafe) else {}
    for card in cards:
        yield Row(
            "card",
            card.pk,
            card.text,
            card.language,
            about.get(card.pk, "no"),
            card.is_about_person is not None,
            told.get(card.pk),
        )

"""Offers that stay outside because an answer is missing."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.funding.eligibility.not_entered import lacks_conditions
from alpclusters.www.workspace.mixes.access import Shown

MOST: Final = 5


@dataclass(frozen=True)
class OpenOffer:
    """An offer and the partners for whom it is not known whether it fits."""

    id: str
    name: str
    partners: tuple[str, ...]
    is_uncoded: bool


@dataclass(frozen=True)
class OpenQuestions:
    """What is open.

    Attributes
    ----------
    uncoded : tuple of (str, str)
        Key and title of offers whose conditions nobody entered.
    offers : tuple of OpenOffer
        Some of the others, which wait for answers.
    n_offers : int
        All open ones.
    assumed : tuple of OpenOffer
    """

    uncoded: tuple[tuple[str, str], ...]
    offers: tuple[OpenOffer, ...]
    n_offers: int
    assumed: tuple[OpenOffer, ...]


def open_questions(shown: Shown, mix: dict[str, Any]) -> OpenQuestions:
    """Return the offers with open questions, and those that were assumed to fit."""
    found = [_open_offer(shown, part["offer"], part["partners"]) for part in mix["open"]]
    assumed = [_open_offer(shown, part["offer"], [part["partner"]]) for part in mix["assumptions"]]
    uncoded = tuple((offer.id, offer.name) for offer in found if offer.is_uncoded)
    asked = [offer for offer in found if not offer.is_uncoded]
    return OpenQuestions(uncoded, tuple(asked[:MOST]), len(found), tuple(assumed))


def _open_offer(shown: Shown, offer: str, partners: list[str]) -> OpenOffer:
    is_uncoded = lacks_conditions(shown.offers[offer].eligibility)
    return OpenOffer(offer, _title(shown, offer), _names(shown, partners), is_uncoded)


def _title(shown: Shown, offer: str) -> str:
    return shown.offers[offer].title or offer


def _names(shown: Shown, partners: list[str]) -> tuple[str, ...]:
    return tuple(shown.partners[partner].name for partner in partners)

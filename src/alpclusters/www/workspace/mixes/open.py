"""Offers that stay outside because an answer is missing."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.www.workspace.mixes.access import Shown

MOST: Final = 5


@dataclass(frozen=True)
class OpenOffer:
    """An offer and the partners for whom it is not known whether it fits."""

    name: str
    partners: tuple[str, ...]


@dataclass(frozen=True)
class OpenQuestions:
    """What is open: some offers by name, and how many there are."""

    offers: tuple[OpenOffer, ...]
    n_offers: int
    assumed: tuple[OpenOffer, ...]


def open_questions(shown: Shown, mix: dict[str, Any]) -> OpenQuestions:
    """Return the offers with open questions, and those that were assumed to fit."""
    found = [
        OpenOffer(_title(shown, part["offer"]), _names(shown, part["partners"]))
        for part in mix["open"]
    ]
    assumed = [
        OpenOffer(_title(shown, part["offer"]), _names(shown, [part["partner"]]))
        for part in mix["assumptions"]
    ]
    return OpenQuestions(tuple(found[:MOST]), len(found), tuple(assumed))


def _title(shown: Shown, offer: str) -> str:
    return shown.offers[offer].title or offer


def _names(shown: Shown, partners: list[str]) -> tuple[str, ...]:
    return tuple(shown.partners[partner].name for partner in partners)

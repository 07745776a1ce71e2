"""What a search of the whole site finds, whatever found it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy

from alpclusters.www.components.marking import Piece

MOST: Final = 20
KINDS: Final = {
    "measure": gettext_lazy("Measures"),
    "initiative": gettext_lazy("Initiatives"),
    "lesson": gettext_lazy("Lessons"),
    "document": gettext_lazy("Sources"),
    "project": gettext_lazy("Projects"),
    "organisation": gettext_lazy("Organisations"),
    "offer": gettext_lazy("Offers of funding"),
    "programme": gettext_lazy("Funding programmes"),
    "region": gettext_lazy("Regions"),
    "cafe": gettext_lazy("AlpCafés"),
}


@dataclass(frozen=True)
class Candidate:
    """One thing that can be found, with its titles and texts by language."""

    kind: str
    title: str
    url: str
    note: str
    titles: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]] = ()
    is_simulated: bool = False
    is_unverified: bool = False


@dataclass(frozen=True)
class Hit:
    """A thing that was found; ``foreign`` is the title of another language that matched."""

    candidate: Candidate
    pieces: Sequence[Piece]
    score: int
    foreign: str = ""
    foreign_language: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    label: Any
    hits: Sequence[Hit]
    total: int
    # Where all of them are.
    more_url: str = ""

"""Find a region by its code or by its name in any of the five languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.db import models

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import foldings
from alpclusters.platform.seed_rows import read_rows
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

LIMIT: Final = 12
_IN_BRACKETS: Final = re.compile(r"\(([A-Za-z]{2}[A-Za-z0-9]{0,3})\)\s*$")
_CODE: Final = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{0,3}")
_WORDS: Final = re.compile(r"[\s/,()–-]+")
_NO: Final = 9

type Version = tuple[tuple[int, str] | None, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A region as it is searched: all its names, folded."""

    pk: int
    code: str
    names: frozenset[str]

    def rank(self, wanted: frozenset[str], code: str) -> int:
        """Return how well it fits, 0 best, `_NO` not at all."""
        words = [word for name in self.names for word in _WORDS.split(name)]
        fits = (
            bool(code) and self.code == code,
            bool(wanted & self.names),
            any(name.startswith(text) for name in self.names for text in wanted),
            bool(code) and self.code.startswith(code),
            any(word.startswith(text) for word in words for text in wanted),
            any(text in name for name in self.names for text in wanted),
        )
        return next((rank for rank, fit in enumerate(fits) if fit), _NO)


def find_regions(text: str, *, limit: int = LIMIT) -> list[Region]:
    """Return the regions of the current vintage that fit a text, the best first.

    Parameters
    ----------
    text : str
        Code, name, part of a name, or "Name (CODE)"; accents do not matter.
    limit : int
    """
    ranked = _ranked(text.strip())[:limit]
    found = Region.objects.in_bulk([known.pk for known in ranked])
    return [found[known.pk] for known in ranked if known.pk in found]


def resolve_region(text: str) -> list[Region]:
    """Return the one region a text names, or all that bear the same name; else nothing.

    Where a region and its only part bear one name, as Wien (AT13, AT130), it is the wider one.
    """
    plain = text.strip()
    bracketed = _IN_BRACKETS.search(plain)
    code = (bracketed[1] if bracketed else plain).upper()
    found = list(_current().filter(code=code)) if _CODE.fullmatch(code) else []
    if found or not plain:
        return found
    name = _IN_BRACKETS.sub("", plain).strip()
    same = [known.pk for known in _known_regions(_version()) if foldings(name) & known.names]
    named = list(Region.objects.filter(pk__in=same).order_by("code"))
    is_nested = named and all(region.code.startswith(named[0].code) for region in named)
    return named[:1] if is_nested else named


def _ranked(text: str) -> list[Known]:
    if not text:
        return []
    bracketed = _IN_BRACKETS.search(text)
    shown = bracketed[1] if bracketed else text
    code = shown.upper() if _CODE.fullmatch(shown) else ""
    wanted = foldings(text)
    ranks = [(known.rank(wanted, code), known) for known in _known_regions(_version())]
    fitting = [(rank, known) for rank, known in ranks if rank < _NO]
    fitting.sort(key=lambda pair: (pair[0], len(pair[1].code), pair[1].code))
    return [known for _rank, known in fitting]


def _version() -> Version:
    regions = Region.objects.order_by("-pk")
    return regions.values_list("pk", "code").first(), regions.count()


def _current() -> models.QuerySet[Region]:
    return Region.objects.filter(
        first_vintage__lte=CURRENT_VINTAGE, last_vintage__gte=CURRENT_VINTAGE
    )


@lru_cache(maxsize=2)
def _known_regions(version: Version) -> tuple[Known, ...]:  # noqa: ARG001 - the version is the key of the cache
    fields = [f"name__{code}" for code in LANGUAGE_CODES]
    rows = _current().filter(level__gte=1)
    return tuple(
        Known(pk, code, frozenset(folded for name in names if name for folded in foldings(name)))
        for pk, code, *names in rows.values_list("pk", "code", *fields)
    )


# --- Codes of regions that are not kept here: known as codes, so that none is called wrong --------


SEED: Final = Path(__file__).resolve().parents[1] / "seeds" / "nuts_elsewhere.csv"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A code of NUTS, or of the statistical regions beside it, outside the area kept here.

    Attributes
    ----------
    code, name : str
    vintages : str
        In which it was listed: ``2010–2024``, ``2016, 2024``.
    """

    code: str
    name: str
    vintages: str


def region_elsewhere(code: str) -> Elsewhere | None:
    """Return the region of a code that is not kept here; None where no list has the code.

    Examples
    --------
    >>> region_elsewhere("DED2D").name
    'Görlitz'
    """
    return _codes_elsewhere().get(code)


@cache
def _codes_elsewhere() -> Mapping[str, Elsewhere]:
    return {
        row["code"]: Elsewhere(row["code"], row["name"], _shown(row["vintages"]))
        for row in read_rows(SEED)
    }


def _shown(vintages: str) -> str:
    return vintages.replace("-", "\N{EN DASH}").replace(" ", ", ")

"""Codes of regions that are not kept here: known as codes, so that none is called wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.seed_rows import read_rows

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
    return _known().get(code)


@cache
def _known() -> Mapping[str, Elsewhere]:
    return {
        row["code"]: Elsewhere(row["code"], row["name"], _shown(row["vintages"]))
        for row in read_rows(SEED)
    }


def _shown(vintages: str) -> str:
    return vintages.replace("-", "\N{EN DASH}").replace(" ", ", ")

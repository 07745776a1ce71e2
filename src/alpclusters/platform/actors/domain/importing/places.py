"""The region a list names, by code of any year or by name, in the codes of today."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.errors import shown
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import foldings
from alpclusters.platform.territory.domain.finding import region_elsewhere
from alpclusters.platform.territory.domain.lookups import RECORDED, current_recoder
from alpclusters.platform.territory.domain.recoding import Recoding, RecodingStatus
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.sources.records import Note

_CODE: Final = re.compile(r"\b[A-Z]{2}[0-9A-Z]{0,3}\b")
_EXTRA_REGIO: Final = re.compile(r"[A-Z]{2}Z{1,3}")
_SLASHES: Final = re.compile(r"[/,;()]")
_ISO: Final[Mapping[str, str]] = {"EL": "GR", "UK": "GB"}
_COUNTRY_LENGTH: Final = 2
_NOTE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class VintageGuess:
    """The year whose codes a list most likely uses.

    Attributes
    ----------
    vintage : int
    n_codes, n_fitting : int
        Cells with something like a code; those that are codes of that year.
    """

    vintage: int = CURRENT_VINTAGE
    n_codes: int = 0
    n_fitting: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What is recorded for a region as a list names it.

    Attributes
    ----------
    region_id : int or None
    code : str
        Of that region today; empty without one.
    country : str
        ISO code that the region tells; empty if nothing does.
    is_proposed : bool
        The area changed on the way, so somebody should look at it.
    given_code : str
        The code as given, where it is not that of the region.
    recoding_note : str
    notes : tuple of Note
    """

    region_id: int | None = None
    code: str = ""
    country: str = ""
    is_proposed: bool = False
    given_code: str = ""
    recoding_note: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Gazetteer:
    """All regions there are, looked up once for an import."""

    vintages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    current: dict[str, int] = field(default_factory=dict)
    _names: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _children: Counter[str] = field(default_factory=Counter)
    _vintage: int = CURRENT_VINTAGE
    _known: dict[tuple[str, str], Place] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Gazetteer":
        """Read codes and names from the database."""
        new = cls()
        names = [f"name__{code}" for code in LANGUAGE_CODES]
        rows = Region.objects.order_by("code", "first_vintage").values_list(
            "pk", "code", "parent_code", "first_vintage", "last_vintage", *names
        )
        for pk, code, parent, first, last, *texts in rows:
            new.vintages[code] += [year for year in RECORDED if first <= year <= last]
            if first <= CURRENT_VINTAGE <= last:
                new.current[code] = pk
                new._children[parent] += 1
                new._add_names(code, texts)
        return new

    def _add_names(self, code: str, texts: Iterable[str]) -> None:
        for text in filter(None, texts):
            for part in {text, *(piece.strip() for piece in _SLASHES.split(text))}:
                for folded in foldings(part):
                    self._names[code[:2], folded].add(code)

    # --- which year ------------------------------------------------------------------------

    def guess_vintage(self, given: Mapping[str, int]) -> VintageGuess:
        """Return the year in which most codes exist; of equal ones today's, else the latest."""
        codes: Counter[str] = Counter()
        for text, n in given.items():
            code = self.code_in(text)
            if len(code) > _COUNTRY_LENGTH:
                codes[code] += n
        fitting: Counter[int] = Counter()
        for code, n in codes.items():
            for year in self.vintages.get(code, ()):
                fitting[year] += n
        best = max(RECORDED, key=lambda year: (fitting[year], year == CURRENT_VINTAGE, year))
        if not fitting[best]:
            return VintageGuess(CURRENT_VINTAGE, codes.total(), 0)
        return VintageGuess(best, codes.total(), fitting[best])

    def use_vintage(self, vintage: int) -> None:
        """Read codes as those of this year where they exist in it."""
        self._vintage = vintage
        self._known.clear()

    def code_in(self, text: str) -> str:
        """Return the code in a cell: alone, or the first one that was ever valid; else empty."""
        upper = text.strip().upper()
        if upper in self.vintages or _EXTRA_REGIO.fullmatch(upper):
            return upper
        found = next((code for code in _CODE.findall(text) if code in self.vintages), "")
        if found:
            return found
        is_code = _CODE.fullmatch(text.strip()) and any(map(str.isdecimal, text))
        return text.strip() if is_code else ""

    # --- which region ----------------------------------------------------------------------

    def find(self, text: str, country: str) -> Place:
        """Return what to record for a cell; each distinct one is looked up once."""
        key = (text, country)
        if key not in self._known:
            self._known[key] = self._find(text, country)
        return self._known[key]

    def _find(self, text: str, country: str) -> Place:
        code = self.code_in(text)
        if code and not self._by_name(text, country):
            return self._checked(self._recoded(code), country, code)
        named = self._by_name(text, country)
        if len(named) == 1:
            return self._place(named[0])
        if named:
            values = {"given": shown(text), "candidates": ", ".join(named)}
            return Place(notes=(Note("region.several_names", values),))
        return Place(notes=(Note("region.unknown_name", {"given": shown(text)}),))

    def _checked(self, place: Place, country: str, given: str) -> Place:
        if not country or not place.country or place.country == country:
            return place
        values = {"given": given, "country": country}
        return Place(given_code=given[:5], notes=(Note("region.other_country", values),))

    def _by_name(self, text: str, country: str) -> list[str]:
        """Return the codes a name means; of nested regions that are the same, the smallest."""
        found: set[str] = set()
        for folded in foldings(text.strip()):
            for prefix in self._prefixes(country):
                found |= self._names.get((prefix, folded), set())
        found = {code for code in found if len(code) > _COUNTRY_LENGTH}
        inner = {code for code in found if not self._is_same_as_child(code, found)}
        outer = [code for code in inner if not any(_lies_in(code, other) for other in inner)]
        return sorted(outer)

    def _is_same_as_child(self, code: str, found: set[str]) -> bool:
        has_child = any(one[:-1] == code for one in found)
        return has_child and self._children[code] == 1

    def _prefixes(self, country: str) -> list[str]:
        if not country:
            return sorted({prefix for prefix, _ in self._names})
        return [next((nuts for nuts, iso in _ISO.items() if iso == country), country)]

    def _recoded(self, code: str) -> Place:
        country = _ISO.get(code[:2], code[:2])
        if _EXTRA_REGIO.fullmatch(code):
            return Place(
                country=country,
                given_code=code,
                notes=(Note("region.extra_regio", {"given": code}),),
            )
        if len(code) == _COUNTRY_LENGTH:
            return Place(country=country, notes=(Note("region.country_only", {"given": code}),))
        vintage, recoding = self._recode(code)
        if recoding is None:
            return Place(country=country, given_code=code[:5], notes=(_no_region(code),))
        return self._from_recoding(code, vintage, recoding)

    def _recode(self, code: str) -> tuple[int, Recoding | None]:
        """Recode from the year of the list, else from any other if all of them agree."""
        years = self.vintages.get(code, [])
        if not years:
            return self._vintage, None
        tried = [self._vintage] if self._vintage in years else years
        recoder = current_recoder()
        answers = [
            recoder.recode(code, from_vintage=year, to_vintage=CURRENT_VINTAGE) for year in tried
        ]
        if len({answer.candidates for answer in answers}) == 1:
            return tried[-1], answers[-1]
        every = tuple(sorted({one for answer in answers for one in answer.candidates}))
        return tried[-1], Recoding(RecodingStatus.AMBIGUOUS, None, every)

    def _from_recoding(self, code: str, vintage: int, recoding: Recoding) -> Place:
        new = recoding.code or ""
        if recoding.status is RecodingStatus.UNCHANGED and new in self.current:
            return self._place(new)
        country = _ISO.get(code[:2], code[:2])
        values: dict[str, str | int] = {
            "given": code,
            "vintage": vintage,
            "candidates": ", ".join(recoding.candidates) or "–",
            "current": CURRENT_VINTAGE,
        }
        told = f"NUTS {vintage} {code} → {CURRENT_VINTAGE} {' | '.join(recoding.candidates) or '–'}"
        if new not in self.current:
            note = Note("region.ambiguous", values)
            return Place(
                country=country, given_code=code, recoding_note=told[:_NOTE_LENGTH], notes=(note,)
            )
        is_approximate = recoding.status is RecodingStatus.APPROXIMATE
        kind = "region.approximate" if is_approximate else "region.recoded"
        return Place(
            region_id=self.current[new],
            code=new,
            country=country,
            is_proposed=is_approximate,
            given_code=code,
            recoding_note=told[:_NOTE_LENGTH],
            notes=(Note(kind, {**values, "taken": new}),),
        )

    def _place(self, code: str) -> Place:
        return Place(region_id=self.current[code], code=code, country=_ISO.get(code[:2], code[:2]))


def _no_region(code: str) -> Note:
    """Tell a code of another part of Europe from one that no list has."""
    found = region_elsewhere(code)
    if found is None:
        return Note("region.unknown_code", {"given": code})
    values = {"given": code, "name": found.name, "vintages": found.vintages}
    return Note("region.elsewhere", values)


def _lies_in(code: str, other: str) -> bool:
    return len(other) < len(code) and code.startswith(other)

"""Which projects of a list are wanted: by words, country, region, programme and years."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from alpclusters.sources.project_values import folded

_YEARS: Final = re.compile(r"([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?")
_ESCAPED: Final = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What is wanted; an empty part wants everything.

    Attributes
    ----------
    words : tuple of str
        Alternatives; all words of one of them have to stand in acronym, title, themes or aims.
    countries, nuts : tuple of str
        ISO codes and beginnings of NUTS codes: one participant in one of them is enough.
    programmes : tuple of str
        Parts of the name of the programme.
    years : str
        ``2014-2020`` or one year: of the programme's period, else of the project.
    keys : tuple of str
        Projects ticked one by one; nothing else counts then.
    """

    words: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    years: str = ""
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read a filter back from JSON."""
        names = (name for name in cls.__dataclass_fields__ if name != "years")
        lists: dict[str, Any] = {name: tuple(map(str, record.get(name) or ())) for name in names}
        return cls(years=str(record.get("years") or ""), **lists)

    def as_record(self) -> dict[str, Any]:
        """Return the filter for JSON."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    def __bool__(self) -> bool:
        """Say whether anything is left out."""
        return any(asdict(self).values())

    def condition(self) -> tuple[str, list[str | int]]:
        """Return the filter as SQL over the tables of a spool, with its values."""
        if self.keys:
            marks = ", ".join("?" * len(self.keys))
            return f"p.key IN ({marks})", list(self.keys)
        found = [self._words(), self._place(), self._programme(), self._period()]
        parts = [one for one in found if one[0]]
        values = [value for _, some in parts for value in some]
        return " AND ".join(sql for sql, _ in parts) or "1", values

    def _words(self) -> tuple[str, list[str | int]]:
        alternatives = [folded(one).split() for one in self.words]
        return _any_of(
            [_all_of([("p.search LIKE ? ESCAPE '\\'", _inside(word)) for word in words])
             for words in alternatives if words]
        )  # fmt: skip

    def _place(self) -> tuple[str, list[str | int]]:
        wanted = [("m.country = ?", code.strip().upper()) for code in self.countries]
        wanted += [
            ("m.nuts LIKE ? ESCAPE '\\'", f"{code.strip().upper().translate(_ESCAPED)}%")
            for code in self.nuts
        ]
        if not wanted:
            return "", []
        sql = " OR ".join(one for one, _ in wanted)
        inside = f"SELECT 1 FROM places m WHERE m.link = p.link AND ({sql})"  # noqa: S608 - of our own parts
        return f"EXISTS ({inside})", [value for _, value in wanted]

    def _programme(self) -> tuple[str, list[str | int]]:
        return _any_of(
            [_all_of([("p.programme LIKE ? ESCAPE '\\'", _inside(folded(one)))])
             for one in self.programmes if one.strip()]
        )  # fmt: skip

    def _period(self) -> tuple[str, list[str | int]]:
        found = _YEARS.fullmatch(self.years.strip())
        if found is None:
            return "", []
        first, last = int(found[1]), int(found[2] or found[1])
        return "(p.first_year <= ? AND p.last_year >= ?)", [last, first]


def is_years(text: str) -> bool:
    """Tell whether a text is a year or two of them.

    Examples
    --------
    >>> is_years("2014-2020"), is_years("2014"), is_years("soon")
    (True, True, False)
    """
    return bool(_YEARS.fullmatch(text.strip()))


def _inside(text: str) -> str:
    return f"%{text.translate(_ESCAPED)}%"


def _all_of(parts: Sequence[tuple[str, str]]) -> tuple[str, list[str | int]]:
    return " AND ".join(sql for sql, _ in parts), [value for _, value in parts]


def _any_of(parts: Sequence[tuple[str, list[str | int]]]) -> tuple[str, list[str | int]]:
    if not parts:
        return "", []
    sql = " OR ".join(f"({one})" for one, _ in parts)
    return f"({sql})", [value for _, some in parts for value in some]

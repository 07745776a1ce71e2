"""Reading old codings in a newer version of the codebook; the codings themselves never change.

A version carries a list of how codes of the version before are read in it: one code takes the
place of another, several do (the code was split), or none does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.evidence.domain.codebook.reading import Value
from alpclusters.platform.evidence.models import Codebook

type Steps = Mapping[int, Mapping[tuple[str, str], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Read:
    """A value as a newer version reads it.

    Attributes
    ----------
    value : code, list of codes, number or None
        What can be said for certain.
    unclear : tuple of str
        Codes of which a person has to say by which of several they are replaced.
    dropped : tuple of str
        Codes that nothing replaces.
    """

    value: Value
    unclear: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recoder:
    """All recode lists of the published versions, by the version they lead to."""

    steps: Steps

    @classmethod
    def known(cls) -> "Recoder":
        """Return the recode lists of all versions, in one query."""
        rows = Codebook.objects.order_by("number").values_list("number", "recodes")
        return cls.of(rows)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, list[dict[str, Any]]]]) -> "Recoder":
        """Build it from numbers of versions and their recode lists."""
        return cls(
            {
                number: {(line["field"], line["from"]): tuple(line["to"]) for line in recodes or []}
                for number, recodes in rows
            }
        )

    def read(self, field: str, value: Value, from_version: int, to_version: int) -> Read:
        """Read the answer to one field, given in one version, in the same or a newer one.

        Examples
        --------
        >>> lists = [(2, [{"field": "scope", "from": "third_country", "to": ["overseas"]}])]
        >>> Recoder.of(lists).read("scope", "third_country", 1, 2).value
        'overseas'
        """
        if value is None or isinstance(value, int):
            return Read(value)
        codes = [value] if isinstance(value, str) else list(value)
        unclear: list[str] = []
        dropped: list[str] = []
        for number in range(from_version + 1, to_version + 1):
            codes = self._step(number, field, codes, unclear, dropped)
        found = list(dict.fromkeys(codes))
        if isinstance(value, str):
            return Read(next(iter(found), None), tuple(unclear), tuple(dropped))
        return Read(found, tuple(unclear), tuple(dropped))

    def _step(
        self, number: int, field: str, codes: list[str], unclear: list[str], dropped: list[str]
    ) -> list[str]:
        lines = self.steps.get(number, {})
        found = []
        for code in codes:
            to = lines.get((field, code), (code,))
            if len(to) == 1:
                found.append(to[0])
            else:
                (unclear if to else dropped).append(code)
        return found


def read_in(value: Value, from_version: int, to_version: int, *, field: str) -> Value:
    """Read one answer in a newer version; what is not clear or was dropped is left out."""
    return Recoder.known().read(field, value, from_version, to_version).value

"""Programmes as the sources name them: found by name and period, made where they are new."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.text import slugify

from alpclusters.platform.evidence.domain.importing.drafts import ProgrammeName
from alpclusters.platform.evidence.models import Programme

_LENGTH: Final = 120
_STRAND: Final = re.compile(r"\binterreg\b|\b(?:iii|iv|v|vi)(?:[ -]?[abcd])?\b")


class Programmes:
    """All programmes there are, looked up once for an import."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._keys: set[str] = set()
        rows = Programme.objects.order_by("-pk").values_list("pk", "key", "name", "period")
        for pk, key, name, period in rows:
            self._known[_folded(name), period] = pk
            self._keys.add(key)

    def id_of(self, wanted: ProgrammeName | None) -> int | None:
        """Return the key of a programme that is stored."""
        return self._known.get((_folded(wanted.name), wanted.period)) if wanted else None

    def ensure(self, wanted: Iterable[ProgrammeName]) -> None:
        """Store programmes that are new."""
        for one in sorted(set(wanted), key=lambda one: (one.name, one.period)):
            if self.id_of(one) is None:
                row = Programme.objects.create(
                    key=self._free_key(one),
                    name=one.name,
                    period=one.period,
                    family=_family(one.family),
                )
                self._known[_folded(one.name), one.period] = row.pk

    def _free_key(self, one: ProgrammeName) -> str:
        stem = slugify(f"{one.name} {one.period}")[: _LENGTH - 6].strip("-") or "programme"
        numbered = (f"{stem}-{n}" for n in range(2, len(self._keys) + 3))
        key = next(key for key in (stem, *numbered) if key not in self._keys)
        self._keys.add(key)
        return key


def _folded(name: str) -> str:
    """Return a name for comparison; sources differ in how they write the strand of Interreg.

    Examples
    --------
    >>> _folded("INTERREG VB Alpine Space") == _folded("Interreg Alpine Space")
    True
    """
    plain = " ".join(name.casefold().replace("–", "-").split())
    place = " ".join(_STRAND.sub(" ", plain).split()) if "interreg" in plain else plain
    return place or plain


def _family(family: str) -> str:
    return family if family in Programme.Family.values else Programme.Family.OTHER_EU.value

"""All of Europe from Eurostat's workbooks: what the seeds lack is added, what they say stays."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.domain.recoding import VINTAGES
from alpclusters.platform.territory.models import Region, RegionChange, Standing
from alpclusters.sources.nuts import NutsChange, NutsCode, NutsWorkbook

BATCH = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows an import added.

    Attributes
    ----------
    n_regions, n_changes : int
        New rows.
    n_known : int
        Codes that were there already and stayed as they were.
    """

    n_regions: int
    n_changes: int
    n_known: int


@transaction.atomic
def import_nuts(workbooks: Iterable[NutsWorkbook]) -> Imported:
    """Add the regions and changes of Eurostat's workbooks; repeating it adds nothing."""
    books = list(workbooks)
    codes = {(c.code, c.vintage): c for book in books for c in book.codes}
    known = set(Region.objects.values_list("code", flat=True))
    new = [c for c in codes.values() if c.code not in known]
    regions = [Region(**_region(span)) for span in _spans(new)]
    changes = _new_changes(change for book in books for change in book.changes)
    Region.objects.bulk_create(regions, batch_size=BATCH)
    RegionChange.objects.bulk_create(changes, batch_size=BATCH)
    n_known = len({code for code, _vintage in codes} & known)
    return Imported(len(regions), len(changes), n_known)


def _spans(codes: Iterable[NutsCode]) -> Iterator[list[NutsCode]]:
    """Yield runs of neighbouring vintages in which a code was valid."""
    by_code: dict[str, dict[int, NutsCode]] = defaultdict(dict)
    for code in codes:
        by_code[code.code][code.vintage] = code
    for _code, found in sorted(by_code.items()):
        run: list[NutsCode] = []
        for vintage in VINTAGES:
            if vintage in found:
                run.append(found[vintage])
            elif run:
                yield run
                run = []
        if run:
            yield run


def _region(span: list[NutsCode]) -> dict[str, Any]:
    newest = span[-1]
    name = newest.name.title() if newest.name.isupper() else newest.name
    return {
        "code": newest.code,
        "level": newest.level,
        "country": newest.country,
        "parent_code": newest.parent,
        "first_vintage": span[0].vintage,
        "last_vintage": newest.vintage,
        "names_status": Standing.VERIFIED,
        "name": dict.fromkeys(LANGUAGE_CODES, name),
    }


def _new_changes(changes: Iterable[NutsChange]) -> list[RegionChange]:
    keys = ("from_vintage", "to_vintage", "from_code", "to_code", "level")
    known = set(RegionChange.objects.values_list(*keys))
    found = {tuple(getattr(change, name) for name in keys): change for change in changes}
    return [_change(change) for key, change in found.items() if key not in known]


def _change(change: NutsChange) -> RegionChange:
    return RegionChange(
        from_vintage=change.from_vintage,
        to_vintage=change.to_vintage,
        level=change.level,
        from_code=change.from_code,
        to_code=change.to_code,
        relation=change.relation,
        is_exact=change.is_exact,
        candidates="|".join(change.candidates)[:400],
    )

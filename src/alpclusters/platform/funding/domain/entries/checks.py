"""Who compared an entry with its source: read from the versions that the entry keeps."""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.platform.funding.domain.entries.changing import RELATIONS
from alpclusters.platform.funding.domain.entries.writing import Entry
from alpclusters.platform.funding.models import EntryVersion

type Checker = Literal["person", "import", "delivered"]
SEED: Final = "seed"
IMPORT: Final = "import: "


@dataclass(frozen=True, slots=True)
class Check:
    """Where the day of the last check is from; the person has no name once the account is gone."""

    by: Checker
    name: str = ""


def check_of(entry: Entry) -> Check | None:
    """Return who said on which day an entry was checked; None where no version says (1 query).

    Parameters
    ----------
    entry : Programme, Call or Offer
        Of the versions with its day of check, the first in a row up to the newest counts.
    """
    if entry.checked_on is None:
        return None
    day, found = entry.checked_on.isoformat(), None
    rows = EntryVersion.objects.filter(**{RELATIONS[type(entry)]: entry})
    for version in rows.select_related("made_by").order_by("-number"):
        if version.data.get("checked_on") != day:
            break
        found = version
    return _check(found) if found else None


def _check(version: EntryVersion) -> Check:
    if version.made_by is not None:
        return Check("person", str(version.made_by))
    if version.source == SEED:
        return Check("delivered")
    return Check("import" if version.source.startswith(IMPORT) else "person")

"""Which column of a table of organisations is which: by heads of people and by known layouts."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    COUNT = "count"
    YEAR = "year"
    DAY = "day"
    DECIMAL = "decimal"
    WEB = "web"
    # The reader has a rule for this field alone.
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ListField:
    """A field that a list of organisations may bring.

    Attributes
    ----------
    name : str
    kind : Kind
    heads : tuple of str
        How people write its head, in any language; its name is one as well.
    """

    name: str
    kind: Kind
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that a source is known for.

    Attributes
    ----------
    kind : str
        keep, cordis, kohesio or eccp.
    needed : tuple of str
        Folded heads that tell it.
    columns : mapping of str to str
        Field to folded head.
    """

    kind: str
    needed: tuple[str, ...]
    columns: Mapping[str, str]


LAYOUTS: Final = (
    Layout(
        "keep",
        ("project partner", "town", "country"),
        {
            "name": "project partner",
            "town": "town",
            "country": "country",
            "postcode": "postal code",
            "region": "nuts3 or equivalent",
        },
    ),
    Layout(
        "cordis",
        ("organisationid", "name", "country", "activitytype"),
        {
            "external_id": "organisationid",
            "name": "name",
            "country": "country",
            "short_name": "shortname",
            "vat": "vatnumber",
            "postcode": "postcode",
            "town": "city",
            "region": "nutscode",
            "coordinates": "geolocation",
            "website": "organizationurl",
        },
    ),
    Layout(
        "kohesio",
        ("country", "beneficiary name"),
        {"name": "beneficiary name", "country": "country"},
    ),
    Layout(
        "eccp",
        ("cluster name", "country", "sectoral industries"),
        {
            "name": "cluster name",
            "country": "country",
            "region": "region",
            "website": "website",
            "founded": "year of foundation",
        },
    ),
)


def folded_head(text: str) -> str:
    """Return a head for comparison: small letters and digits without accents, single spaces.

    Examples
    --------
    >>> folded_head("  NUTS3 (or equivalent) "), folded_head("Poštna_številka")
    ('nuts3 or equivalent', 'postna stevilka')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def known_layout(header: Sequence[str]) -> Layout | None:
    """Return the layout of a known source, or None."""
    heads = {folded_head(head) for head in header}
    return next((one for one in LAYOUTS if heads.issuperset(one.needed)), None)


def guess_fields(header: Sequence[str], known: Iterable[ListField]) -> dict[str, str]:
    """Guess which field each column holds.

    Parameters
    ----------
    header : sequence of str
    known : iterable of ListField
        The earlier takes a head that fits two.

    Returns
    -------
    dict of str to str
        Field to head as written; every head at most once, fields without a column left out.

    Examples
    --------
    >>> known = [
    ...     ListField("name", Kind.OWN, ("naziv",)),
    ...     ListField("town", Kind.TEXT, ("kraj",)),
    ... ]
    >>> guess_fields(["Kraj", "Naziv", "Opombe"], known)
    {'name': 'Naziv', 'town': 'Kraj'}
    """
    fields = tuple(known)
    by_fold: dict[str, str] = {}
    for head in header:
        if head:
            by_fold.setdefault(folded_head(head), head)
    layout = known_layout(header)
    taken = {} if layout is None else _present(layout.columns, by_fold)
    for find in (_exact, _worded):
        for field in fields:
            if field.name not in taken:
                head = find(field, by_fold, set(taken.values()))
                if head:
                    taken[field.name] = head
    return {field.name: taken[field.name] for field in fields if field.name in taken}


def _present(columns: Mapping[str, str], by_fold: Mapping[str, str]) -> dict[str, str]:
    return {field: by_fold[head] for field, head in columns.items() if head in by_fold}


def _exact(field: ListField, by_fold: Mapping[str, str], used: set[str]) -> str:
    for head in (field.name, *field.heads):
        found = by_fold.get(folded_head(head))
        if found and found not in used:
            return found
    return ""


def _worded(field: ListField, by_fold: Mapping[str, str], used: set[str]) -> str:
    """Find a head that begins with all the words of a longer known head."""
    for known in sorted(field.heads, key=len, reverse=True):
        words = folded_head(known)
        for fold, head in by_fold.items():
            if head not in used and len(words) > 3 and fold.startswith(f"{words} "):  # noqa: PLR2004 - shorter ones say little
                return head
    return ""

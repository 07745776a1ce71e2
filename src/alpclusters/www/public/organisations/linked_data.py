"""The organisation for search engines: schema.org as JSON-LD.

A data block is no script: the policy of the site lets it pass without "unsafe-inline".
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Field, Model, URLField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.fields import YearField, about_of, fields_of
from alpclusters.www.components.outside_links import is_web
from alpclusters.www.site.logos import logo_of

_TYPES: Final = {"address": "PostalAddress", "geo": "GeoCoordinates"}
_PARTS_OF_POSITION: Final = 3
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(
    organisation: Organisation,
    profile: ClusterOrganisation | None,
    names: Sequence[str],
) -> SafeString:
    """Return the data block; nothing for invented organisations."""
    if organisation.is_simulated:
        return SafeString()
    logo = logo_of(profile) if profile else None
    facts = {
        "@context": "https://schema.org",
        "@type": "Organization",
        **_said(organisation),
        **(_said(profile) if profile else {}),
        "alternateName": list(names),
        "logo": logo.url if logo else "",
    }
    text = json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False)
    block = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped for a data block
    return format_html('<script type="application/ld+json">{}</script>', block)


def _said(row: Model) -> dict[str, Any]:
    """Return what the columns of a row say under their names in schema.org."""
    found: dict[str, Any] = {}
    for column in fields_of(row):
        said = about_of(column)
        if said is None or not said.schema:
            continue
        value = _value(column, getattr(row, column.name))
        *outer, name = said.schema.split(".")
        thing = found.setdefault(outer[0], {"@type": _TYPES[outer[0]]}) if outer else found
        if value not in ("", None):
            thing[name] = value
    return {name: thing for name, thing in found.items() if not _is_bare(thing)}


def _value(column: Field[Any, Any], value: Any) -> Any:
    if isinstance(column, URLField):
        return value if is_web(value) else ""
    if isinstance(column, YearField):
        return str(value or "")
    return value


def _is_bare(thing: Any) -> bool:
    """Say whether something has only its type, or a position one number."""
    if not isinstance(thing, dict):
        return False
    is_position = thing["@type"] == _TYPES["geo"]
    return len(thing) < (_PARTS_OF_POSITION if is_position else 2)

"""The organisation for search engines: schema.org as JSON-LD.

A data block is no script: the policy of the site lets it pass without "unsafe-inline".
"""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.www.components.outside_links import is_web
from alpclusters.www.site.logos import logo_of

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


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
        "name": organisation.name,
        "alternateName": list(names),
        "url": organisation.website if is_web(organisation.website) else "",
        "logo": logo.url if logo else "",
        "foundingDate": str(organisation.founded or ""),
        "description": profile.summary if profile else "",
        "address": _address(organisation),
        "geo": _position(organisation),
    }
    text = json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False)
    block = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped for a data block
    return format_html('<script type="application/ld+json">{}</script>', block)


def _address(organisation: Organisation) -> dict[str, Any]:
    parts = {
        "addressLocality": organisation.town,
        "postalCode": organisation.postcode,
        "addressCountry": organisation.country,
    }
    known = {k: v for k, v in parts.items() if v}
    return {"@type": "PostalAddress", **known} if known else {}


def _position(organisation: Organisation) -> dict[str, Any]:
    if organisation.latitude is None or organisation.longitude is None:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": organisation.latitude,
        "longitude": organisation.longitude,
    }

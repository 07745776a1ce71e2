"""Facts for search engines: schema.org as JSON-LD.

A data block is no script: the policy of the site lets it pass without "unsafe-inline".
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def data_block(facts: Mapping[str, Any]) -> SafeString:
    """Return a data block of what is known."""
    known = {"@context": "https://schema.org", **{k: v for k, v in facts.items() if v}}
    text = json.dumps(known, ensure_ascii=False)
    block = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped for a data block
    return format_html('<script type="application/ld+json">{}</script>', block)

"""The page that stands in for the site while it is started again: five languages, no file."""

import base64
import hashlib
import json
from functools import cache
from html import escape
from typing import Final

from alpclusters.live.request import language_of
from alpclusters.live.wire import UNAVAILABLE, Answer, Scope
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES

RETRY_AFTER_S: Final = 2
TITLE: Final = _("One moment, please")
COMING: Final = _(
    "AlpClusters is being started again. This page loads by itself as soon as it is there."
)
BACK: Final = _(
    "AlpClusters is being started again and this was not saved. Go back in a moment and send "
    "it once more."
)
STYLE: Final = (
    "body{margin:0;padding:2rem 1.25rem;font:1.0625rem/1.5 system-ui,sans-serif;color:#17242b;"
    "background:#fff}main{max-width:34rem;margin:0 auto}h1{font-size:1.5rem;margin:0 0 .5rem}"
    "p{margin:0}section+section{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid "
    "#c9d3d8}section+section h2{font-size:1rem;margin:0 0 .25rem}"
)


def away_answer(scope: Scope) -> Answer:
    """Return the answer for a page that cannot be made now."""
    headers = [(b"retry-after", str(RETRY_AFTER_S).encode())]
    language = language_of(scope)
    is_read = scope["method"] in {"GET", "HEAD"}
    if _wants_page(scope):
        body, policy = _page(language, is_read=is_read)
        headers.append((b"content-security-policy", policy))
        return Answer(UNAVAILABLE, body, b"text/html; charset=utf-8", headers)
    text = translator(language).gettext(COMING if is_read else BACK)
    body = json.dumps({"code": "site_away", "text": text}, ensure_ascii=False).encode()
    return Answer(UNAVAILABLE, body, headers=headers)


def _wants_page(scope: Scope) -> bool:
    accept = next((v for n, v in scope["headers"] if n == b"accept"), b"")
    return b"text/html" in accept


@cache
def _page(first: str, *, is_read: bool) -> tuple[bytes, bytes]:
    """Write the page with the reader's language first; it asks again only where nothing is lost."""
    order = sorted((code for code, _name in LANGUAGES), key=lambda code: code != first)
    names = dict(LANGUAGES)
    parts = [_part(code, names[code], is_first=code == first, is_read=is_read) for code in order]
    again = f'<meta http-equiv="refresh" content="{RETRY_AFTER_S}">' if is_read else ""
    title = escape(translator(first).gettext(TITLE))
    page = (
        f'<!doctype html>\n<html lang="{first}"><head><meta charset="utf-8">{again}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title} · AlpClusters</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    return page.encode(), policy.encode()


def _part(code: str, name: str, *, is_first: bool, is_read: bool) -> str:
    say = translator(code).gettext
    head = f"<h1>{escape(say(TITLE))}</h1>" if is_first else f"<h2>{escape(name)}</h2>"
    return (
        f'<section lang="{code}">{head}<p>{escape(say(COMING if is_read else BACK))}</p></section>'
    )

"""Pages of the live process's own: one notice in five languages, no file, no script."""

import base64
import hashlib
import json
from functools import cache
from html import escape
from typing import Final

from alpclusters.live.request import language_of
from alpclusters.live.wire import Answer, Headers, Scope
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES

STYLE: Final = (
    "body{margin:0;padding:2rem 1.25rem;font:1.0625rem/1.5 system-ui,sans-serif;color:#17242b;"
    "background:#fff}main{max-width:34rem;margin:0 auto}h1{font-size:1.5rem;margin:0 0 .5rem}"
    "p{margin:0}section+section{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid "
    "#c9d3d8}section+section h2{font-size:1rem;margin:0 0 .25rem}"
)


def notice_answer(
    scope: Scope,
    status: int,
    code: str,
    notice: tuple[str, str],
    *,
    figures: tuple[tuple[str, str], ...] = (),
    retry_after: float | None = None,
    loads_again: bool = False,
) -> Answer:
    """Return a notice, as a page for browsers and as JSON for programs.

    Parameters
    ----------
    scope : Scope
    status : int
    code : str
        For programs.
    notice : tuple of str
        Title and text, marked for translation.
    figures : tuple of (str, str), optional
        What the text names.
    retry_after : float, optional
        Seconds after which the same request may be sent again.
    loads_again : bool, optional
        Whether the page asks again by itself after this time.
    """
    language = language_of(scope)
    wait = None if retry_after is None else str(max(1, round(retry_after)))
    headers: Headers = [] if wait is None else [(b"retry-after", wait.encode())]
    if _wants_page(scope):
        again = wait if loads_again else None
        body, policy = _page(language, notice, figures, again)
        headers.append((b"content-security-policy", policy))
        return Answer(status, body, b"text/html; charset=utf-8", headers)
    text = translator(language).gettext(notice[1]) % dict(figures)
    content = json.dumps({"code": code, "text": text}, ensure_ascii=False).encode()
    return Answer(status, content, headers=headers)


def _wants_page(scope: Scope) -> bool:
    accept = next((v for n, v in scope["headers"] if n == b"accept"), b"")
    return b"text/html" in accept


@cache
def _page(
    first: str, notice: tuple[str, str], figures: tuple[tuple[str, str], ...], again: str | None
) -> tuple[bytes, bytes]:
    """Write the page with the reader's language first."""
    order = sorted((code for code, _name in LANGUAGES), key=lambda code: code != first)
    names = dict(LANGUAGES)
    parts = [_part(c, names[c], notice, dict(figures), is_first=c == first) for c in order]
    refresh = f'<meta http-equiv="refresh" content="{again}">' if again else ""
    title = escape(translator(first).gettext(notice[0]))
    page = (
        f'<!doctype html>\n<html lang="{first}"><head><meta charset="utf-8">{refresh}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title} · AlpClusters</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    return page.encode(), policy.encode()


def _part(
    code: str, name: str, notice: tuple[str, str], figures: dict[str, str], *, is_first: bool
) -> str:
    say = translator(code).gettext
    head = f"<h1>{escape(say(notice[0]))}</h1>" if is_first else f"<h2>{escape(name)}</h2>"
    text = escape(say(notice[1]) % figures)
    return f'<section lang="{code}">{head}<p>{text}</p></section>'

"""Find the pages of the site as a reader does: by following its links."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from django.test import Client

LINK: Final = re.compile(r"""<a\b[^>]*?\shref="([^"#]+)""")
NOT_PAGES: Final = re.compile(r"\.(docx|pdf|xlsx|csv|json|svg|zip|ics|png)$|/static/|logout")


@dataclass(frozen=True, slots=True)
class Page:
    """An address and the view that answers it."""

    path: str
    view: str


def crawl(client: "Client", start: str, *, prefix: str, limit: int) -> Iterator[Page]:
    """Yield the pages below a prefix, at most three per view, breadth first."""
    queue, known, per_view = deque([start]), {start}, dict[str, int]()
    while queue and limit:
        path = queue.popleft()
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:  # noqa: PLR2004 - HTTP
            continue
        view = answer.resolver_match.view_name
        per_view[view] = per_view.get(view, 0) + 1
        if per_view[view] <= 3:  # noqa: PLR2004 - enough to see a spread
            limit -= 1
            yield Page(path, view)
        fresh = [p for p in _links(answer.content.decode(), path, prefix) if p not in known]
        known.update(fresh)
        queue.extend(fresh)


def _links(page: str, base: str, prefix: str) -> list[str]:
    targets = (urlsplit(urljoin(base, unescape(link))) for link in LINK.findall(page))
    paths = (t.path for t in targets if not t.netloc)
    return [p for p in dict.fromkeys(paths) if p.startswith(prefix) and not NOT_PAGES.search(p)]

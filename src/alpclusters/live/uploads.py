"""Which addresses of the site take more than a short body, and from whom.

Who may open the page of a form may send what the form takes: the site is asked for that page,
with the same cookies, before the body is read. A test compares the table with the site's pages.
"""

import re
from collections.abc import Sequence
from typing import Final

from alpclusters.live.bodies import SHORT, TooLargeError
from alpclusters.live.headers import body_length
from alpclusters.live.wire import OK, App, Message, Scope, no_body
from alpclusters.platform.configuration import Configuration

MEGABYTE: Final = 1_000_000
# The other fields of a form, and the lines between its parts.
AROUND: Final = MEGABYTE
# A picture beyond what its page takes is told so by the page, not by a bare refusal.
SMALL_FILE: Final = 10
DOCUMENT: Final = 50
LIST: Final = 0

PAGES: Final[Sequence[tuple[str, int]]] = (
    (r"imports/new", LIST),
    (r"evidence/imports/new", LIST),
    (r"evidence/documents/new", DOCUMENT),
    (r"evidence/documents/[\w-]+/edit", DOCUMENT),
    (r"plans/[0-9]+/files", SMALL_FILE),
    (r"funding/cases/new", SMALL_FILE),
    (r"funding/cases/[\w-]+/upload", SMALL_FILE),
    (r"funding/cases/[\w-]+/accounts/.+/register", DOCUMENT),
    (r"schemes/budgets", SMALL_FILE),
    (r"measures/[\w-]+/picture", SMALL_FILE),
    (r"cafes/[0-9]+/margins/official", SMALL_FILE),
    (r"profiles/[\w-]+/edit/[\w-]+", SMALL_FILE),
)
_PAGES: Final = [(re.compile(rf"/[a-z]{{2}}/workspace/{p}/"), size) for p, size in PAGES]
_KEPT: Final = (b"host", b"cookie", b"accept", b"accept-language")


class Uploads:
    """The limit of a request's body, and whether its sender may use the page of the form.

    Parameters
    ----------
    site : App
    configuration : Configuration
    """

    def __init__(self, site: App, configuration: Configuration) -> None:
        self.site = site
        self.import_mb = configuration.import_mb

    def limit_of(self, path: str) -> int:
        """Return how many bytes an address takes, of people who may open it.

        Examples
        --------
        >>> from alpclusters.platform.configuration import load_configuration
        >>> uploads = Uploads(None, load_configuration({"ALPCLUSTERS_HOME": "/tmp"}))
        >>> [uploads.limit_of(f"/de/{p}/") for p in ("account/login", "workspace/imports/new")]
        [2097152, 101000000]
        """
        for pattern, size in _PAGES:
            if pattern.fullmatch(path):
                return (size or self.import_mb) * MEGABYTE + AROUND
        return SHORT

    def long_length(self, scope: Scope) -> int:
        """Return the length of a body that is not short; 0 of a short one, or of unknown length.

        Raises
        ------
        TooLargeError
            More than the address takes.
        BadRequestError
        """
        length = body_length(scope) or 0
        if length <= SHORT:
            return 0
        limit = self.limit_of(scope["path"])
        if length > limit:
            raise TooLargeError(limit)
        return length

    async def refusal(self, scope: Scope) -> list[Message]:
        """Return what the site answers to somebody who may not open the page; else nothing."""
        answer: list[Message] = []

        async def take(message: Message) -> None:
            answer.append(message)

        kept = [
            (name, value)
            for name, value in scope["headers"]
            if name in _KEPT or name.startswith(b"x-forwarded-")
        ]
        asked = {**scope, "method": "GET", "headers": kept, "extensions": {}, "state": {}}
        await self.site(asked, no_body(), take)
        return [] if answer and answer[0]["status"] == OK else answer

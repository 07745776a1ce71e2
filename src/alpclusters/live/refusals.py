"""What is told whose request was not taken: too large, too slow, or too many at once."""

from collections.abc import Mapping
from typing import Final

from alpclusters.live.bodies import TooLargeError, linger
from alpclusters.live.notices import notice_answer
from alpclusters.live.wire import CLOSE, Answer, Message, Receive, RefusedError, Scope, Send
from alpclusters.platform.languages.catalogues import gettext_noop as _

BYTES_PER_MB: Final = 1_000_000
TOO_LARGE: Final = (
    _("That is too large"),
    _(
        "What you sent is larger than this page takes: %(size)s MB at most. Nothing was saved. "
        "Make the file smaller or send it in parts."
    ),
)
TOO_SLOW: Final = (
    _("That took too long"),
    _("What you sent did not arrive in time. Nothing was saved. Go back and send it once more."),
)
TOO_MANY: Final = (
    _("One moment, please"),
    _(
        "At this moment more is being sent than AlpClusters can take, and this was not saved. Go "
        "back in a moment and send it once more."
    ),
)
UNKNOWN_HOST: Final = (
    _("AlpClusters is not known under this address"),
    _(
        "This server answers only under its own name. Ask whoever runs it for the address; they "
        "can add further names (ALPCLUSTERS_ALLOWED_HOSTS)."
    ),
)
NOTICES: Final[Mapping[str, tuple[str, str]]] = {
    "too_large": TOO_LARGE,
    "too_slow": TOO_SLOW,
    "too_many": TOO_MANY,
    "too_many_files": TOO_MANY,
    "unknown_host": UNKNOWN_HOST,
}


def refusal_answer(refused: RefusedError, scope: Scope) -> Answer:
    """Return a readable answer to a request for the site that was not taken."""
    notice = NOTICES.get(refused.code)
    if notice is None:
        return refused.answer()
    limit = refused.limit if isinstance(refused, TooLargeError) else 0
    return notice_answer(
        scope,
        refused.status,
        refused.code,
        notice,
        figures=(("size", str(limit // BYTES_PER_MB)),),
        retry_after=refused.retry_after,
    )


async def send_before_the_end(messages: list[Message], receive: Receive, send: Send) -> None:
    """Send an answer to somebody who is still sending, listen a little, and hang up."""
    start, *parts = messages
    await send({**start, "headers": [*start["headers"], CLOSE]})
    for part in parts:
        await send({**part, "more_body": True})
    await linger(receive)
    await send({"type": "http.response.body", "body": b""})

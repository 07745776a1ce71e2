"""What stands in for the site while it is started again."""

from typing import Final

from alpclusters.live.notices import notice_answer
from alpclusters.live.wire import UNAVAILABLE, Answer, Scope
from alpclusters.platform.languages.catalogues import gettext_noop as _

RETRY_AFTER_S: Final = 2
TITLE: Final = _("One moment, please")
COMING: Final = _(
    "AlpClusters is being started again. This page loads by itself as soon as it is there."
)
BACK: Final = _(
    "AlpClusters is being started again and this was not saved. Go back in a moment and send "
    "it once more."
)


def away_answer(scope: Scope) -> Answer:
    """Return the answer for a page that cannot be made now; it asks again where nothing is lost."""
    is_read = scope["method"] in {"GET", "HEAD"}
    return notice_answer(
        scope,
        UNAVAILABLE,
        "site_away",
        (TITLE, COMING if is_read else BACK),
        retry_after=RETRY_AFTER_S,
        loads_again=is_read,
    )

"""What becomes of an answer that is entered now for somebody: said before anybody types."""

from django.utils import timezone
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.answers import (
    are_results_shown,
    do_late_ratings_count,
    do_second_ratings_count,
)
from alpclusters.platform.cafe.models import AlpCafe


def entry_warning(cafe: AlpCafe, round: int) -> str:  # noqa: A002 - as the model
    """Say that an answer of a round is late, or counts nowhere yet; empty if neither.

    The same for sheets on paper and for answers by proxy.
    """
    if round > 1:
        return "" if do_second_ratings_count(cafe) else _few_again()
    if not are_results_shown(cafe, now=timezone.now()):
        return ""
    if do_late_ratings_count(cafe):
        return _("Results were shown already. Answers of the first rating are marked as late.")
    return _(
        "Results were shown already. A first rating that is entered now is kept, but it counts in "
        "no figure until ten people have given one after the results: fewer could be read off "
        "from the difference."
    )


def _few_again() -> str:
    return _(
        "Fewer than ten people have given a second rating so far. What is entered is kept, but "
        "second ratings count in no figure until ten people have given one: fewer could be read "
        "off from the difference. Until then the first rating of each person counts."
    )

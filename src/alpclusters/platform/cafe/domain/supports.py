"""Who stands behind a card: counts, hidden while people still write."""

from collections.abc import Iterable

from django.db.models import Count

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import AlpCafe, Card, Phase, Support

_HIDDEN = frozenset({Phase.DRAFT, Phase.LOBBY, Phase.PRESENTATION, Phase.SEATING, Phase.TALK})


def shows_supports(cafe: AlpCafe) -> bool:
    """Say whether numbers may be shown: from the harvest on, so that nobody follows the crowd."""
    return cafe.phase not in _HIDDEN


def told_supports(cards: Iterable[Card]) -> dict[int, int]:
    """Return how many people support each card for everybody's eyes: from five on."""
    return {pk: n for pk, n in count_supports(cards).items() if n >= K_ANONYMITY}


def count_supports(cards: Iterable[Card]) -> dict[int, int]:
    """Return how many people support each card, in one query; a card without any is left out.

    For hosts and facilitators.
    """
    groups = Support.objects.filter(card__in=[card.pk for card in cards]).order_by()
    counted = groups.values("card_id").annotate(n=Count("pk"))
    return dict(counted.values_list("card_id", "n"))

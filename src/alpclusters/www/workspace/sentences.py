"""What is wrong and what to do, in the language of the page."""

from django.utils.translation import get_language

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.reports.errors import phrase, remedy, what


def sentence(error: AlpClustersError) -> str:
    """Say what is wrong and what to do, without the names of fields."""
    language = get_language() or "en"
    return f"{what(error, language)} {remedy(error, language)}".strip()


def placed_sentence(error: AlpClustersError) -> str:
    """Say where something is wrong, what, and what to do."""
    return phrase(error, get_language() or "en")

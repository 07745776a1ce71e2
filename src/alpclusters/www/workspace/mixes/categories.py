"""What categories of cost are called."""

from alpclusters.www.workspace.funding_cases.words import CATEGORIES


def category_name(key: str) -> str:
    """Name a category; one that nobody foresaw keeps its key."""
    return str(CATEGORIES.get(key, key))

"""What funding is for: industrial ecosystems, technologies, and broad themes of programmes."""

from alpclusters.platform.funding.domain.themes.vocabulary import (
    BROAD,
    THEMES,
    find_theme,
    theme_groups,
    theme_label,
)

__all__ = ("BROAD", "THEMES", "find_theme", "theme_groups", "theme_label")

"""Small tags of the public pages and the workspace: the breadcrumb from words and addresses."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language

from alpclusters.platform.cafe.domain.cards import photo_path
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports import dates
from alpclusters.www.components.parts import Crumb

register = template.Library()


@register.inclusion_tag("components/breadcrumb.html")
def crumbs(*words: Any) -> dict[str, Any]:
    """Show the place in the site from pairs of label and address; the last address is empty."""
    pairs = zip(words[::2], words[1::2], strict=True)
    return {"items": [Crumb(label, url) for label, url in pairs]}


@register.filter
def photo_is_kept(name: str) -> bool:
    """Say whether the photo of a card is still there: it goes a year after the AlpCafé."""
    return photo_path(name) is not None


@register.filter
def monthname(day: date) -> str:
    """Name the month of a day in the reader's language."""
    return dates.month_name(day.month, nearest_language(get_language()))

"""Fields of a posting and their values in words, for histories and comparisons."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.postings.writing import FIELDS, PostingFacts
from alpclusters.platform.network.models import Posting
from alpclusters.reports.dates import format_date
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.public.postings.posting_list import LOOKS, place_names
from alpclusters.www.workspace.versions import ChangeView

NAMES: Final[Mapping[str, Any]] = {one.attname: one.verbose_name for one in fields_of(Posting)}


def value_words(field: str, value: Any) -> str:
    """Say the value of a field."""
    say = _SAYING.get(field)
    return say(value) if say and value not in (None, "", [], ()) else str(value or "")


def compared(before: PostingFacts | None, after: PostingFacts) -> list[ChangeView]:
    """Put an old and a new wording side by side: what differs; without an old one everything."""
    views = []
    for name in FIELDS:
        old = value_words(name, getattr(before, name)) if before else ""
        new = value_words(name, getattr(after, name))
        if old != new:
            views.append(_change(name, old, new, after.language))
    return views


def _change(name: str, old: str, new: str, language: str) -> ChangeView:
    left, right = compare(old, new)
    code = language if name in {"title", "text"} else ""
    sides = Side(_("Published"), left, code), Side(_("New"), right, code)
    return ChangeView(str(NAMES[name]), *sides)


def _sectors(codes: Any) -> str:
    return "; ".join(sector_label(code, get_language()) for code in codes)


def _technologies(keys: Any) -> str:
    return ", ".join(technology_label(key, get_language()) for key in keys)


def _languages(codes: Any) -> str:
    return ", ".join(str(dict(LANGUAGES).get(code, code)) for code in codes)


def _measure(pk: Any) -> str:
    found = Measure.objects.filter(pk=pk).first()
    return str(found.name) if found else ""


def _day(value: date) -> str:
    return format_date(value, nearest_language(get_language()))


_SAYING: Final[Mapping[str, Callable[[Any], str]]] = {
    "state": lambda value: str(LOOKS[value][2]),
    "kind": lambda value: str(Posting.Kind(value).label),
    "language": lambda value: str(dict(LANGUAGES).get(value, value)),
    "sectors": _sectors,
    "technologies": _technologies,
    "territory": lambda value: ", ".join(place_names(value)),
    "languages": _languages,
    "measure_id": _measure,
    "expires_on": _day,
}

"""A posting in words: where its organisation is, how far it is, what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.sectors import sector_name
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.network.domain.postings.writing import EXPIRED, state_on
from alpclusters.platform.network.models import Posting
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.public.directory.filters import region_names
from alpclusters.www.public.directory.hits import organisation_url

# Few days left: the card says so.
SOON_DAYS: Final = 14
_COUNTRY: Final = 2
# state: (icon, tone, word) of its badge
LOOKS: Final[dict[str, tuple[str, str, Any]]] = {
    Posting.State.DRAFT: ("pencil", "", gettext_lazy("not handed in")),
    Posting.State.WAITING: ("clock", "warn", gettext_lazy("waits for the moderation")),
    Posting.State.PUBLISHED: ("check", "good", pgettext_lazy("need or offer", "open")),
    Posting.State.REFUSED: ("undo-2", "bad", gettext_lazy("sent back")),
    Posting.State.CLOSED: ("lock", "", pgettext_lazy("need or offer", "closed")),
    EXPIRED: ("clock", "warn", pgettext_lazy("need or offer", "expired")),
}


@dataclass(frozen=True)
class StateView:
    """How far a posting is, as a badge."""

    key: str
    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class BodyView:
    """The organisation that posts."""

    name: str
    url: str
    place: str


def state_view(posting: Posting, today: date) -> StateView:
    """Return the badge of a posting on a day."""
    key = state_on(posting, today)
    icon, tone, text = LOOKS[key]
    return StateView(key, text, icon, tone)


def kind_name(posting: Posting) -> str:
    """Return the word for the kind as a heading: with a capital."""
    return _("Need") if posting.kind == Posting.Kind.NEED else _("Offer")


def foreign_language(posting: Posting) -> str:
    """Return the language of the text where it is not the reader's: named and marked there."""
    own = nearest_language(get_language())
    return "" if posting.language == own else str(dict(LANGUAGES)[posting.language])


def language_names(codes: Iterable[str]) -> list[str]:
    """Name languages by themselves, in the order of the site."""
    wanted = set(codes)
    return [name for code, name in LANGUAGES if code in wanted]


def body_view(organisation: Organisation) -> BodyView:
    """Return name, page and place of an organisation."""
    region = organisation.region.name if organisation.region else ""
    country = country_name(organisation.country, get_language()) if organisation.country else ""
    place = ", ".join(filter(None, (region, country)))
    return BodyView(organisation.name, organisation_url(organisation), place)


def subject_names(posting: Posting) -> list[str]:
    """Name sectors and technologies in the reader's language, each once."""
    language = get_language()
    names = [sector_name(code, language) for code in posting.sectors]
    names += [technology_label(key, language) for key in posting.technologies]
    return list(dict.fromkeys(names))


def place_names(codes: Iterable[str]) -> list[str]:
    """Name countries, and regions by name and code (a query only where there are regions)."""
    wanted = list(codes)
    regions = region_names(code for code in wanted if len(code) > _COUNTRY)
    language = get_language()
    return [
        f"{regions.get(code, '')} {code}".strip()
        if len(code) > _COUNTRY
        else country_name(code, language)
        for code in wanted
    ]


def posting_url(posting: Posting) -> str:
    """Return the public page of a posting."""
    return reverse("public:posting", args=[posting.pk])


def days_left(posting: Posting, today: date) -> int | None:
    """Return how many days are left where they are few; None where nothing presses."""
    days = (posting.expires_on - today).days
    return days if 0 <= days <= SOON_DAYS else None

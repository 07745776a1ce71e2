"""What the page of a posting shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.network.domain.postings.following import is_followed
from alpclusters.platform.network.domain.postings.writing import is_open_on
from alpclusters.platform.network.models import Posting
from alpclusters.platform.network.rules import may_change_posting
from alpclusters.platform.partnership.roles import Person
from alpclusters.www.public.postings.words import (
    BodyView,
    StateView,
    body_view,
    days_left,
    foreign_language,
    kind_name,
    language_names,
    place_names,
    state_view,
)


@dataclass(frozen=True)
class MeasureView:
    """The measure a posting came out of."""

    name: str
    url: str


@dataclass(frozen=True)
class PostingPage:
    """Everything the template names."""

    kind: str
    state: StateView
    is_open: bool
    body: BodyView
    language: str
    sectors: Sequence[str]
    technologies: Sequence[str]
    places: Sequence[str]
    languages: Sequence[str]
    measure: MeasureView | None
    days_left: int | None
    is_followed: bool
    is_own: bool


def read_page(user: Person, posting: Posting, *, today: date) -> PostingPage:
    """Put a posting into words for one reader."""
    language = get_language()
    return PostingPage(
        kind=kind_name(posting),
        state=state_view(posting, today),
        is_open=is_open_on(posting, today),
        body=body_view(posting.organisation),
        language=foreign_language(posting),
        sectors=[sector_label(code, language) for code in posting.sectors],
        technologies=[technology_label(key, language) for key in posting.technologies],
        places=place_names(posting.territory),
        languages=language_names(posting.languages),
        measure=_measure(posting),
        days_left=days_left(posting, today),
        is_followed=isinstance(user, User) and is_followed(posting, user),
        is_own=may_change_posting(user, posting),
    )


def _measure(posting: Posting) -> MeasureView | None:
    measure = posting.measure
    if measure is None or not measure.is_published:
        return None
    return MeasureView(measure.name, reverse("public:measure", args=[measure.key]))

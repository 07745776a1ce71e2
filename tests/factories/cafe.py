"""AlpCafés at work: opened by a facilitator, joined by phones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from alpclusters.platform.cafe.domain.events import Preparation, create_cafe, open_cafe
from alpclusters.platform.cafe.domain.participants import Joined, join
from alpclusters.platform.cafe.domain.ratings import RatingCommand
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region
from tests.factories.evaluation import make_criterion, make_measure, make_project, make_region

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_preparation(
    *,
    project: Project | None = None,
    region: Region | None = None,
    measures: Sequence[str] = ("fair", "pilot"),
    criteria: Sequence[str] = ("effectiveness", "durability"),
    title: str = "AlpCafé Salzburg",
) -> Preparation:
    """Build what a facilitator decided."""
    return Preparation(
        project=project or make_project(),
        region=region or make_region(),
        titles={"de": title},
        held_on=date(2026, 7, 1),
        place="Salzburg",
        measures=[make_measure(key) for key in measures],
        criteria=[make_criterion(key) for key in criteria],
    )


def make_draft(**decisions: object) -> AlpCafe:
    """Build an AlpCafé in preparation."""
    return create_cafe(make_preparation(**decisions), by=None)


def make_open_cafe(**decisions: object) -> AlpCafe:
    """Build an AlpCafé that is open for rating."""
    return open_cafe(make_draft(**decisions), by=None, now=NOW)


def join_cafe(cafe: AlpCafe, *, language: str = "sl") -> Joined:
    """Let one more phone join."""
    return join(cafe, language=language, now=NOW)


def new_key() -> str:
    """Make a key as a phone does."""
    return f"key-{next(_numbers):018d}"


def choice(
    cafe: AlpCafe,
    value: int | None,
    *,
    measure: str = "fair",
    criterion: str = "effectiveness",
    key: str = "",
    cannot_judge: bool = False,
) -> RatingCommand:
    """Build one choice on a phone of an AlpCafé."""
    return RatingCommand(
        key=key or new_key(),
        measure_id=cafe.measures.get(key=measure).pk,
        criterion_id=cafe.criteria.get(key=criterion).pk,
        value=value,
        cannot_judge=cannot_judge,
    )

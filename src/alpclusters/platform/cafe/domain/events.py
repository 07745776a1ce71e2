"""Prepare, open, close and reopen an AlpCafé."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.codes import new_code
from alpclusters.platform.cafe.domain.course import course_of
from alpclusters.platform.cafe.models import AlpCafe, CafeCriterion, CafeMeasure, Criterion, Phase
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a facilitator decides before the day; measures and criteria in their order."""

    project: Project
    region: Region
    titles: Mapping[str, str]
    held_on: date
    place: str = ""
    measures: Sequence[Measure] = ()
    criteria: Sequence[Criterion] = ()


@transaction.atomic
def create_cafe(preparation: Preparation, *, by: User | None) -> AlpCafe:
    """Prepare an AlpCafé with a code of its own; nobody can join before it is opened."""
    cafe = AlpCafe(project=preparation.project, code=_unused_code(), created_by=by)
    _describe(cafe, preparation)
    _save(cafe, by=by)
    _lay_table(cafe, preparation, by=by)
    return cafe


@transaction.atomic
def change_cafe(cafe: AlpCafe, preparation: Preparation, *, by: User | None) -> AlpCafe:
    """Change what was decided; what people rate changes only before the opening."""
    current = _locked(cafe)
    _describe(current, preparation)
    _save(current, by=by)
    if current.state == AlpCafe.State.DRAFT:
        current.cafe_measures.all().delete()
        current.cafe_criteria.all().delete()
        _lay_table(current, preparation, by=by)
    return current


@transaction.atomic
def open_cafe(cafe: AlpCafe, *, by: User | None, now: datetime) -> AlpCafe:
    """Let people join and rate; from now on the measures lead to this AlpCafé in the trail.

    Raises
    ------
    StateError
        ``cafe.not_in_preparation``, or ``cafe.nothing_to_rate`` without measure or criterion.
    """
    current = _locked(cafe)
    _require(current, AlpCafe.State.DRAFT, "cafe.not_in_preparation")
    if not (current.cafe_measures.exists() and current.cafe_criteria.exists()):
        raise StateError("cafe.nothing_to_rate")
    first = course_of(current)[1]
    current.state, current.phase, current.opened_at = AlpCafe.State.OPEN, first.phase, now
    current.revision += 1
    _save(current, by=by)
    _tie_measures(current, by=by, now=now)
    return current


@transaction.atomic
def close_cafe(cafe: AlpCafe, *, by: User | None, now: datetime) -> AlpCafe:
    """End the rating; what was acknowledged before counts, nothing is taken afterwards.

    Raises
    ------
    StateError
        ``cafe.not_open``.
    """
    current = _locked(cafe)
    _require(current, AlpCafe.State.OPEN, "cafe.not_open")
    current.state, current.phase, current.closed_at = AlpCafe.State.CLOSED, Phase.CLOSED, now
    current.revision += 1
    _save(current, by=by)
    return current


@transaction.atomic
def reopen_cafe(cafe: AlpCafe, *, by: User | None) -> AlpCafe:
    """Take ratings again after a close that came too early; the code is valid again.

    Raises
    ------
    StateError
        ``cafe.not_closed``.
    """
    current = _locked(cafe)
    _require(current, AlpCafe.State.CLOSED, "cafe.not_closed")
    before = course_of(current)[-2]
    current.state, current.phase, current.closed_at = AlpCafe.State.OPEN, before.phase, None
    current.revision += 1
    _save(current, by=by)
    return current


def _locked(cafe: AlpCafe) -> AlpCafe:
    # Two facilitators press at the same moment: the second sees what the first did.
    return AlpCafe.objects.select_for_update(of=("self",)).get(pk=cafe.pk)


def _require(cafe: AlpCafe, state: AlpCafe.State, code: str) -> None:
    if cafe.state != state:
        raise StateError(code, found=cafe.state, expected=state)


def _unused_code() -> str:
    code = new_code()
    while AlpCafe.objects.filter(code=code).exists():
        code = new_code()
    return code


def _describe(cafe: AlpCafe, preparation: Preparation) -> None:
    cafe.region = preparation.region
    cafe.place = preparation.place
    cafe.held_on = preparation.held_on
    for language in LANGUAGE_CODES:
        setattr(cafe, f"title_{language}", preparation.titles.get(language, ""))


def _save(cafe: AlpCafe, *, by: User | None) -> None:
    cafe._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - simple_history asks for it
    cafe.save()


def _lay_table(cafe: AlpCafe, preparation: Preparation, *, by: User | None) -> None:
    measures = [
        CafeMeasure(cafe=cafe, measure=measure, order=order)
        for order, measure in enumerate(preparation.measures, start=1)
    ]
    criteria = [
        CafeCriterion(cafe=cafe, criterion=criterion, order=order)
        for order, criterion in enumerate(preparation.criteria, start=1)
    ]
    bulk_create_with_history(measures, CafeMeasure, default_user=by)
    bulk_create_with_history(criteria, CafeCriterion, default_user=by)


def _tie_measures(cafe: AlpCafe, *, by: User | None, now: datetime) -> None:
    from alpclusters.platform.trail.domain.edges import tie_all  # noqa: PLC0415 - it knows all apps
    from alpclusters.platform.trail.models import Edge  # noqa: PLC0415

    tie_all(Edge.Kind.SHOWN_AS, list(cafe.measures.all()), cafe, by=by, now=now)

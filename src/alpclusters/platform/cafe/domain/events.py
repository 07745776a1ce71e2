"""Prepare, open and close an AlpCafé."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.codes import unused_code
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.tables import changed_content, propose_questions
from alpclusters.platform.cafe.models import AlpCafe, CafeCriterion, CafeMeasure, Criterion, events
from alpclusters.platform.fields import fields_of
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region

# --- How an AlpCafé runs: what people decide about it, and what stays once it was opened ----------


def _of(*parts: str) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(AlpCafe, lambda it: it.part in parts))


NEEDED: Final = _of(events.NEEDED)
DECIDED: Final = _of(events.EVENT, events.HALL, events.COURSE)
# What the phones are made for once the AlpCafé is open.
OF_COURSE: Final = _of(events.COURSE)


def apply_programme(cafe: AlpCafe, programme: Mapping[str, Any]) -> None:
    """Set columns of an AlpCafé; once it was opened its course stays as it is.

    Raises
    ------
    ValueError
        A name is of no column that people decide about.
    """
    unknown = programme.keys() - set(DECIDED)
    if unknown:
        raise ValueError(f"nobody decides about {', '.join(sorted(unknown))}")
    kept = () if cafe.state == AlpCafe.State.DRAFT else OF_COURSE
    for name, value in programme.items():
        if name not in kept:
            setattr(cafe, name, value)


# --- Prepare, open and close an AlpCafé -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a facilitator decides before the day; measures and criteria in their order."""

    project: Project
    region: Region
    titles: Mapping[str, str]
    held_on: date
    measures: Sequence[Measure] = ()
    criteria: Sequence[Criterion] = ()
    # What else is decided, by column; what is not named stays as it is.
    programme: Mapping[str, Any] = MappingProxyType({})


@transaction.atomic
def create_cafe(preparation: Preparation, *, by: User | None) -> AlpCafe:
    """Prepare an AlpCafé with a code of its own; nobody can join before it is opened."""
    cafe = AlpCafe(project=preparation.project, code=unused_code(), created_by=by)
    _describe(cafe, preparation)
    _save(cafe, by=by)
    _lay_table(cafe, preparation, by=by)
    propose_questions(cafe)
    return cafe


@transaction.atomic
def change_cafe(cafe: AlpCafe, preparation: Preparation, *, by: User | None) -> AlpCafe:
    """Change what was decided; what people rate changes only before the opening."""
    current = _locked(cafe)
    _describe(current, preparation)
    _save(current, by=by)
    if current.state == AlpCafe.State.DRAFT:
        marks = dict(current.cafe_measures.values_list("measure_id", "is_about_person"))
        current.cafe_measures.all().delete()
        current.cafe_criteria.all().delete()
        _lay_table(current, preparation, by=by, marks=marks)
        propose_questions(current)
    changed_content(current)
    return current


def open_cafe(cafe: AlpCafe, *, by: User | None, now: datetime) -> AlpCafe:
    """Let people join; from now on the measures lead to this AlpCafé in the trail.

    Raises
    ------
    StateError
        ``cafe.not_in_preparation``, or ``cafe.nothing_to_rate`` without measure or criterion.
    """
    return act(cafe, "open", seen=None, by=by, now=now).cafe


def close_cafe(cafe: AlpCafe, *, by: User | None, now: datetime) -> AlpCafe:
    """End the AlpCafé; what was acknowledged before counts, nothing is taken afterwards.

    Raises
    ------
    StateError
        ``cafe.not_open``.
    """
    return act(cafe, "close", seen=None, by=by, now=now).cafe


def _locked(cafe: AlpCafe) -> AlpCafe:
    # Two facilitators press at the same moment: the second sees what the first did.
    return AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)


def _describe(cafe: AlpCafe, preparation: Preparation) -> None:
    cafe.region = preparation.region
    cafe.held_on = preparation.held_on
    cafe.title = preparation.titles
    apply_programme(cafe, preparation.programme)


def _save(cafe: AlpCafe, *, by: User | None) -> None:
    cafe._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - simple_history asks for it
    cafe.save()


def _lay_table(
    cafe: AlpCafe,
    preparation: Preparation,
    *,
    by: User | None,
    marks: Mapping[int, bool | None] = MappingProxyType({}),
) -> None:
    measures = [
        CafeMeasure(cafe=cafe, measure=measure, order=order, is_about_person=marks.get(measure.pk))
        for order, measure in enumerate(preparation.measures, start=1)
    ]
    criteria = [
        CafeCriterion(cafe=cafe, criterion=criterion, order=order)
        for order, criterion in enumerate(preparation.criteria, start=1)
    ]
    bulk_create_with_history(measures, CafeMeasure, default_user=by)
    bulk_create_with_history(criteria, CafeCriterion, default_user=by)

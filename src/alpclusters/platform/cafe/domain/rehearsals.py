"""A rehearsal: a copy of an AlpCafé to try the day out, never found by lists or evaluations.

What is copied is the sheet, the questions, the tables, the places without names and the seat
plan; no person. The manager of `AlpCafe` leaves copies out, so that nothing that counts can meet
simulated answers.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.codes import unused_code
from alpclusters.platform.cafe.domain.events import open_cafe
from alpclusters.platform.cafe.domain.keys import destroy_key
from alpclusters.platform.cafe.domain.photos import photo_folder
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import AlpCafe, Apart, CafeCriterion, CafeMeasure, Guest
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.catalogues import gettext_noop, translator

TITLE: Final = gettext_noop("Rehearsal: %(title)s")
_TITLE_LENGTH: Final = 120
# What the copy has of its own.
_OWN: Final = frozenset(
    {"id", "code", "state", "phase", "round_index", "revision", "content_revision", "ends_at"}
    | {"paused_left_ms", "input_stopped_at", "screen", "announcement", "link_epoch"}
    | {"open_registration", "rehearsal_of", "created_by", "created_at", "opened_at"}
    | {"closed_at", "sealed_at"}
)


def rehearsal_of(cafe: AlpCafe) -> AlpCafe | None:
    """Return the rehearsal of an AlpCafé, if there is one."""
    return AlpCafe.everything.filter(rehearsal_of=cafe).first()


@transaction.atomic
def begin_rehearsal(cafe: AlpCafe, *, by: User | None, now: datetime) -> AlpCafe:
    """Copy an AlpCafé and open the copy; a rehearsal that is on is returned.

    Raises
    ------
    StateError
        ``cafe.nothing_to_rate``: what would stop the real opening stops this one.
    """
    known = rehearsal_of(cafe)
    if known is not None:
        return known
    copy = _copy_event(cafe, by)
    for rows in (cafe.cafe_measures, cafe.cafe_criteria, cafe.questions, cafe.tables):
        for row in rows.all():
            _copy_row(row, copy)
    _copy_guests(cafe, copy)
    for plan in cafe.seat_plans.filter(is_current=True):
        _copy_row(plan, copy)
    return open_cafe(copy, by=by, now=now)


@transaction.atomic
def end_rehearsal(copy: AlpCafe) -> None:
    """Delete a rehearsal with everything in it; the AlpCafé it is of stays as it is.

    Raises
    ------
    ValueError
        It is none.
    """
    if not copy.is_rehearsal:
        raise ValueError("not a rehearsal")
    number = copy.pk
    copy.delete()
    # Earlier versions, and what the deletion itself has written.
    history_of(AlpCafe).filter(id=number).delete()
    for model in (CafeMeasure, CafeCriterion):
        history_of(model).filter(cafe_id=number).delete()
    transaction.on_commit(lambda: _forget(number))


def _forget(number: int) -> None:
    destroy_key(settings.HOME, number)
    shutil.rmtree(Path(photo_folder(number)), ignore_errors=True)
    wake(number)


def _copy_event(cafe: AlpCafe, by: User | None) -> AlpCafe:
    fields = [f.attname for f in AlpCafe._meta.concrete_fields if f.name not in _OWN]
    copy = AlpCafe(**{name: getattr(cafe, name) for name in fields})
    copy.title = {
        language: (translator(language).gettext(TITLE) % {"title": title})[:_TITLE_LENGTH]
        for language, title in cafe.title.filled().items()
    }
    copy.code, copy.rehearsal_of, copy.created_by = unused_code(), cafe, by
    sign(copy, by)
    copy.save()
    return copy


def _copy_row(row: Any, copy: AlpCafe) -> None:
    """Store a row of the AlpCafé once more, for the copy."""
    row.pk, row.cafe = None, copy
    row._state.adding = True  # noqa: SLF001 - Django documents it for copies
    row.save()


def _copy_guests(cafe: AlpCafe, copy: AlpCafe) -> None:
    """Copy the places; names and phones belong to people and stay where they are."""
    pairs = list(cafe.aparts.values_list("first__number", "second__number"))
    Guest.objects.bulk_create(
        Guest(
            cafe=copy,
            number=guest.number,
            languages=guest.languages,
            needs_access=guest.needs_access,
            pins=guest.pins,
            is_spare=guest.is_spare,
        )
        for guest in cafe.guests.filter(models.Q(left_after__isnull=True))
    )
    found = {guest.number: guest for guest in copy.guests.all()}
    Apart.objects.bulk_create(
        Apart(cafe=copy, first=found[one], second=found[two])
        for one, two in pairs
        if {one, two} <= set(found)
    )

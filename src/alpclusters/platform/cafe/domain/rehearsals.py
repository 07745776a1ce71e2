"""A rehearsal: a copy of an AlpCafé to try the day out, never found by lists or evaluations.

What is copied is the sheet, the questions, the tables, the places without names and the seat
plan; no person. The manager of `AlpCafe` leaves copies out, so that nothing that counts can meet
simulated answers.
"""

import hashlib
import random
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import models, transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.named_lists import level_keys
from alpclusters.platform.cafe.domain.cards import photo_folder
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION, unused_code
from alpclusters.platform.cafe.domain.events import open_cafe
from alpclusters.platform.cafe.domain.keys import destroy_key
from alpclusters.platform.cafe.domain.roles import experience_keys, role_keys
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Apart,
    CafeCriterion,
    CafeMeasure,
    Guest,
    Participant,
    Phase,
)
from alpclusters.platform.fields import length_of
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.catalogues import gettext_noop, translator
from alpclusters.platform.simulated import SIMULATED

# --- What simulated guests do in a rehearsal at each phase, through the same writer as real phones


FEWEST: Final = 8
MOST: Final = 24
DEFAULT: Final = 12
CARD: Final = gettext_noop("Thought number %(n)s of a simulated guest")
WHY: Final = gettext_noop("Reason of a simulated guest")

type Row = dict[str, Any]


class Writer(Protocol):
    """The one writer of answers (`alpclusters.live.gateway`); the site hands it in."""

    def join(self, cafe_id: int, *, language: str, consent: str, key: str) -> Any:
        """Let a person take part."""

    def submit(
        self,
        cafe_id: int,
        participant_id: int,
        commands: Sequence[Mapping[str, Any]],
        *,
        language: str,
    ) -> Any:
        """Store commands of a person."""


def answer_phase(cafe: AlpCafe, writer: Writer) -> int:
    """Let the simulated guests do what the phase asks for; twice is the same as once.

    Parameters
    ----------
    cafe : AlpCafe
        A rehearsal; nothing happens in any other AlpCafé.
    writer : Writer

    Returns
    -------
    int
        How many commands were sent.
    """
    if not cafe.is_rehearsal or not cafe.is_open:
        return 0
    if not cafe.participants.exists():
        _arrive(cafe, writer)
    n_sent = 0
    for person in cafe.participants.order_by("pk"):
        rows = _commands(cafe, person)
        n_sent += len(rows)
        for start in range(0, len(rows), 50):
            part = rows[start : start + 50]
            writer.submit(cafe.pk, person.pk, part, language=person.language)
    return n_sent


def _arrive(cafe: AlpCafe, writer: Writer) -> None:
    n_places = cafe.guests.filter(is_spare=False).count()
    wanted = max(FEWEST, min(MOST, n_places)) if n_places else DEFAULT
    for number in range(wanted):
        language = cafe.languages[number % len(cafe.languages)]
        key = _key(cafe, "join", number)
        writer.join(cafe.pk, language=language, consent=CONSENT_VERSION, key=key)
    cafe.participants.update(is_simulated=True)
    for person in cafe.participants.order_by("pk"):
        chance = _chance(cafe, person, "profile")
        said = {
            "region": cafe.region.code,
            "role": chance.choice(role_keys()),
            "level": chance.choice(level_keys()),
            "experience": chance.choice(experience_keys()),
        }
        row = _row(cafe, person, "profile", said)
        writer.submit(cafe.pk, person.pk, [row], language=person.language)


def _commands(cafe: AlpCafe, person: Participant) -> list[Row]:
    phase = Phase(cafe.phase)
    chance = _chance(cafe, person, f"{phase}-{cafe.round_index}")
    match phase:
        case Phase.SEATING:
            return [_row(cafe, person, "here", {"round": cafe.round_index, "here": True})]
        case Phase.TALK:
            return _cards(cafe, person, chance)
        case Phase.RATING | Phase.RATING_2:
            return _ratings(cafe, person, chance)
        case Phase.TOP_THREE:
            return _top_three(cafe, person, chance)
        case Phase.FEEDBACK:
            return [_feedback(cafe, person, chance)]
    return []


def _cards(cafe: AlpCafe, person: Participant, chance: random.Random) -> list[Row]:
    n = chance.choice([0, 1, 1, 2])
    text = translator(person.language).gettext(CARD)
    return [
        _row(
            cafe,
            person,
            "card",
            {
                "id": _key(cafe, "card", cafe.round_index, person.pk, i),
                "text": text % {"n": chance.randint(1, 99)},
                "language": person.language,
                "round": cafe.round_index,
            },
            i,
        )
        for i in range(n)
    ]


def _ratings(cafe: AlpCafe, person: Participant, chance: random.Random) -> list[Row]:
    round_ = cafe.rating_round or 1
    measures = list(cafe.cafe_measures.values_list("measure_id", flat=True))
    criteria = list(cafe.cafe_criteria.values_list("criterion_id", flat=True))
    rows = [
        _row(cafe, person, "rate", {"m": m, "c": c, "r": round_, "v": _step(chance)}, m, c)
        for m in measures
        for c in criteria
        if chance.random() > 0.05  # noqa: PLR2004 - some answers stay open in every hall
    ]
    if measures and chance.random() < 0.2:  # noqa: PLR2004 - every fifth gives a reason
        word = SIMULATED.get(person.language, "simulated")
        text = f"{translator(person.language).gettext(WHY)} ({word})"
        body = {"m": chance.choice(measures), "text": text, "language": person.language}
        rows.append(_row(cafe, person, "comment", body))
    return rows


def _step(chance: random.Random) -> int | None:
    return chance.choice([1, 2, 3, 3, 4, 4, 4, 5, 5, None])


def _top_three(cafe: AlpCafe, person: Participant, chance: random.Random) -> list[Row]:
    measures = list(cafe.cafe_measures.values_list("measure_id", flat=True))
    if not cafe.has_top_three or not measures:
        return []
    chosen = chance.sample(measures, min(3, len(measures)))
    return [_row(cafe, person, "top3", {"r": 1, "measures": chosen})]


def _feedback(cafe: AlpCafe, person: Participant, chance: random.Random) -> Row:
    said = {name: chance.choice([2, 3, 4, 4, 5]) for name in ("heard", "learned", "again")}
    return _row(cafe, person, "feedback", {**said, "text": "", "language": person.language})


def _row(cafe: AlpCafe, person: Participant, kind: str, body: Row, *parts: int) -> Row:
    key = _key(cafe, kind, cafe.phase, cafe.round_index, person.pk, *parts)
    return {"k": key, "t": kind, "n": 1, "at": 0, "b": body}


def _key(cafe: AlpCafe, *parts: str | int) -> str:
    # The same key for the same deed: a phase that is visited again changes nothing.
    text = "~".join(map(str, (cafe.pk, cafe.code, *parts)))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _chance(cafe: AlpCafe, person: Participant, what: str) -> random.Random:
    return random.Random(f"{cafe.pk}-{person.pk}-{what}")  # noqa: S311 - a simulation


# --- A rehearsal: a copy of an AlpCafé to try the day out, never found by lists or evaluations


TITLE: Final = gettext_noop("Rehearsal: %(title)s")
_TITLE_LENGTH: Final = length_of(AlpCafe, "title")
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

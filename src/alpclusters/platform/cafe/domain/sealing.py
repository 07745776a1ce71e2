"""The seal: nobody can tell any more which row belongs to which phone, and nothing is undone.

Every person is stored anew in an order of chance, so that no key tells who joined before whom;
tokens, recovery codes, keys of commands and positions in the journal are gone; times are those of
the phase. First and second rating of a person stay together. At last the key of the AlpCafé is
destroyed. What people said of themselves stays; published figures withhold small groups.
"""

import secrets
from bisect import bisect_right
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.domain.commands import Change, Order, register
from alpclusters.platform.cafe.domain.keys import destroy_key, key_path
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.top_threes import read_log
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Comment,
    Device,
    Entry,
    Feedback,
    PaperSheet,
    Participant,
    Phase,
    Rating,
    Receipt,
    Support,
    TopThree,
)

BATCH: Final = 500
# What is told of these commands after the seal; of all others only that they were given.
TOLD: Final = frozenset(
    {"open", "next", "go_to", "stop_input", "close", "reopen", "pause", "resume", "extend"}
    | {"set_end", "screen", "release", "withdraw"}
)


def seal(order: Order) -> Change:
    """Make a closed AlpCafé final."""
    cafe = order.cafe
    if cafe.state != AlpCafe.State.CLOSED:
        raise StateError("cafe.not_closed", found=cafe.state, expected=AlpCafe.State.CLOSED)
    moments = _Moments(cafe)
    people = _draw_people(cafe, moments)
    _move_answers(cafe, people, moments)
    _forget_people(cafe, people)
    _forget_names(cafe, moments)
    cafe.phase, cafe.sealed_at = Phase.SEALED, order.now
    transaction.on_commit(lambda: destroy_key(settings.HOME, cafe.pk))
    return Change({}, {"phase": Phase.SEALED}, ["phase"])


def seal_due(now: datetime) -> list[int]:
    """Seal every AlpCafé whose time for opening it again is over.

    Cheap where nothing is due: one query. A key that a crash left behind is destroyed.

    Returns
    -------
    list of int
        The AlpCafés that were sealed.
    """
    sealed = []
    for cafe in due(now):
        try:
            act(cafe, "seal", seen=None, by=None, now=now)
        except AlpClustersError:
            continue  # somebody opened or sealed it just now
        sealed.append(cafe.pk)
    _destroy_left_keys()
    return sealed


def due(now: datetime) -> list[AlpCafe]:
    """Return the closed AlpCafés whose grace is over."""
    closed = AlpCafe.objects.filter(
        state=AlpCafe.State.CLOSED, sealed_at__isnull=True, closed_at__isnull=False
    )
    return [cafe for cafe in closed.order_by("pk") if sealed_from(cafe) <= now]


def sealed_from(cafe: AlpCafe) -> datetime:
    """Return when a closed AlpCafé is sealed by itself."""
    closed = cafe.closed_at or cafe.created_at
    return closed + timedelta(minutes=cafe.grace_minutes)


def _destroy_left_keys() -> None:
    if not (settings.HOME / "secrets").is_dir():
        return
    names = [path.stem for path in (settings.HOME / "secrets").glob("cafe-*.key")]
    numbers = [int(name.removeprefix("cafe-")) for name in names if name[5:].isdigit()]
    found = AlpCafe.objects.filter(pk__in=numbers, sealed_at__isnull=False)
    for pk in found.values_list("pk", flat=True).order_by("pk"):
        if key_path(settings.HOME, pk).exists():
            destroy_key(settings.HOME, pk)


class _Moments:
    """The begins of the phases: a time is told as the begin of its phase."""

    def __init__(self, cafe: AlpCafe) -> None:
        begins = cafe.entries.filter(after__phase__isnull=False).values_list("at", flat=True)
        self._begins = sorted({*begins, cafe.opened_at or cafe.created_at})

    def of(self, moment: datetime) -> datetime:
        """Return the begin of the phase in which a moment lies."""
        return self._begins[max(0, bisect_right(self._begins, moment) - 1)]


# --- people -------------------------------------------------------------------------------


def _draw_people(cafe: AlpCafe, moments: _Moments) -> dict[int, int]:
    """Store everybody anew in an order of chance; return old and new number of each."""
    old = list(cafe.participants.order_by("pk"))
    secrets.SystemRandom().shuffle(old)
    # One by one: the numbers a batch gets are not in a promised order.
    return {person.pk: _stored_anew(person, moments) for person in old}


def _stored_anew(person: Participant, moments: _Moments) -> int:
    return Participant.objects.create(
        cafe_id=person.cafe_id,
        source=person.source,
        language=person.language,
        region_id=person.region_id,
        role=person.role,
        level=person.level,
        experience=person.experience,
        no_research=person.no_research,
        consent_version=person.consent_version,
        consented_at=moments.of(person.consented_at),
        joined_at=moments.of(person.joined_at),
        seen_at=moments.of(person.seen_at),
        is_simulated=person.is_simulated,
    ).pk


def _move_answers(cafe: AlpCafe, people: dict[int, int], moments: _Moments) -> None:
    place = {new: index for index, new in enumerate(people.values())}
    # When each came is not known afterwards: those that count nowhere must not begin to count.
    TopThree.objects.filter(pk__in=[row.pk for row in read_log(cafe).late]).delete()
    kinds: tuple[Any, ...] = (Rating, TopThree, Comment, Feedback)
    for model in kinds:
        rows = list(model.objects.filter(cafe=cafe).order_by("pk"))
        model.objects.filter(cafe=cafe).delete()
        # By person, and of one person in the order in which the answers came.
        rows.sort(key=lambda row: place[people[row.participant_id]])
        for number, row in enumerate(rows, start=1):
            _forget_way(row, people[row.participant_id], number, moments)
        model.objects.bulk_create(rows, batch_size=BATCH)
    _move_supports(cafe, people)
    _move_sheets(cafe, people)


def _forget_way(row: Any, person: int, number: int, moments: _Moments) -> None:
    row.pk = None
    row.participant_id = person
    row.received_at = moments.of(row.received_at)
    for name, value in (("key", None), ("seq", number), ("entered_by_id", None)):
        if hasattr(row, name):
            setattr(row, name, value)


def _move_supports(cafe: AlpCafe, people: dict[int, int]) -> None:
    rows = list(Support.objects.filter(card__cafe=cafe).order_by("pk"))
    Support.objects.filter(card__cafe=cafe).delete()
    secrets.SystemRandom().shuffle(rows)
    Support.objects.bulk_create(
        (Support(card_id=row.card_id, participant_id=people[row.participant_id]) for row in rows),
        batch_size=BATCH,
    )


def _move_sheets(cafe: AlpCafe, people: dict[int, int]) -> None:
    sheets = PaperSheet.objects.filter(cafe=cafe, participant__isnull=False).order_by("pk")
    for pk, person in sheets.values_list("pk", "participant_id"):
        PaperSheet.objects.filter(pk=pk).update(participant=people[person or 0])


# --- what is forgotten --------------------------------------------------------------------


def _forget_people(cafe: AlpCafe, people: dict[int, int]) -> None:
    # A card may carry a name, a place in the rotation lies on the table: both lead to nobody.
    cafe.cards.update(participant=None, seq=0)
    cafe.guests.update(participant=None, name="")
    Device.objects.filter(participant__cafe=cafe).delete()
    Receipt.objects.filter(cafe=cafe).delete()
    Participant.objects.filter(pk__in=list(people)).delete()


def _forget_names(cafe: AlpCafe, moments: _Moments) -> None:
    cafe.invitations.update(token_hash="")
    for card in cafe.cards.order_by("pk"):
        cafe.cards.filter(pk=card.pk).update(
            received_at=moments.of(card.received_at),
            edited_at=card.edited_at and moments.of(card.edited_at),
        )
    _forget_log(cafe.entries.exclude(command__in=TOLD))
    cafe.entries.filter(command="release").update(arguments={})


def _forget_log(entries: QuerySet[Entry]) -> None:
    entries.update(arguments={}, before={}, after={}, touches=[])


register("seal", seal, None)

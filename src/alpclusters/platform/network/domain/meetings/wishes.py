"""One asks to meet another; they meet only where both want to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.named_lists import ecosystem_label, technology_label
from alpclusters.platform.actors.domain.sectors import sector_name
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.network.domain.meetings.days import locked, takes_wishes
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish

# --- What two profiles share, so that one sees whom to ask: sectors, technologies, ecosystem ------


@dataclass(frozen=True, slots=True)
class Shared:
    """What both profiles name: divisions of NACE, technologies, the ecosystem."""

    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    ecosystem: str = ""

    @property
    def n(self) -> int:
        """How many they are."""
        return len(self.sectors) + len(self.technologies) + bool(self.ecosystem)

    def names(self, language: str) -> list[str]:
        """Name them."""
        found = [sector_name(code, language) for code in self.sectors]
        found += [technology_label(code, language) for code in self.technologies]
        return found + ([ecosystem_label(self.ecosystem, language)] if self.ecosystem else [])


def shared_with(one: Organisation, other: Organisation) -> Shared:
    """Return what two organisations have in common; nothing where one has no profile."""
    mine, theirs = _profile(one), _profile(other)
    if mine is None or theirs is None:
        return Shared()
    is_same = mine.ecosystem and mine.ecosystem == theirs.ecosystem
    return Shared(
        tuple(code for code in _divisions(mine) if code in _divisions(theirs)),
        tuple(code for code in mine.technologies if code in theirs.technologies),
        mine.ecosystem if is_same else "",
    )


def _divisions(profile: ClusterOrganisation) -> list[str]:
    """Return the divisions of the sectors, each once; a section stands for itself."""
    return list(dict.fromkeys(code[:2] for code in profile.sectors))


def _profile(organisation: Organisation) -> ClusterOrganisation | None:
    return getattr(organisation, "cluster", None)


# --- One asks to meet another; they meet only where both want to ----------------------------------


type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sides:
    """What two organisations say of each other; None where one said nothing."""

    mine: MeetingWish | None = None
    theirs: MeetingWish | None = None

    @property
    def is_mutual(self) -> bool:
        """Whether both want to."""
        said = [one for one in (self.mine, self.theirs) if one]
        return any(one.state == MeetingWish.State.ACCEPTED for one in said)

    @property
    def is_declined(self) -> bool:
        """Whether one of them does not want to."""
        said = [one for one in (self.mine, self.theirs) if one]
        return any(one.state == MeetingWish.State.DECLINED for one in said)

    @property
    def waits_for_me(self) -> bool:
        """Whether the other side asked and there is no answer yet."""
        return self.theirs is not None and self.theirs.state == MeetingWish.State.ASKED

    @property
    def waits_for_them(self) -> bool:
        """Whether one's own wish has no answer yet."""
        return self.mine is not None and self.mine.state == MeetingWish.State.ASKED


@transaction.atomic
def wish(asking: Attendance, asked: Attendance, *, weight: int, now: datetime) -> MeetingWish:
    """Ask another one for a meeting, or say yes where it asked before.

    Raises
    ------
    StateError
        Wishes are taken no more, or one of the two does not come.
    """
    _require(asking.day, asking, asked, now=now)
    theirs = MeetingWish.objects.filter(asking=asked, asked=asking).first()
    is_answer = theirs is not None and theirs.state != MeetingWish.State.DECLINED
    state = MeetingWish.State.ACCEPTED if is_answer else MeetingWish.State.ASKED
    if theirs is not None and is_answer:
        MeetingWish.objects.filter(pk=theirs.pk).update(state=MeetingWish.State.ACCEPTED)
    elif theirs is not None:
        # One's own no is taken back by asking oneself.
        theirs.delete()
    own = MeetingWish.objects.filter(asking=asking, asked=asked).first()
    if own is not None and own.state == MeetingWish.State.DECLINED:
        # A no is not asked away: only the other side can take it back.
        return own
    made, _is_new = MeetingWish.objects.update_or_create(
        asking=asking,
        asked=asked,
        defaults={"day": asking.day, "weight": weight, "state": state},
        create_defaults={
            "day": asking.day,
            "weight": weight,
            "state": state,
            "made_at": now,
        },
    )
    return made


@transaction.atomic
def decline(asked: Attendance, asking: Attendance, *, now: datetime) -> None:
    """Say no to a wish of another one; also after a yes, as long as wishes are taken.

    Raises
    ------
    StateError
        Wishes are taken no more, or one of the two does not come.
    """
    _require(asked.day, asked, asking, now=now)
    MeetingWish.objects.filter(asking=asked, asked=asking).delete()
    MeetingWish.objects.filter(asking=asking, asked=asked).update(state=MeetingWish.State.DECLINED)


@transaction.atomic
def withdraw(asking: Attendance, asked: Attendance, *, now: datetime) -> None:
    """Take one's own wish back; what the other side said waits for an answer again.

    Raises
    ------
    StateError
        Wishes are taken no more.
    """
    _require(asking.day, asking, asked, now=now)
    MeetingWish.objects.filter(asking=asking, asked=asked).delete()
    theirs = MeetingWish.objects.filter(asking=asked, asked=asking)
    theirs.filter(state=MeetingWish.State.ACCEPTED).update(state=MeetingWish.State.ASKED)


def said_of(attendance: Attendance) -> dict[int, Sides]:
    """Return what was said between one and each other, by the other's number."""
    rows = MeetingWish.objects.filter(Q(asking=attendance) | Q(asked=attendance))
    mine = {row.asked_id: row for row in rows if row.asking_id == attendance.pk}
    theirs = {row.asking_id: row for row in rows if row.asked_id == attendance.pk}
    return {key: Sides(mine.get(key), theirs.get(key)) for key in {*mine, *theirs}}


def mutual_pairs(day: MeetingDay) -> Mapping[Pair, int]:
    """Return the pairs that both want, with the sum of what both said it matters."""
    rows = day.wishes.filter(
        state=MeetingWish.State.ACCEPTED,
        asking__state=Attendance.State.COMES,
        asked__state=Attendance.State.COMES,
    )
    weights: dict[Pair, int] = {}
    for asking, asked, weight in rows.order_by("pk").values_list("asking", "asked", "weight"):
        pair = min(asking, asked), max(asking, asked)
        weights[pair] = weights.get(pair, 0) + weight
    return weights


def n_waiting(day: MeetingDay) -> int:
    """Count the wishes without an answer."""
    return day.wishes.filter(state=MeetingWish.State.ASKED).count()


def _require(day: MeetingDay, *sides: Attendance, now: datetime) -> None:
    if not takes_wishes(locked(day), now=now):
        raise StateError("meetings.wishes_over")
    for side in sides:
        rows = Attendance.objects.filter(pk=side.pk, day=day, state=Attendance.State.COMES)
        if not rows.exists():
            raise StateError("meetings.not_there", found=side.organisation.name)

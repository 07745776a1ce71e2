"""People in the hall, what they say of themselves, and answers typed for those without a phone."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from django.conf import settings

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.codes import is_code, normalise_code
from alpclusters.platform.cafe.domain.keys import cafe_of_token, hash_token, read_key
from alpclusters.platform.cafe.models import AlpCafe, Device, Participant, Source

# --- People in the hall: who stands behind the tokens of a phone ----------------------------------
#
# The writer of the live process lets people in (`alpclusters.live`). A token goes into a cookie
# and is never stored: the database has a keyed hash only, so that nobody who reads the database
# can rate in somebody's name. Each AlpCafé gets a token of its own; two events cannot be linked.


def find_open_cafe(text: str) -> AlpCafe | None:
    """Return the AlpCafé that is open under a typed code; unknown and closed are the same."""
    code = normalise_code(text)
    if not is_code(code):
        return None
    return AlpCafe.everything.filter(code=code, state=AlpCafe.State.OPEN).first()


def participants_of(tokens: Iterable[str]) -> dict[str, Participant]:
    """Return who stands behind tokens of a phone, in two queries at most."""
    by_hash = {hashed: token for token in tokens if (hashed := _stored_hash(token))}
    people = Participant.objects.filter(token_hash__in=by_hash).select_related("cafe__project")
    found = {by_hash[str(person.token_hash)]: person for person in people.order_by("pk")}
    others = {hashed for hashed, token in by_hash.items() if token not in found}
    found.update({by_hash[key]: person for key, person in _by_device(others).items()})
    return found


def _by_device(hashes: set[str]) -> dict[str, Participant]:
    """Return the people of further phones, let in by a recovery code."""
    if not hashes:
        return {}
    devices = Device.objects.filter(token_hash__in=hashes).order_by("pk")
    people = devices.select_related("participant__cafe__project")
    return {device.token_hash: device.participant for device in people}


def _stored_hash(token: str) -> str | None:
    cafe_id = cafe_of_token(token)
    key = read_key(settings.HOME, cafe_id) if cafe_id is not None else None
    return hash_token(key, token) if key else None


# --- Answers that somebody types for a person without a phone, present and with spoken consent


# What the writer takes at once.
BATCH: Final = 50

type Answers = Mapping[tuple[int, int], int | None]


class Outcome(Protocol):
    """What the writer says of one command."""

    @property
    def status(self) -> int:
        """200 where it is durable."""

    @property
    def code(self) -> str:
        """Why it was not taken."""


class Writer(Protocol):
    """The one writer of answers (`alpclusters.live.gateway`); the site hands it in."""

    def add_person(self, cafe_id: int, *, language: str, source: str) -> int:
        """Add somebody without a phone; return the number of the person."""

    def submit(
        self,
        cafe_id: int,
        participant_id: int,
        commands: Sequence[Mapping[str, Any]],
        *,
        language: str,
        source: str = ...,
        entered_by: int | None = ...,
    ) -> Sequence[Outcome]:
        """Store commands in somebody's place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person answered, as it was typed.

    Attributes
    ----------
    language : str
    round : int
        Round of rating, 1 or 2.
    answers : mapping of (measure, criterion) to int or None
        None is "cannot judge"; what is missing was not answered.
    top_three : tuple of int or None
        Measures, best first; None where nothing was said about them.
    comments : mapping of int to str
        By measure.
    profile : mapping of str to str
        ``region``, ``role``, ``level``, ``experience``, as far as told; ``no_research``.
    taken_back : frozenset of (measure, criterion)
        Answers that were stored before and do not hold.
    """

    language: str
    round: int = 1
    answers: Answers = field(default_factory=dict)
    top_three: tuple[int, ...] | None = None
    comments: Mapping[int, str] = field(default_factory=dict)
    profile: Mapping[str, str | bool] = field(default_factory=dict)
    taken_back: frozenset[tuple[int, int]] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was answered."""
        return not (self.answers or self.top_three or self.comments)


def enter_proxy(
    cafe: AlpCafe,
    entry: Entry,
    *,
    has_consent: bool,
    writer: Writer,
    by: int | None,
    person: Participant | None = None,
) -> int:
    """Store what somebody present said, as a person of their own; return their number.

    Parameters
    ----------
    cafe : AlpCafe
    entry : Entry
    has_consent : bool
        The person agreed in words.
    writer : Writer
    by : int, optional
        Number of the account of who typed; None for a host.
    person : Participant, optional
        Somebody for whom was typed before (the second round).

    Raises
    ------
    InputError
        ``cafe.no_consent``, ``cafe.empty_entry``.
    StateError
        ``cafe.not_open``, ``cafe.entry_refused``.
    """
    if not has_consent:
        raise InputError("cafe.no_consent")
    if entry.is_empty:
        raise InputError("cafe.empty_entry")
    if cafe.state != AlpCafe.State.OPEN:
        raise StateError("cafe.not_open", found=cafe.state, expected=AlpCafe.State.OPEN)
    number = person.pk if person else add_person(cafe, entry, Source.PROXY, writer)
    write_entry(cafe, number, entry, source=Source.PROXY, writer=writer, by=by)
    return number


def add_person(cafe: AlpCafe, entry: Entry, source: Source, writer: Writer) -> int:
    """Add somebody without a phone."""
    return writer.add_person(cafe.pk, language=entry.language, source=str(source))


def write_entry(
    cafe: AlpCafe, person: int, entry: Entry, *, source: Source, writer: Writer, by: int | None
) -> None:
    """Hand an entry to the writer.

    Raises
    ------
    StateError
        ``cafe.entry_refused`` with the writer's code; what was taken before stays.
    """
    commands = list(commands_of(entry))
    for start in range(0, len(commands), BATCH):
        results = writer.submit(
            cafe.pk,
            person,
            commands[start : start + BATCH],
            language=entry.language,
            source=str(source),
            entered_by=by,
        )
        refused = next((r for r in results if r.status != 200), None)  # noqa: PLR2004 - as HTTP
        if refused is not None:
            raise StateError("cafe.entry_refused", found=refused.code)


def commands_of(entry: Entry) -> Iterator[dict[str, Any]]:
    """Write an entry as the commands a phone would send."""
    if entry.profile:
        yield _command("profile", dict(entry.profile))
    for (measure, criterion), value in entry.answers.items():
        yield _command("rate", {"m": measure, "c": criterion, "r": entry.round, "v": value})
    for measure, criterion in sorted(entry.taken_back):
        yield _command("rate", {"m": measure, "c": criterion, "r": entry.round})
    for measure, text in entry.comments.items():
        yield _command("comment", {"m": measure, "text": text, "language": entry.language})
    if entry.top_three is not None:
        yield _command("top3", {"r": entry.round, "measures": list(entry.top_three)})


def _command(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"k": secrets.token_urlsafe(16), "t": kind, "b": body}

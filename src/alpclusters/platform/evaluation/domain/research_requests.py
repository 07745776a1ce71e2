"""Ask for the answers of an AlpCafé person by person; decide; fetch the file; confirm deletion."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.open_data import csv_of, zip_of
from alpclusters.platform.evaluation.domain.open_texts import CANNOT_JUDGE, codebook_rows
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table
from alpclusters.platform.evaluation.models import DataRequest, Snapshot
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.privacy import OwnData

# --- The file a researcher gets: one row per person, made for this one recipient ------------------
#
# Order and numbers of the rows follow from a seed of the request: no number is that of another
# file, of a participant or of the order in which people came. No role, no region, no comments, no
# times, no source.
#
# Who wished so is left out. What is public counts everybody, so the rows of a file tell by
# subtraction how many are missing and what these few answered together: always at least five are
# left out, those who did not wish so by lot, the same in every file of an AlpCafé. Groups would
# tell the same of fewer: they are not in the file.


TERMS_VERSION: Final = 1
"""Goes up with every change of TERMS: a request keeps the number it was asked under."""
TERMS: Final = (
    _("Only the people named in the request use the data, and only for its purpose."),
    _("Nobody tries to find out who a row is."),
    _("The data are not joined with lists of those who attended, social media or other data about "
      "people."),
    _("The data are not passed on, neither whole nor in part."),
    _("What is published tells only of groups of at least ten people."),
    _("By the day stated the data and all copies are deleted; the deletion is confirmed by the "
      "personal link."),
    _("If the data get into other hands, the coordinator is told within 72 hours."),
)  # fmt: skip
_ABOUT: Final = (
    _("answers.csv has one row per person with the answers that stand. Order and numbers of the "
      "rows were made for this file alone."),
    _("At least five people are left out: all who wished so, the others by lot. The file does not "
      "say how many wished so."),
    _("Role, region, comments, times and the way an answer came in are not part of it."),
)  # fmt: skip
QUESTION: Final = ":"
_LOT: Final = "evaluation.research-lot"


def answers_file(snapshot: Snapshot, seed: str) -> bytes:
    """Return the table of one recipient; the same seed and answers give the same bytes.

    Raises
    ------
    StateError
        Fewer than ten people are left for the file (``research.too_few``).
    """
    evaluation = evaluation_of(snapshot)
    answers = standing_table(rating_tables(snapshot.cafe)).answers()
    asked = [(m.pk, c.pk) for m in evaluation.measures for c in evaluation.criteria]
    rated = {person for key in asked for person in answers.get(key, {})}
    people = rated - _left_out(snapshot.cafe, rated)
    if len(people) < SMALLEST_GROUP:
        raise StateError("research.too_few")
    rows = sorted(
        (
            _number(seed, person),
            *(_answer(answers.get(key, {}), person) for key in asked),
            "simulated" if evaluation.is_simulated else "",
        )
        for person in people
    )
    return csv_of([_header(evaluation), *rows])


def fields_of(snapshot: Snapshot) -> Iterator[str]:
    """Name what a file holds of a person: the questions."""
    yield from (name for name in _header(evaluation_of(snapshot)) if QUESTION in name)


def research_zip(request: DataRequest, answers: bytes) -> bytes:
    """Pack the table with its code book and the terms in five languages."""
    return zip_of(
        {
            "README": _readme(request).encode(),
            "answers.csv": answers,
            "codebook.csv": csv_of(codebook_rows(request.cafe, [])),
        }
    )


def _header(evaluation: Evaluation) -> Sequence[str]:
    asked = [f"{m.key}{QUESTION}{c.key}" for m in evaluation.measures for c in evaluation.criteria]
    return ["person", *asked, "simulated"]


def _left_out(cafe: AlpCafe, rated: AbstractSet[int]) -> set[int]:
    """Return who is left out: who wished so, and others by lot up to the smallest count told."""
    wished = set(cafe.participants.filter(no_research=True).values_list("pk", flat=True)) & rated
    others = sorted(rated - wished, key=lambda person: _lot(cafe, person))
    return wished | set(others[: max(0, K_ANONYMITY - len(wished))])


def _lot(cafe: AlpCafe, person: int) -> str:
    """Draw for a person, the same in every file: two files together tell no more than one."""
    return salted_hmac(_LOT, f"{cafe.pk}:{person}", algorithm="sha256").hexdigest()


def _number(seed: str, person: int) -> str:
    return hmac.new(bytes.fromhex(seed), f"{person}".encode(), hashlib.sha256).hexdigest()[:16]


def _answer(given: Mapping[int, float | None], person: int) -> str:
    if person not in given:
        return ""
    value = given[person]
    return CANNOT_JUDGE if value is None else f"{value:g}"


def _readme(request: DataRequest) -> str:
    parts = []
    for code in LANGUAGE_CODES:
        text = translator(code)
        title = str(request.cafe.title.read_in(code))
        lines = [f"[{code}] {title}, {request.cafe.held_on.isoformat()}", ""]
        if request.cafe.is_simulated:
            lines += [text.gettext("All people and ratings in this file are simulated."), ""]
        lines += [f"- {text.gettext(sentence)}" for sentence in _ABOUT]
        given = text.gettext("Given to: %(organisation)s. To be deleted by: %(until)s.")
        about = {"organisation": request.organisation, "until": request.until.isoformat()}
        lines += ["", given % about, ""]
        lines += [text.gettext("Terms, version %(n)s:") % {"n": request.terms_version}]
        lines += [f"{place}. {text.gettext(term)}" for place, term in enumerate(TERMS, 1)]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, f"SHA-256 answers.csv: {request.digest}"]) + "\n"


# --- Ask for the answers of an AlpCafé person by person; decide; fetch the file; confirm deletion


State = DataRequest.State
LONGEST: Final = timedelta(days=5 * 366)
MOST_WAITING: Final = 20
"""Requests of one AlpCafé that wait for the coordinator; nothing is counted per address."""
_SALT: Final = "evaluation.data-request"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for; people are named because they alone may see the file."""

    organisation: str
    people: str
    email: str
    purpose: str
    safeguards: str
    until: date
    language: str


def public_snapshot(cafe: AlpCafe) -> Snapshot | None:
    """Return the evaluation the public sees; none while people rate again."""
    if not cafe.is_closed:
        return None
    return Snapshot.objects.filter(cafe=cafe, released_at__isnull=False).order_by("-number").first()


@transaction.atomic
def ask_for_data(cafe: AlpCafe, asked: Asked, *, now: datetime) -> DataRequest:
    """Keep a request for the coordinator.

    Raises
    ------
    StateError
        No evaluation is public (``research.not_public``), or very many wait
        (``research.too_many``).
    InputError
        The end lies behind, or more than five years ahead (``research.until``).
    """
    if public_snapshot(cafe) is None:
        raise StateError("research.not_public")
    today = timezone.localdate(now)
    if not today < asked.until <= today + LONGEST:
        code = "research.until"
        raise InputError(code, where=Where(field="until"))
    if cafe.data_requests.filter(state=State.ASKED).count() >= MOST_WAITING:
        raise StateError("research.too_many")
    return DataRequest.objects.create(
        cafe=cafe,
        organisation=asked.organisation,
        people=asked.people,
        email=asked.email,
        purpose=asked.purpose,
        safeguards=asked.safeguards,
        until=asked.until,
        language=asked.language,
        terms_version=TERMS_VERSION,
        asked_at=now,
    )


@transaction.atomic
def grant(request: DataRequest, *, reason: str, by: User | None, now: datetime) -> DataRequest:
    """Grant a request: its file is fixed by a seed of its own, and the public record begins.

    Raises
    ------
    StateError
        It was decided (``research.decided``), its end is over (``research.over``), nothing is
        public (``research.not_public``), choices may still change (``research.not_sealed``) or
        fewer than ten people are left for the file (``research.too_few``).
    InputError
        ``research.no_reason``.
    """
    current = _undecided(request, reason)
    if current.until < timezone.localdate(now):
        raise StateError("research.over")
    snapshot = public_snapshot(current.cafe)
    if snapshot is None:
        raise StateError("research.not_public")
    # The seal numbers everybody anew and ends every choice: two files could be compared before.
    if current.cafe.sealed_at is None:
        raise StateError("research.not_sealed")
    current.state, current.seed = State.GRANTED, secrets.token_hex(32)
    current.snapshot_number = snapshot.number
    current.digest = _digest(answers_file(snapshot, current.seed))
    current.fields = list(fields_of(snapshot))
    current.token_hash = _hash(token_of(current))
    return _decided(current, reason, by, now)


@transaction.atomic
def refuse(request: DataRequest, *, reason: str, by: User | None, now: datetime) -> DataRequest:
    """Refuse a request with a reason.

    Raises
    ------
    StateError
        ``research.decided``.
    InputError
        ``research.no_reason``.
    """
    current = _undecided(request, reason)
    current.state = State.REFUSED
    return _decided(current, reason, by, now)


def token_of(request: DataRequest) -> str:
    """Return the secret of the personal link; the database holds its hash alone."""
    told = f"{request.pk}:{request.seed}"
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def find_request(token: str) -> DataRequest | None:
    """Return the request of a personal link."""
    rows = DataRequest.objects.select_related("cafe__project")
    return rows.filter(token_hash=_hash(token)).first()


def may_fetch(request: DataRequest, now: datetime) -> bool:
    """Say whether the file can be fetched: until its end, and not after it was deleted."""
    return request.state == State.GRANTED and timezone.localdate(now) <= request.until


def fetch(request: DataRequest, *, now: datetime) -> bytes:
    """Make the file anew, byte for byte as it was granted.

    Raises
    ------
    StateError
        The end is over or deletion was confirmed (``research.over``); the answers are others now
        (``research.changed``).
    """
    if not may_fetch(request, now):
        raise StateError("research.over")
    snapshot = request.cafe.snapshots.filter(number=request.snapshot_number or 0).first()
    answers = b"" if snapshot is None else answers_file(snapshot, request.seed)
    if snapshot is None or _digest(answers) != request.digest:
        raise StateError("research.changed")
    return research_zip(request, answers)


def confirm_deletion(request: DataRequest, *, now: datetime) -> None:
    """Note that the recipient has deleted the data; the link gives nothing out any more.

    Raises
    ------
    StateError
        It was confirmed before (``research.decided``).
    """
    if request.state != State.GRANTED:
        raise StateError("research.decided")
    request.state, request.deleted_at = State.DELETED, now
    request.save(update_fields=["state", "deleted_at"])


def public_record(cafe: AlpCafe) -> QuerySet[DataRequest]:
    """List who got answers of an AlpCafé; what is shown of it names bodies, never people."""
    return cafe.data_requests.filter(state__in=(State.GRANTED, State.DELETED)).order_by(
        "-decided_at", "-pk"
    )


def _undecided(request: DataRequest, reason: str) -> DataRequest:
    current = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != State.ASKED:
        raise StateError("research.decided", found=current.state)
    if not reason.strip():
        code = "research.no_reason"
        raise InputError(code, where=Where(field="reason"))
    return current


def _decided(current: DataRequest, reason: str, by: User | None, now: datetime) -> DataRequest:
    current.reason, current.decided_by, current.decided_at = reason.strip(), by, now
    current.save()
    return current


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- What a request for data holds of people: given out, erased, forgotten 30 days after its end


KEPT: Final = timedelta(days=30)
# Of what was given a record stays: organisation, purpose, version, fields, from, until, deletion.
_GIVEN: Final = (State.GRANTED, State.DELETED)


def export_requests(user: User) -> list[dict[str, Any]]:
    """Return the requests sent with a person's address, or decided by the person."""
    texts = ("organisation", "people", "email", "purpose", "safeguards", "state", "reason")
    own = Q(decided_by=user) | (Q(email__iexact=user.email) if user.email else Q(pk=None))
    return [
        {
            "alpcafe": one.cafe.title,
            "asked_at": one.asked_at.isoformat(),
            "until": one.until.isoformat(),
            "decided_at": one.decided_at.isoformat() if one.decided_at else None,
            **{name: getattr(one, name) for name in texts},
        }
        for one in DataRequest.objects.filter(own).select_related("cafe").order_by("pk")
    ]


def erase_requests(email: str) -> None:
    """Delete what requests hold of an address; the public record of what was given stays."""
    if email:
        _forget(DataRequest.objects.filter(email__iexact=email))


def erase_request(request: DataRequest) -> None:
    """Delete what one request holds of people; the public record of what was given stays."""
    _forget(DataRequest.objects.filter(pk=request.pk))


def forget_who_asked(now: datetime) -> int:
    """Delete names and addresses 30 days after the end of a request; return of how many."""
    last = now - KEPT
    ended = Q(until__lt=timezone.localdate(last)) | Q(deleted_at__lt=last)
    refused = Q(state=State.REFUSED, decided_at__lt=last)
    return _forget(DataRequest.objects.filter(ended | refused).exclude(email=""))


@transaction.atomic
def _forget(found: QuerySet[DataRequest]) -> int:
    n = found.exclude(state__in=_GIVEN).delete()[0]
    return n + found.filter(state__in=_GIVEN).update(
        people="", email="", safeguards="", reason="", decided_by=None, seed="", token_hash=""
    )


OWN_DATA: Final = OwnData(
    export=lambda user: {"research": export_requests(user)},
    erase=lambda user: erase_requests(user.email),
)

"""Erase a person on request, and certify what was found and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.domain.own_data import FORMER
from alpclusters.platform.accounts.domain.sign_ins import end_sign_ins
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Person
from alpclusters.platform.desk.finding import BY_LABEL, Hit, words_of
from alpclusters.platform.desk.proof import look_everywhere
from alpclusters.platform.desk.retention import inventory
from alpclusters.platform.operation.models import QueuedMail
from alpclusters.platform.partnership.domain.administrators import require_another_administrator
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.models import ErasureCertificate

type Census = dict[str, set[Any]]


def erase(hits: Sequence[Hit], *, by: User, now: datetime) -> ErasureCertificate:
    """Erase what was ticked, look for it everywhere, and keep the numbers as a certificate.

    Raises
    ------
    StateError
        Nothing was ticked (``desk.nothing``), or the account is that of the last administrator.
    """
    if not hits:
        code = "desk.nothing"
        raise StateError(code)
    words = words_of(hits)
    with transaction.atomic():
        found = census(hits)
        waiting = _mails_to(words)
        if waiting:
            found["operation.queuedmail"] = waiting
            QueuedMail.objects.filter(pk__in=waiting).delete()
        for hit in hits:
            _erase_one(hit, by)
        rows = [_row(label, pks) for label, pks in sorted(found.items())]
        if not any(hit.account for hit in hits):  # an account writes that down itself
            record(Kind.PERSON_ERASED, actor=by, rows=sum(row["found"] for row in rows))
    proof = look_everywhere(words)
    return ErasureCertificate.objects.create(
        made_at=now,
        made_by=by,
        tables=rows,
        left={
            "tables": proof.tables,
            "n_tables": proof.n_tables,
            "files": proof.files,
            "places": proof.places,
        },
    )


def _mails_to(words: Sequence[str]) -> set[int]:
    """Return the mails in the queue that go to one of some addresses."""
    wanted = {word.lower() for word in words}
    rows = QueuedMail.objects.values_list("pk", "recipients")
    return {pk for pk, to in rows if not wanted.isdisjoint(map(str.lower, to))}


def _erase_one(hit: Hit, by: User) -> None:
    label, _, number = hit.key.rpartition(":")
    place = BY_LABEL[label]
    # Asked anew: the account may have taken the row along.
    row = place.model._default_manager.filter(pk=int(number)).first()
    if row is not None:
        place.erase(row, by)


def _row(label: str, pks: set[Any]) -> dict[str, Any]:
    kept = apps.get_model(label)._default_manager.filter(pk__in=pks).count()
    return {"table": label, "found": len(pks), "deleted": len(pks) - kept, "kept": kept}


def census(hits: Iterable[Hit]) -> Census:
    """Return every row that leads to the people of some rows, by table, as the inventory says."""
    chosen = list(hits)
    users = [hit.account for hit in chosen if hit.account]
    people = [hit.row for hit in chosen if isinstance(hit.row, Person)]
    found: Census = {}
    for hit in chosen:
        found.setdefault(hit.row._meta.label_lower, set()).add(hit.row.pk)
    mails = {user.email for user in users} | {person.email for person in people}
    people += Person.objects.filter(Q(user__in=users) | Q(email__in=mails - {""}))
    for label, listed in inventory().items():
        condition = _leads(apps.get_model(label), listed.get("personal", ()), users, people)
        if condition:
            rows = apps.get_model(label)._default_manager.filter(condition)
            pks = set(rows.values_list("pk", flat=True))
            if pks:
                found.setdefault(label, set()).update(pks)
    return found


def _leads(model: type[Model], names: Iterable[str], users: list[User], people: list[Person]) -> Q:
    condition = Q()
    mails = {user.email for user in users} | {one.email for one in people} - {""}
    for name in names:
        field = model._meta.get_field(name)
        if field.related_model is User:
            condition |= Q(**{f"{name}__in": users})
        elif field.related_model is Person:
            condition |= Q(**{f"{name}__in": people})
        elif name == "email" and model is not User:
            condition |= Q(email__in=mails)
    return condition


@transaction.atomic
def block(user: User, *, by: User) -> None:
    """Let somebody in no more: sessions end, roles rest, what the person wrote stays.

    Raises
    ------
    StateError
        ``account.last_administrator``: nobody else could let people in any more.
    """
    require_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sign_ins(user)
    record(Kind.PERSON_BLOCKED, actor=by, about=user)


@transaction.atomic
def unblock(user: User, *, by: User) -> None:
    """Let somebody in again, with the roles from before.

    Raises
    ------
    StateError
        ``account.erased``: what the roles and the address were is gone.
    """
    if user.email == FORMER.format(pk=user.pk):
        code = "account.erased"
        raise StateError(code)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(Kind.PERSON_UNBLOCKED, actor=by, about=user)

"""What is kept about a person with an account: given out on request, erased on request."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from alpclusters.platform.accounts.domain.second_step import (
    export_second_step,
    remove_second_step,
)
from alpclusters.platform.accounts.models import User
from alpclusters.platform.privacy import erase_parts, export_parts, require_may_go
from alpclusters.platform.trust.domain.log import Kind, forget_person, record

FORMER = "former-member-{pk}@invalid"


def export_own_data(user: User) -> dict[str, Any]:
    """Return everything kept about a person as plain values for JSON."""
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "joined_at": user.joined_at.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
        },
        "second_step": export_second_step(user),
        **export_parts(user),
        "wrote": _written(user),
    }


def _written(user: User) -> dict[str, list[str]]:
    """Name what the person's hand shows in: the histories carry the author."""
    from django.apps import apps  # noqa: PLC0415

    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        history = getattr(model, "history", None)
        if history is None or not hasattr(history, "filter"):
            continue
        rows = history.filter(history_user=user).order_by("history_date")
        texts = [f"{row.history_date.isoformat()} {row}" for row in rows[:1000]]
        if texts:
            found[model._meta.label_lower] = texts
    return found


@transaction.atomic
def erase_person(user: User, *, by: User | None = None) -> None:
    """Turn an account into "former member": no name, no address, no way in, no role.

    The row stays so that the history of texts keeps one author, without saying who it was.

    Raises
    ------
    StateError
        A subject needs the person (``account.last_administrator``: nobody else could let people
        in any more).
    """
    require_may_go(user)
    remove_second_step(user)
    record(Kind.PERSON_ERASED, actor=by, about=user)
    forget_person(user)
    erase_parts(user)
    EmailAddress.objects.filter(user=user).delete()
    user.email = FORMER.format(pk=user.pk)
    user.name = ""
    user.is_active = False
    user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()

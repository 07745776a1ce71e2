"""The one-time link of an administrator: printed on the machine, kept as a hash.

The first start prints one; ``alpclusters administrator`` prints another at any time, for the day
on which the only administrator has left or lost the phone.
"""

import hashlib
import hmac
import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from alpclusters.platform.accounts.domain.second_step import remove_second_step
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.administrators import has_administrator
from alpclusters.platform.partnership.domain.people import find_or_make_person
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.platform.trust.domain.log import Kind, record

VALID_FOR = timedelta(hours=24)


class Link(NamedTuple):
    """What a link opens: whom it is for (empty: whoever has it says so), and since when not."""

    email: str
    is_from_command: bool


def make_link_token(
    home: Path, *, now: datetime, email: str = "", is_from_command: bool = False
) -> str:
    """Make a new token and forget the earlier one; only its hash is stored (mode 600).

    Parameters
    ----------
    email : str
        The only address it may be used for; empty leaves that to whoever has the link.
    is_from_command : bool
        Whoever asked works on the machine: the link also opens where there is an administrator.
    """
    token = secrets.token_urlsafe(32)
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {"sha256": _hash(token), "until": (now + VALID_FOR).isoformat()}
    kept |= Link(User.objects.normalize_email(email).lower(), is_from_command)._asdict()
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(kept))
    temporary.replace(path)
    record(Kind.LINK_MADE, is_from_command=is_from_command)
    return token


def find_link(home: Path, token: str, *, now: datetime) -> Link | None:
    """Return what a token opens; None if it is unknown, too old or no longer needed."""
    try:
        kept = json.loads(_path(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_known = hmac.compare_digest(kept["sha256"], _hash(token))
    if not is_known or now > datetime.fromisoformat(kept["until"]):
        return None
    link = Link(kept.get("email", ""), kept.get("is_from_command", False))
    return link if link.is_from_command or not has_administrator() else None


@transaction.atomic
def use_link(
    home: Path, *, email: str, name: str, language: str, password: str, is_phone_lost: bool = False
) -> User:
    """Make an administrator with a password and forget the link; it works once.

    A new password ends every session of an account that was there before; its second step stays
    unless the phone is lost.
    """
    user = find_or_make_person(email, name=name, language=language)
    user.name = name or user.name
    user.language = language
    user.is_active = True
    user.set_password(password)
    user.save()
    RoleAssignment.objects.get_or_create(
        user=user, role=Role.ADMINISTRATOR, project=None, region=None
    )
    if is_phone_lost:
        remove_second_step(user)
    record(Kind.LINK_USED, actor=user, about=user)
    _path(home).unlink(missing_ok=True)
    return user


def _path(home: Path) -> Path:
    return home / "run" / "administrator-link.json"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

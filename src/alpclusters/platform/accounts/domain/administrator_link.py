"""The one-time link of the first administrator: printed to the terminal, kept as a hash."""

import hashlib
import hmac
import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from alpclusters.platform.accounts.models import Role, RoleAssignment, User

VALID_FOR = timedelta(hours=24)


def make_link_token(home: Path, *, now: datetime) -> str:
    """Make a new token and forget the earlier one; only its hash is stored (mode 600)."""
    token = secrets.token_urlsafe(32)
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps({"sha256": _hash(token), "until": (now + VALID_FOR).isoformat()})
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    temporary.replace(path)
    return token


def is_link_valid(home: Path, token: str, *, now: datetime) -> bool:
    """Say whether a token opens the door: known, not too old, no administrator yet."""
    try:
        kept = json.loads(_path(home).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    is_known = hmac.compare_digest(kept["sha256"], _hash(token))
    is_fresh = now <= datetime.fromisoformat(kept["until"])
    return is_known and is_fresh and not has_administrator()


def has_administrator() -> bool:
    """Say whether somebody can already administer this installation."""
    return (
        User.objects.filter(is_active=True, is_superuser=True).exists()
        or RoleAssignment.objects.filter(
            role=Role.ADMINISTRATOR, project__isnull=True, user__is_active=True
        ).exists()
    )


@transaction.atomic
def use_link(home: Path, *, email: str, name: str, language: str) -> User:
    """Make the first administrator and forget the link; it works once."""
    address = User.objects.normalize_email(email).lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(address)
    user.name = name or user.name
    user.language = language
    user.is_active = True
    user.save()
    RoleAssignment.objects.get_or_create(
        user=user, role=Role.ADMINISTRATOR, project=None, region=None
    )
    _path(home).unlink(missing_ok=True)
    return user


def _path(home: Path) -> Path:
    return home / "run" / "administrator-link.json"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

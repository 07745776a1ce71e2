"""Codes for the day on which the phone is lost: told once, kept as hashes, each works once.

The first sign of a code says which of the set it is, so that a try costs one hash and not ten.
"""

import re
import secrets
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from alpclusters.platform.accounts.models import User

# Without signs that are read for one another on paper: 0 o, 1 i l.
SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH: Final = 10
IN_A_SET: Final = 10
# Codes printed by earlier versions.
_EARLIER: Final = re.compile(r"[0-9]{8}")


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Make a set in place of the one before; return the codes, which nobody can read again."""
    User.objects.select_for_update().get(pk=user.pk)
    made = [_drawn(place) for place in range(IN_A_SET)]
    codes_of(user).delete()
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"hashes": [make_password(code) for code in made]},
    )
    return [f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" for code in made]


def codes_of(user: User) -> Any:
    """Return the one row of somebody's codes, or none."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)


def n_left(kept: Authenticator) -> int:
    """Say how many codes of a set still work."""
    return sum(1 for one in kept.data.get("hashes", ()) if one)


def use_recovery_code(kept: Authenticator, typed: str) -> bool:
    """Say whether a code is one of a set and still works; from now on it does not.

    Raises
    ------
    HashingBusyError
        Too many codes and passwords are being checked; nothing was checked.
    """
    code = re.sub(r"[\s-]", "", typed).lower()
    hashes = kept.data.get("hashes", [])
    for place in _places(code, len(hashes)):
        if hashes[place] and check_password(code, hashes[place]):
            return _strike(kept, place, hashes[place])
    return False


@transaction.atomic
def _strike(kept: Authenticator, place: int, was: str) -> bool:
    """Strike a code off; False where somebody else used it at the same moment."""
    row = Authenticator.objects.select_for_update().filter(pk=kept.pk).first()
    if row is None or row.data["hashes"][place] != was:
        return False
    row.data["hashes"][place] = ""
    row.save(update_fields=["data"])
    return True


def _places(code: str, n: int) -> range | list[int]:
    """Return where in the set a code can stand; nowhere if it is none, such as one of the app."""
    if _EARLIER.fullmatch(code):
        return range(n)
    if len(code) == LENGTH and code[0] in SIGNS[:n]:
        return [SIGNS.index(code[0])]
    return []


def _drawn(place: int) -> str:
    return SIGNS[place] + "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))

"""The mail link by which a body endorses: signed, with an end, and stored nowhere."""

from datetime import timedelta
from typing import Final

from django.core import signing

from alpclusters.platform.policy.models import Endorsement

WORKS_FOR: Final = timedelta(days=90)
_SALT: Final = "policy.endorsement"


def token_of(endorsement: Endorsement) -> str:
    """Return the signed secret of a link; neither it nor an address of mail is stored."""
    return signing.dumps(endorsement.pk, salt=_SALT)


def find_endorsement(token: str) -> Endorsement | None:
    """Return what a link is for, or None where it is no link of ours or too old."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=WORKS_FOR)
    except signing.BadSignature:
        return None
    rows = Endorsement.objects.select_related("recommendation__project", "plan__project", "region")
    return rows.filter(pk=pk).first()

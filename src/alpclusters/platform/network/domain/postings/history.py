"""What changed of a posting: the kept versions, the newest first."""

from typing import Final

from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.fields import fields_of
from alpclusters.platform.network.models import Posting

COMPARED: Final = tuple(one.attname for one in fields_of(Posting))


def versions(posting: Posting) -> list[Version]:
    """Return all versions of a posting, each with what it changed."""
    return versions_of(posting, COMPARED)

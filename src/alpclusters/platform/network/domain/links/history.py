"""What changed of a link over the years: the kept versions, and the reports of both sides."""

from collections.abc import Sequence
from typing import Final

from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.fields import fields_of
from alpclusters.platform.network.models import Link, LinkReport

COMPARED: Final = (*(column.attname for column in fields_of(Link)), "standing")


def versions(link: Link) -> list[Version]:
    """Return all versions of a link, the newest first, each with what it changed."""
    return versions_of(link, COMPARED)


def reports(link: Link) -> Sequence[LinkReport]:
    """Return what both sides said of a link, the newest day first."""
    rows = link.reports.select_related("organisation", "by")
    return list(rows.order_by("-said_on", "-made_at", "-pk"))

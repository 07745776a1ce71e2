"""The two sides of a link: their order in the table, and which is the other one."""

from typing import Final

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models import Link

OPEN: Final = (Link.Standing.ENTERED, Link.Standing.CONFIRMED, Link.Standing.SOURCE)


def in_order(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Return a pair as the table keeps it: the smaller number first."""
    return (one, other) if one.pk < other.pk else (other, one)


def other_side(link: Link, organisation: Organisation) -> Organisation:
    """Return with whom an organisation has a link.

    Raises
    ------
    StateError
        It is neither side (``link.not_a_side``).
    """
    require_side(link, organisation)
    return link.second if organisation.pk == link.first_id else link.first


def confirming_side(link: Link) -> Organisation | None:
    """Return the side that did not enter a link; none where a source says it."""
    if link.entered_for_id is None:
        return None
    return link.second if link.entered_for_id == link.first_id else link.first


def require_side(link: Link, organisation: Organisation) -> None:
    """Refuse an organisation that is neither side."""
    if organisation.pk not in (link.first_id, link.second_id):
        raise StateError("link.not_a_side", found=str(organisation))


def locked(link: Link) -> Link:
    """Return the link as it is now, held until the end of the transaction."""
    # Both sides decide at once: the second one waits, and is told what the first one did.
    rows = Link.objects.select_for_update(of=("self",))
    return rows.select_related("first", "second", "initiative", "project").get(pk=link.pk)

"""Who changed the account of an undertaking, and when: the newest changes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from django.db.models import Q

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.undertakings import undertaking_of
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid
from alpclusters.platform.history import history_of

type Kind = Literal["added", "confirmed", "removed", "tied", "untied"]
_AID: Final[dict[str, Kind]] = {"+": "added", "~": "confirmed", "-": "removed"}
_CONTROL: Final[dict[str, Kind]] = {"+": "tied", "~": "tied", "-": "untied"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: an entry (``aid``) or a tie of two organisations (``names``).

    ``by`` is empty where the program did it, or nobody knows.
    """

    kind: Kind
    made_at: datetime
    by: str
    aid: Any = None
    names: tuple[str, str] = ("", "")


def changes_of(organisation: Organisation, *, most: int = 20) -> Sequence[Change]:
    """Return the newest changes of the account of an organisation's undertaking.

    Ties that are gone are told to both organisations that had them.
    """
    members = undertaking_of(organisation)
    aid = history_of(DeMinimisAid).filter(organisation__in=members)
    ties = history_of(ControlLink).filter(
        Q(organisation__in=members) | Q(controlled_by__in=members)
    )
    kept = [
        *aid.select_related("history_user").order_by("-history_date", "-history_id")[:most],
        *ties.select_related("history_user").order_by("-history_date", "-history_id")[:most],
    ]
    newest = sorted(kept, key=lambda one: one.history_date, reverse=True)[:most]
    names = _names(newest)
    return [_change(one, names) for one in newest]


def _names(kept: Sequence[Any]) -> dict[int, str]:
    wanted = {one.organisation_id for one in kept}
    wanted |= {one.controlled_by_id for one in kept if hasattr(one, "controlled_by_id")}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _change(kept: Any, names: dict[int, str]) -> Change:
    by = str(kept.history_user) if kept.history_user else ""
    if hasattr(kept, "controlled_by_id"):
        pair = names.get(kept.organisation_id, ""), names.get(kept.controlled_by_id, "")
        return Change(_CONTROL[kept.history_type], kept.history_date, by, names=pair)
    return Change(_AID[kept.history_type], kept.history_date, by, aid=kept)

"""What may still be granted to an undertaking, by state and regulation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from alpclusters.analysis.funding.headroom import REGULATIONS, Grant, Headroom, headroom
from alpclusters.platform.funding.models import DeMinimisAid

# Money of this state is under no regulation of the EU.
WITHOUT: Final = "CH"


@dataclass(frozen=True, slots=True)
class StateRoom:
    """The room that one state has for an undertaking under one regulation."""

    state: str
    room: Headroom


def rooms_of(aid: Iterable[DeMinimisAid], *, country: str, on: date) -> Sequence[StateRoom]:
    """Return the room of each state that granted something, and of the undertaking's own.

    The general regulation always; another one where something was granted under it.

    Parameters
    ----------
    aid : iterable of DeMinimisAid
        Of the whole undertaking.
    country : str
        Two letters; empty where nobody knows it.
    on : date
        The day of the grant that is thought of.
    """
    entries = list(aid)
    states = dict.fromkeys([country, *sorted({one.state for one in entries})])
    found = []
    for state in states:
        own = [one for one in entries if one.state == state]
        # The database lets only names of regulations in.
        grants = [Grant(one.granted_on, one.amount_ct, one.regulation) for one in own]  # type: ignore[arg-type]
        used = {"general", *(one.regulation for one in own)}
        if state and state != WITHOUT:
            wanted = (name for name in REGULATIONS if name in used)
            found += [StateRoom(state, headroom(grants, name, on=on)) for name in wanted]
    return found

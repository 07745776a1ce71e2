"""The design of a joint call: its table, the sets that work, and what keeps others out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.schemes import (
    SIX_WEEKS,
    Joining,
    JointCall,
    Scheme,
    joint_call,
    let_join,
    read_scheme,
    read_values,
)
from alpclusters.platform.funding.models import RegionalScheme, SynchronisedScheme

# More would need a search that a page does not wait for.
MOST_SCHEMES: Final = 24


@dataclass(frozen=True, slots=True)
class Joiner:
    """A scheme outside the set, and what would let it in."""

    scheme: RegionalScheme
    joining: Joining

    @property
    def fits(self) -> bool:
        """Whether it could join as it is."""
        return not self.joining.conflicts


@dataclass(frozen=True, slots=True)
class Design:
    """A joint call as its project designs it.

    Attributes
    ----------
    chosen : tuple of RegionalScheme
    call : JointCall
        Over all chosen schemes.
    members : tuple of RegionalScheme
        The set that is looked at: all chosen ones if they fit, else the first set that works.
    outside : tuple of Joiner
        Other chosen schemes, then schemes that were not chosen.
    unreadable : tuple of RegionalScheme
        Chosen schemes whose attributes cannot be read; they are left out.
    """

    chosen: tuple[RegionalScheme, ...]
    call: JointCall
    members: tuple[RegionalScheme, ...]
    outside: tuple[Joiner, ...]
    unreadable: tuple[RegionalScheme, ...]


def schemes_of(rows: Iterable[RegionalScheme]) -> tuple[dict[str, Scheme], list[RegionalScheme]]:
    """Return schemes as the method takes them by key, and rows that cannot be read."""
    found, unreadable = {}, []
    for row in rows:
        try:
            found[row.key] = read_scheme(record_of(row))
        except AnalysisError:
            unreadable.append(row)
    return found, unreadable


def record_of(row: RegionalScheme) -> dict[str, Any]:
    """Return a scheme as `read_scheme` takes it."""
    return {
        "id": row.key,
        "region": row.region,
        "attributes": row.attributes,
        "budget_ct": row.budget_ct,
        "changes": row.changes,
    }


def read_design(design: SynchronisedScheme, *, members: Sequence[str] = ()) -> Design:
    """Compute a design (two queries).

    Parameters
    ----------
    design : SynchronisedScheme
    members : sequence of str
        Keys of the set to look at; a set that does not work, or empty, takes the first that does.
    """
    rows = {row.key: row for row in RegionalScheme.objects.all()}
    keys = set(design.schemes.values_list("key", flat=True).order_by())
    schemes, unreadable = schemes_of(rows.values())
    chosen = [key for key in rows if key in keys and key in schemes][:MOST_SCHEMES]
    wishes, min_days = wishes_of(design)
    call = joint_call([schemes[key] for key in chosen], wishes=wishes, min_days=min_days)
    inside = _members(call, members)
    others = [*(k for k in chosen if k not in inside), *(k for k in schemes if k not in keys)]
    joined = [
        Joiner(
            rows[key],
            let_join([schemes[k] for k in inside], schemes[key], wishes=wishes, min_days=min_days),
        )
        for key in (others if inside else ())
    ]
    return Design(
        chosen=tuple(rows[key] for key in chosen),
        call=call,
        members=tuple(rows[key] for key in inside),
        outside=tuple(joined),
        unreadable=tuple(row for row in unreadable if row.key in keys),
    )


def wishes_of(design: SynchronisedScheme) -> tuple[Mapping[str, Any], int]:
    """Return what the call asks, and its shortest window; wishes that cannot be read are none."""
    stored = design.wishes if isinstance(design.wishes, dict) else {}
    min_days = stored.get("min_days")
    try:
        values = read_values(stored.get("attributes", {}))
    except AnalysisError:
        values = {}
    return values, min_days if isinstance(min_days, int) and min_days > 0 else SIX_WEEKS


def _members(call: JointCall, wanted: Sequence[str]) -> tuple[str, ...]:
    asked = set(wanted)
    fitting = [one.schemes for one in call.sets if set(one.schemes) == asked]
    first = [one.schemes for one in call.sets[:1]]
    return next(iter([*fitting, *first]), ())

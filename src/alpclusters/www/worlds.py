"""A page about several things shows those of one world: the real ones, or asked for the simulated.

What is invented is shown unasked only where nothing real is there to show, as on an installation
with nothing but the demonstration. The address says which world was asked for: ``?simulated=1``.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from alpclusters.platform.worlds import of_world

NAME: Final = "simulated"


@dataclass(frozen=True, slots=True)
class Side:
    """Which world a page shows, and where the same page shows the other one.

    Attributes
    ----------
    is_simulated : bool
    other_url : str
        Empty where there is nothing of the other world.
    """

    is_simulated: bool
    other_url: str = ""


def asked_in(parameters: QueryDict) -> bool | None:
    """Read which world an address asks for; None where it says nothing."""
    return {"1": True, "0": False}.get(parameters.get(NAME, ""))


def write_world(parameters: QueryDict, is_simulated: bool | None) -> None:  # noqa: FBT001 - what an address says
    """Write which world a list shows; the real one is the usual one and left out."""
    if is_simulated:
        parameters[NAME] = "1"


def shown(asked: bool | None, *rows: QuerySet[Any]) -> bool:  # noqa: FBT001 - what an address says
    """Say whether the simulated world is shown."""
    if asked is not None:
        return asked
    return _has(rows, is_simulated=True) and not _has(rows, is_simulated=False)


def side_of(request: HttpRequest, *rows: QuerySet[Any]) -> Side:
    """Choose the world of a page from its address and from what there is.

    Parameters
    ----------
    request : HttpRequest
    *rows : QuerySet
        What the page is about, of both worlds.
    """
    found, other = asked_in(request.GET), not asked_in(request.GET)
    has_other = _has(rows, is_simulated=other)
    if found is None:
        # Nobody said: simulated things alone are shown at once.
        found = has_other and not _has(rows, is_simulated=False)
        has_other = has_other and not found
    return Side(found, other_address(request, found) if has_other else "")


def other_address(request: HttpRequest, is_simulated: bool) -> str:  # noqa: FBT001 - the world that is shown
    """Return the address of the same page in the other world, at its beginning."""
    query = request.GET.copy()
    query.pop("page", None)
    query[NAME] = str(int(not is_simulated))
    return f"{request.path}?{query.urlencode()}"


def in_world(url: str, *, is_simulated: bool) -> str:
    """Return the address of a list in one world, as a number counted in that world needs it."""
    if not is_simulated:
        return url
    return f"{url}{'&' if '?' in url else '?'}{NAME}=1"


def _has(rows: tuple[QuerySet[Any], ...], *, is_simulated: bool) -> bool:
    return any(of_world(some, is_simulated=is_simulated).exists() for some in rows)

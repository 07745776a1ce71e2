"""How an AlpCafé runs: what people decide about it, and what stays once it was opened."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.cafe.models import AlpCafe, events
from alpclusters.platform.fields import fields_of


def _of(*parts: str) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(AlpCafe, lambda it: it.part in parts))


NEEDED: Final = _of(events.NEEDED)
DECIDED: Final = _of(events.EVENT, events.HALL, events.COURSE)
# What the phones are made for once the AlpCafé is open.
OF_COURSE: Final = _of(events.COURSE)


def apply_programme(cafe: AlpCafe, programme: Mapping[str, Any]) -> None:
    """Set columns of an AlpCafé; once it was opened its course stays as it is.

    Raises
    ------
    ValueError
        A name is of no column that people decide about.
    """
    unknown = programme.keys() - set(DECIDED)
    if unknown:
        raise ValueError(f"nobody decides about {', '.join(sorted(unknown))}")
    kept = () if cafe.state == AlpCafe.State.DRAFT else OF_COURSE
    for name, value in programme.items():
        if name not in kept:
            setattr(cafe, name, value)

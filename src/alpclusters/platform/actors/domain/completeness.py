"""How much of a profile is filled, and which field would help most.

Weights and fields: docs/methods/profiles.md.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.text import column_of

WEIGHTS: Final = {
    "identity": 15,
    "place": 10,
    "what": 20,
    "members": 20,
    "management": 10,
    "international": 10,
    "label": 5,
    "life": 10,
}
LABEL_OR_PROGRAMME: Final = "label_or_programme"


def _counting(model: type[Model], group: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields_of(model, lambda one: one.counts == group))


_OF_ORGANISATION: Final = {group: _counting(Organisation, group) for group in WEIGHTS}
_OF_PROFILE: Final = {group: _counting(ClusterOrganisation, group) for group in WEIGHTS}
REQUIRED: Final = {group: (*_OF_ORGANISATION[group], *_OF_PROFILE[group]) for group in WEIGHTS} | {
    "label": (LABEL_OR_PROGRAMME,)
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The score of a profile.

    Attributes
    ----------
    score : int
        0 to 100: the sum over groups of weight times share of filled required fields, rounded.
    group : str
        The group of the next most useful field; empty at 100.
    field : str
        That field; empty at 100.
    gain : float
        By how much the score would rise.
    """

    score: int
    group: str = ""
    field: str = ""
    gain: float = 0.0


def score(filled: frozenset[str]) -> Completeness:
    """Weigh what is filled.

    Parameters
    ----------
    filled : frozenset of str
        Names out of `REQUIRED`.

    Returns
    -------
    Completeness
        With the unfilled field of the largest weight / number of required fields of its group;
        ties go by the order of the groups and fields.

    Examples
    --------
    >>> score(frozenset()).field, score(frozenset({"name"})).score
    ('sectors', 3)
    """
    total = sum(_gain(group) for group, names in REQUIRED.items() for n in names if n in filled)
    open_fields = [(g, n) for g, names in REQUIRED.items() for n in names if n not in filled]
    if not open_fields:
        return Completeness(round(total))
    group, name = max(open_fields, key=lambda pair: _gain(pair[0]))
    return Completeness(round(total), group, name, _gain(group))


def filled_fields(cluster: Any, *, has_label: bool) -> frozenset[str]:
    """Return the required fields that a row has; zero and "no" count as filled."""
    names = [name for fields in REQUIRED.values() for name in fields]
    return frozenset(name for name in names if _is_filled(cluster, name, has_label=has_label))


def _is_filled(cluster: Any, name: str, *, has_label: bool) -> bool:
    if name == LABEL_OR_PROGRAMME:
        return has_label or bool(cluster.programme)
    if name == "english_page":
        return bool(cluster.english_page) or cluster.has_english_page is not None
    is_of_organisation = any(name in names for names in _OF_ORGANISATION.values())
    thing = cluster.organisation if is_of_organisation else cluster
    value = getattr(thing, column_of(thing, name))
    return value not in (None, "", [], {})


def _gain(group: str) -> float:
    return WEIGHTS[group] / len(REQUIRED[group])

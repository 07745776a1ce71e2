"""What use of the codebook suggests: codes nobody needed, and an "other" that is asked too often.

Nothing is changed by it: a person decides in the next version.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import Count

from alpclusters.platform.evidence.domain.codebook.editing import is_changeable
from alpclusters.platform.evidence.domain.codebook.fields import CODED, CodeField
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Activity, Code, Codebook

# Our rules: after so many initiatives a code nobody used may go.
ENOUGH_INITIATIVES: Final = 20
# "Other" chosen at least so often, and in this share of the answers to its field.
ENOUGH_OTHERS: Final = 10
FREQUENT_SHARE: Final = 0.2
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code to look at.

    Attributes
    ----------
    code : Code
    kind : str
        ``remove`` or ``split``.
    n_used : int
        In how many activities it was chosen.
    n_answered : int
        In how many activities its field was answered.
    """

    code: Code
    kind: Literal["remove", "split"]
    n_used: int
    n_answered: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often the codes of a field were chosen, and in how many activities it was answered."""

    chosen: Counter[str]
    n_answered: int


def n_initiatives_coded() -> int:
    """Count initiatives with at least one coded activity."""
    coded = Activity.objects.exclude(state=Activity.State.OPEN)
    return coded.aggregate(n=Count("initiative", distinct=True))["n"] or 0


def proposals(book: Codebook) -> list[Proposal]:
    """Return what use suggests for a version; only of fields whose codes may change."""
    n = n_initiatives_coded()
    fields = [field for field in CODED if is_changeable(field.name)]
    return [found for field in fields for found in _of_field(book, field, use_of(field), n)]


def use_of(field: CodeField) -> Use:
    """Count the codes of a field in all coded activities, as far as they are open to all."""
    coded = Activity.objects.exclude(state=Activity.State.OPEN)
    if field.is_many:
        lists = [keys for keys in coded.values_list(field.name, flat=True).iterator() if keys]
        return Use(Counter(key for keys in lists for key in set(keys)), len(lists))
    rows = coded.exclude(**{field.name: ""}).values_list(field.name).order_by(field.name)
    chosen = Counter(dict(rows.annotate(n=Count("pk"))))
    return Use(chosen, chosen.total())


def _of_field(book: Codebook, field: CodeField, use: Use, n: int) -> list[Proposal]:
    found = []
    for code in codes_of(book, field.name):
        n_used = use.chosen[code.key]
        if code.key != OTHER and n_used == 0 and n >= ENOUGH_INITIATIVES:
            found.append(Proposal(code, "remove", 0, use.n_answered))
        if code.key == OTHER and _is_frequent(n_used, use.n_answered):
            found.append(Proposal(code, "split", n_used, use.n_answered))
    return found


def _is_frequent(n_used: int, n_answered: int) -> bool:
    return n_used >= ENOUGH_OTHERS and n_used >= FREQUENT_SHARE * n_answered

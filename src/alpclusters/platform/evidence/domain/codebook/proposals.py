"""What use of the codebook suggests: codes nobody needed, and an "other" that is asked too often.

Nothing is changed by it: a person decides in the next version.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import Count, QuerySet

from alpclusters.platform.evidence.domain.codebook.editing import is_changeable
from alpclusters.platform.evidence.domain.codebook.fields import CODED, CodeField
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Activity, Code, Codebook

# Our rules: after so many initiatives whose coders answered the field a code nobody used may go.
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
    """How often the codes of a field were chosen.

    Attributes
    ----------
    chosen : Counter of str
        Activities by code.
    n_answered, n_initiatives : int
        Activities in which the field was answered, and their initiatives.
    """

    chosen: Counter[str]
    n_answered: int
    n_initiatives: int


def n_initiatives_coded() -> int:
    """Count initiatives that people coded at least one activity of."""
    return _coded().aggregate(n=Count("initiative", distinct=True))["n"] or 0


def proposals(book: Codebook) -> list[Proposal]:
    """Return what use suggests for a version; only of fields whose codes may change."""
    fields = [field for field in CODED if is_changeable(field.name)]
    return [found for field in fields for found in _of_field(book, field, use_of(field))]


def use_of(field: CodeField) -> Use:
    """Count the codes of a field in all coded activities, as far as they are open to all."""
    rows = _coded().values_list(field.name, "initiative").iterator()
    answers = [([keys] if isinstance(keys, str) else keys, of) for keys, of in rows if keys]
    return Use(
        Counter(key for keys, _of in answers for key in set(keys)),
        len(answers),
        len({of for _keys, of in answers}),
    )


def _coded() -> QuerySet[Activity]:
    """Return what people coded: neither the facts of the seed nor what is simulated."""
    done = Activity.objects.exclude(state=Activity.State.OPEN)
    return done.filter(is_seeded=False, is_simulated=False).order_by()


def _of_field(book: Codebook, field: CodeField, use: Use) -> list[Proposal]:
    found = []
    for code in codes_of(book, field.name):
        n_used = use.chosen[code.key]
        if code.key != OTHER and n_used == 0 and use.n_initiatives >= ENOUGH_INITIATIVES:
            found.append(Proposal(code, "remove", 0, use.n_answered))
        if code.key == OTHER and _is_frequent(n_used, use.n_answered):
            found.append(Proposal(code, "split", n_used, use.n_answered))
    return found


def _is_frequent(n_used: int, n_answered: int) -> bool:
    return n_used >= ENOUGH_OTHERS and n_used >= FREQUENT_SHARE * n_answered

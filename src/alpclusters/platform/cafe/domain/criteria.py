"""A criterion that an organiser writes: a question, and the scale of its answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.models import Criterion, Rating
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts, texts_of, yes

type Words = Mapping[str, str]

# Steps of the kinds that leave no choice, with the words they have where nobody writes others.
_FIXED: Final = {
    Kind.YES_NO: {0: _("No"), 1: _("Yes")},
    Kind.AGREEMENT: {-1: _("against"), 0: _("neither for nor against"), 1: _("for")},
}
_LONGEST_KEY: Final = 40


def steps_of_kind(kind: Kind, low: int, high: int) -> tuple[int, ...]:
    """Return the steps of a scale; yes and no, and against and for, ask for no ends.

    Examples
    --------
    >>> steps_of_kind(Kind.ORDERED, 1, 7), steps_of_kind(Kind.YES_NO, 1, 7)
    ((1, 2, 3, 4, 5, 6, 7), (0, 1))
    """
    return tuple(_FIXED.get(kind, range(low, high + 1)))


def scale_with(kind: Kind, steps: tuple[int, ...], words: Mapping[str, Sequence[str]]) -> Scale:
    """Give steps their words.

    Parameters
    ----------
    kind : Kind
    steps : tuple of int
    words : mapping of str to sequence of str
        By language one for each step, lowest first; a language without any is left out.

    Raises
    ------
    ScaleError
        The steps are none of this kind.
    """
    said = {code: own for code, own in words.items() if own}
    if not said and kind in _FIXED:
        said = {
            code: [translator(code).gettext(word) for word in _FIXED[kind].values()]
            for code in LANGUAGE_CODES
        }
    labels = tuple({code: own[place] for code, own in said.items()} for place in range(len(steps)))
    return Scale(kind, steps, labels)


@transaction.atomic
def create_criterion(name: Words, question: Words, scale: Scale) -> Criterion:
    """Store a criterion that AlpCafés can choose; it is never changed, since answers hang on it."""
    last = Criterion.objects.aggregate(last=Max("order"))["last"] or 0
    return Criterion.objects.create(
        key=_free_key(name), name=name, question=question, scale=scale, order=last + 1
    )


def _free_key(name: Words) -> str:
    words = name.get("en") or next((text for text in name.values() if text), "")
    base = slugify(words)[:_LONGEST_KEY].strip("-").replace("-", "_") or "criterion"
    taken = set(Criterion.objects.values_list("key", flat=True))
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(key for key in numbered if key not in taken)


def off_scale() -> dict[str, int]:
    """Count the ratings that are no step of their criterion's scale, by its key."""
    found = {
        criterion.key: Rating.objects.filter(criterion=criterion, value__isnull=False)
        .exclude(value__in=criterion.scale.steps)
        .count()
        for criterion in Criterion.objects.order_by("order", "pk")
    }
    return {key: n for key, n in found.items() if n}


# --- The criteria of a rating sheet from ``seeds/criteria.csv`` -----------------------------------


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
TEXTS: Final = ("name", "question")


def load_seeds() -> None:
    """Store the criteria; texts that people edited stay."""
    rows = [_criterion(row) for row in read_rows(SEEDS / "criteria.csv")]
    store_rows(Criterion, rows, key=("key",))


def _criterion(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "order": int(row["order"]),
        "is_default": yes(row["is_default"]),
        "scale": scale_of(row),
        **texts(row, *TEXTS),
    }


def scale_of(row: Row) -> Scale:
    """Read the scale of a row: its kind, its steps, and of each step the words ``step_1``."""
    steps = [int(step) for step in row["steps"].split("|")]
    labels = [texts_of(row, f"step_{step}") for step in steps]
    return Scale(Kind(row["kind"]), tuple(steps), tuple(labels))

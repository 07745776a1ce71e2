"""The fields of the coding form: which there are, on what scale, in which order they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Scale = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class CodeField:
    """One question of the coding form.

    Attributes
    ----------
    name : str
        The name of the column in `Activity` and of the key in ``Coding.values``.
    label : lazy str
        Its short name.
    scale : str
        How answers are compared: nominal, ordinal or interval.
    is_many : bool
        Whether several codes may be chosen.
    is_number : bool
        Whether the answer is a number instead of a code.
    question : lazy str
        The question in one sentence.
    """

    name: str
    label: str | Promise
    scale: Scale = "nominal"
    is_many: bool = False
    is_number: bool = False
    question: str | Promise = ""


FIELDS: Final[tuple[CodeField, ...]] = (
    CodeField(
        "measure_type",
        _("Type of measure"),
        question=_("Which of the 26 types of the catalogue comes closest to what was done?"),
    ),
    CodeField(
        "scope",
        _("Reach"),
        question=_("How far apart are those who took part?"),
    ),
    CodeField(
        "audience",
        _("For whom"),
        is_many=True,
        question=_("Whom was the activity meant for? Several answers are possible."),
    ),
    CodeField(
        "outcome_status",
        _("After the funding"),
        question=_("What became of it when the funding had ended?"),
    ),
    CodeField(
        "outcome_months",
        _("Months after the funding"),
        scale="interval",
        is_number=True,
        question=_(
            "How many months after the end of the funding was it last known to go on, "
            "or first known to have ended?"
        ),
    ),
    CodeField(
        "payer_after",
        _("Who pays now"),
        is_many=True,
        question=_("Who has paid for it since the funding ended? Several answers are possible."),
    ),
    CodeField(
        "source_type",
        _("Kind of source"),
        question=_("What kind of source says so?"),
    ),
    CodeField(
        "context",
        _("Context"),
        question=_("In what kind of area did it take place?"),
    ),
    CodeField(
        "success_factors",
        _("What helped"),
        is_many=True,
        question=_("What does the source say helped? Several answers are possible."),
    ),
    CodeField(
        "failure_reasons",
        _("What hindered"),
        is_many=True,
        question=_("What does the source say hindered it? Several answers are possible."),
    ),
)
NAMES: Final[tuple[str, ...]] = tuple(field.name for field in FIELDS)
# Of a field with several answers: these stand alone.
ALONE: Final[Mapping[str, frozenset[str]]] = {"payer_after": frozenset({"none", "unknown"})}
# The codes of this field are the types of the catalogue of measures.
FROM_CATALOGUE: Final = "measure_type"
# The fields whose codes stand in the codebook itself.
CODED: Final[tuple[CodeField, ...]] = tuple(
    field for field in FIELDS if not field.is_number and field.name != FROM_CATALOGUE
)


def field_named(name: str) -> CodeField:
    """Return a field by its name; an unknown name is an error of the program."""
    return next(field for field in FIELDS if field.name == name)

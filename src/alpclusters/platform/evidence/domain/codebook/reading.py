"""Reading the codebook: the version in force, its codes, their names, and whether a value fits.

A codebook keeps its codes once they were asked for: a page asks `current_codebook` once and
hands it on to `codes_of` and `code_label`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.measures.models import Measure

# --- The fields of the coding form: which there are, on what scale, in which order they are asked


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


# --- Reading the codebook: the version in force, its codes, their names, and whether a value fits


LONGEST_MONTHS: Final = 600
_KEPT: Final = "_codes_by_field"

type Value = str | int | list[str] | None


def current_codebook() -> Codebook:
    """Return the newest published version; without one (no seeds) the newest of all.

    Raises
    ------
    Codebook.DoesNotExist
        There is none at all: the seeds were not loaded.
    """
    published = Codebook.objects.filter(published_at__isnull=False).order_by("-number").first()
    return published or Codebook.objects.latest("number")


def codes_of(codebook: Codebook, field: str, *, with_retired: bool = False) -> list[Code]:
    """Return the codes of a field in their order; retired ones only when asked for.

    The codes of ``measure_type`` are the types of the catalogue of measures and are not stored.
    """
    codes = _kept(codebook, field)
    return [code for code in codes if with_retired or not code.is_retired]


def code_label(field: str, key: str, codebook: Codebook | None = None) -> str:
    """Return the name of a code in the active language; an unknown key comes back as it is."""
    try:
        book = codebook or current_codebook()
    except Codebook.DoesNotExist:
        return key
    found = (code.label for code in _kept(book, field) if code.key == key)
    return next(found, "") or key


def checked_value(field: str, raw: Any, codebook: Codebook) -> Value:
    """Read the answer to one field; an empty answer is None, or an empty list.

    Parameters
    ----------
    field : str
        A name of `fields.FIELDS`.
    raw : str, int, list of str or None
        What was sent.
    codebook : Codebook
        The version in which it must be a code that is in use.

    Raises
    ------
    InputError
        The value is no code of the field, is several where one is asked, is one that stands alone
        beside others, or no number of months.
    """
    asked = field_named(field)
    if asked.is_number:
        return _months(asked, raw)
    keys = [str(key).strip() for key in (raw if isinstance(raw, list | tuple) else [raw or ""])]
    chosen = list(dict.fromkeys(key for key in keys if key))
    if not asked.is_many and len(chosen) > 1:
        raise InputError("codebook.one_only", where=Where(field=field), found=", ".join(chosen))
    alone = ALONE.get(field, frozenset()) & set(chosen)
    if alone and len(chosen) > 1:
        raise InputError("codebook.not_with_others", where=Where(field=field), found=min(alone))
    ordered = _in_order(asked, chosen, codebook)
    return ordered if asked.is_many else next(iter(ordered), None)


def _in_order(asked: CodeField, chosen: list[str], codebook: Codebook) -> list[str]:
    known = [code.key for code in codes_of(codebook, asked.name)]
    for key in chosen:
        if key not in known:
            raise InputError(
                "codebook.unknown_code",
                where=Where(field=asked.name),
                found=key,
                expected=", ".join(known),
            )
    return [key for key in known if key in chosen]


def _months(asked: CodeField, raw: Any) -> int | None:
    text = "" if raw is None else str(raw).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST_MONTHS):
        raise InputError(
            "codebook.no_months",
            where=Where(field=asked.name),
            found=text,
            expected=f"0 … {LONGEST_MONTHS}",
        )
    return int(text)


def _kept(codebook: Codebook, field: str) -> list[Code]:
    kept: dict[str, list[Code]] | None = getattr(codebook, _KEPT, None)
    if kept is None:
        kept = _load(codebook)
        setattr(codebook, _KEPT, kept)
    if field == FROM_CATALOGUE and field not in kept:
        kept[field] = _types()
    return kept.get(field, [])


def forget(codebook: Codebook) -> None:
    """Let go of the kept codes after a change."""
    if hasattr(codebook, _KEPT):
        delattr(codebook, _KEPT)


def _load(codebook: Codebook) -> dict[str, list[Code]]:
    by_field: dict[str, list[Code]] = defaultdict(list)
    for code in Code.objects.filter(codebook=codebook).order_by("field", "order", "pk"):
        by_field[code.field].append(code)
    return dict(by_field)


def _texts(measure: Measure) -> dict[str, str]:
    return {"label": measure.name, "definition": measure.description}


def _types() -> list[Code]:
    """Return the types of the catalogue as codes that are not stored."""
    measures = Measure.objects.filter(project__isnull=True).order_by("order", "pk")
    return [
        Code(
            field=FROM_CATALOGUE,
            key=measure.type_key,
            order=measure.order,
            **_texts(measure),
        )
        for measure in measures
        if measure.key == measure.type_key
    ]


# --- Reading old codings in a newer version of the codebook; the codings themselves never change
#
# A version carries a list of how codes of the version before are read in it: one code takes the
# place of another, several do (the code was split), or none does.


type Steps = Mapping[int, Mapping[tuple[str, str], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Read:
    """A value as a newer version reads it.

    Attributes
    ----------
    value : code, list of codes, number or None
        What can be said for certain.
    unclear : tuple of str
        Codes of which a person has to say by which of several they are replaced.
    dropped : tuple of str
        Codes that nothing replaces.
    """

    value: Value
    unclear: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recoder:
    """All recode lists of the published versions, by the version they lead to."""

    steps: Steps

    @classmethod
    def known(cls) -> "Recoder":
        """Return the recode lists of all versions, in one query."""
        rows = Codebook.objects.order_by("number").values_list("number", "recodes")
        return cls.of(rows)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, list[dict[str, Any]]]]) -> "Recoder":
        """Build it from numbers of versions and their recode lists."""
        return cls(
            {
                number: {(line["field"], line["from"]): tuple(line["to"]) for line in recodes or []}
                for number, recodes in rows
            }
        )

    def read(self, field: str, value: Value, from_version: int, to_version: int) -> Read:
        """Read the answer to one field, given in one version, in the same or a newer one.

        Examples
        --------
        >>> lists = [(2, [{"field": "scope", "from": "third_country", "to": ["overseas"]}])]
        >>> Recoder.of(lists).read("scope", "third_country", 1, 2).value
        'overseas'
        """
        if value is None or isinstance(value, int):
            return Read(value)
        codes = [value] if isinstance(value, str) else list(value)
        unclear: list[str] = []
        dropped: list[str] = []
        for number in range(from_version + 1, to_version + 1):
            codes = self._step(number, field, codes, unclear, dropped)
        found = list(dict.fromkeys(codes))
        if isinstance(value, str):
            return Read(next(iter(found), None), tuple(unclear), tuple(dropped))
        return Read(found, tuple(unclear), tuple(dropped))

    def _step(
        self, number: int, field: str, codes: list[str], unclear: list[str], dropped: list[str]
    ) -> list[str]:
        lines = self.steps.get(number, {})
        found = []
        for code in codes:
            to = lines.get((field, code), (code,))
            if len(to) == 1:
                found.append(to[0])
            else:
                (unclear if to else dropped).append(code)
        return found


def read_in(value: Value, from_version: int, to_version: int, *, field: str) -> Value:
    """Read one answer in a newer version; what is not clear or was dropped is left out."""
    return Recoder.known().read(field, value, from_version, to_version).value

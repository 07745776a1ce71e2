"""Reading the codebook: the version in force, its codes, their names, and whether a value fits.

A codebook keeps its codes once they were asked for: a page asks `current_codebook` once and
hands it on to `codes_of` and `code_label`.
"""

from collections import defaultdict
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.evidence.domain.codebook.fields import (
    ALONE,
    FROM_CATALOGUE,
    CodeField,
    field_named,
)
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.measures.models import Measure

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

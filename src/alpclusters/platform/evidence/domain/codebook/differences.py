"""What differs between two versions of the codebook."""

from dataclasses import dataclass
from enum import StrEnum

from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.domain.codebook.fields import CODED
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Code, Codebook


class Difference(StrEnum):
    """What happened to a code."""

    ADDED = "added"
    RETIRED = "retired"
    RESTORED = "restored"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """One code that differs.

    Attributes
    ----------
    field, key : str
    kind : Difference
    before, after : Code or None
        The code in both versions.
    texts : tuple of (str, str)
        Texts and languages whose words differ, such as ``("definition", "sl")``.
    into : tuple of str
        Which codes take the place of a retired one.
    """

    field: str
    key: str
    kind: Difference
    before: Code | None
    after: Code | None
    texts: tuple[tuple[str, str], ...] = ()
    into: tuple[str, ...] = ()


def differences(older: Codebook, newer: Codebook) -> list[CodeDifference]:
    """Return the codes that differ, in the order of fields and codes."""
    lines = {(line["field"], line["from"]): tuple(line["to"]) for line in newer.recodes}
    found: list[CodeDifference] = []
    for each in CODED:
        before = {code.key: code for code in codes_of(older, each.name, with_retired=True)}
        for code in codes_of(newer, each.name, with_retired=True):
            into = lines.get((each.name, code.key), ())
            found += _differences(before.get(code.key), code, into)
    return found


def _differences(before: Code | None, after: Code, into: tuple[str, ...]) -> list[CodeDifference]:
    kind = _kind(before, after)
    words = _words(before, after) if before else ()
    if kind is None:
        return []
    return [CodeDifference(after.field, after.key, kind, before, after, words, into)]


def _kind(before: Code | None, after: Code) -> Difference | None:
    if before is None:
        return None if after.is_retired else Difference.ADDED
    if before.is_retired != after.is_retired:
        return Difference.RETIRED if after.is_retired else Difference.RESTORED
    return Difference.REWORDED if _words(before, after) else None


def _words(before: Code, after: Code) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, language)
        for name in TEXTS
        for language in getattr(before, name).differing(getattr(after, name))
    )

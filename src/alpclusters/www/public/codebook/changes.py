"""What differs between two versions, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.codebook.differences import (
    CodeDifference,
    Difference,
    differences,
)
from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.domain.codebook.fields import field_named
from alpclusters.platform.evidence.domain.codebook.reading import code_label
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.site.inputs import lazy_label_of

PARTS: Final = {name: lazy_label_of(Code, name) for name in TEXTS}
# kind: words, tone, icon
KINDS: Final = {
    Difference.ADDED: (gettext_lazy("new"), "good", "plus"),
    Difference.RETIRED: (gettext_lazy("no longer in use"), "warn", "x"),
    Difference.RESTORED: (gettext_lazy("in use again"), "good", "undo-2"),
    Difference.REWORDED: (gettext_lazy("other words"), "", "pencil"),
}


@dataclass(frozen=True)
class ChangeView:
    """One code that differs."""

    field: Any
    label: str
    key: str
    kind: Any
    tone: str
    icon: str
    note: str
    texts: Sequence[tuple[Any, Side, Side]]
    elsewhere: Sequence[str]


def read_changes(older: Codebook, newer: Codebook) -> list[ChangeView]:
    """Put the differences of two versions into words."""
    return [_view(found, newer) for found in differences(older, newer)]


def _view(found: CodeDifference, newer: Codebook) -> ChangeView:
    language = nearest_language(get_language())
    code = found.after or found.before
    kind, tone, icon = KINDS[found.kind]
    other = {code for _part, code in found.texts} - {language}
    return ChangeView(
        field=field_named(found.field).label,
        label=code.label if code else found.key,
        key=found.key,
        kind=kind,
        tone=tone,
        icon=icon,
        note=_note(found, newer),
        texts=[text for part in PARTS for text in _texts(found, part, language)],
        elsewhere=sorted(code.upper() for code in other),
    )


def _note(found: CodeDifference, newer: Codebook) -> str:
    if found.kind != Difference.RETIRED:
        return ""
    names = [code_label(found.field, key, newer) for key in found.into]
    if not names:
        return _("Nothing takes its place; older codings keep it.")
    if len(names) == 1:
        return _("Read as: %(name)s.") % {"name": names[0]}
    return _("Split into: %(names)s. A person has to say which one fits.") % {
        "names": ", ".join(names)
    }


def _texts(found: CodeDifference, part: str, language: str) -> list[tuple[Any, Side, Side]]:
    if (part, language) not in found.texts:
        return []
    before, after = (getattr(one, part).inside(language) for one in (found.before, found.after))
    left, right = compare(before, after)
    return [(PARTS[part], Side(_("Before"), left, language), Side(_("After"), right, language))]

"""One field before and after, word by word."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.workspace.funding_entries.words import (
    field_language,
    field_title,
    value_words,
)


@dataclass(frozen=True)
class Difference:
    """A field with both sides."""

    title: str
    before: Side
    after: Side


def difference(path: str, before: Any, after: Any) -> Difference:
    """Put the change of a field into words."""
    left, right = compare(value_words(path, before), value_words(path, after))
    code = field_language(path)
    return Difference(
        field_title(path), Side(_("Before"), left, code), Side(_("After"), right, code)
    )

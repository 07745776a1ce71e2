"""The versions of a recommendation: the list, and any two word by word in a language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.text_versions import (
    FieldDiff,
    TextVersion,
    changed_languages,
    diff_of,
    versions_of,
)
from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.public.initiatives.said import Said
from alpclusters.www.public.recommendations.reasons import reason_in

_NAMES: Final = dict(LANGUAGES)
_STATES: Final = dict(Recommendation.State.choices)


@dataclass(frozen=True)
class VersionView:
    """One version of the list."""

    number: int
    made_at: Any
    made_by: str
    state: Any
    reason: Said
    languages: str


@dataclass(frozen=True)
class DiffView:
    """One text of two versions."""

    label: Any
    lang: str
    pieces: Sequence[Any]
    is_same: bool


@dataclass(frozen=True)
class VersionsPage:
    """The list and the comparison chosen."""

    versions: Sequence[VersionView]
    old: int
    new: int
    language: str
    languages: Sequence[tuple[str, str]]
    diffs: Sequence[DiffView]
    differing: str

    @property
    def can_compare(self) -> bool:
        """Say whether there are two."""
        return len(self.versions) > 1


def read_versions(
    found: Recommendation,
    data: QueryDict,
    *,
    states: Collection[str] | None = None,
    with_people: bool = True,
) -> VersionsPage:
    """Read the versions and the comparison asked for: by default the last change of a text."""
    rows = versions_of(found, RECOMMENDATION, states=states)
    numbers = [row.number for row in rows]
    new = _number(data, "to", numbers, _last_change(rows))
    before = [number for number in numbers if number < new]
    old = _number(data, "from", numbers, before[0] if before else new)
    language = data.get("language", "")
    language = language if language in _NAMES else nearest_language(get_language())
    diffs = diff_of(found, RECOMMENDATION, old, new, language=language) or ()
    differing = changed_languages(found, RECOMMENDATION, old, new)
    return VersionsPage(
        versions=[_version(row, with_people=with_people) for row in rows],
        old=old,
        new=new,
        language=language,
        languages=LANGUAGES,
        diffs=[_diff(one) for one in diffs],
        differing=", ".join(_NAMES[code] for code in differing),
    )


def _last_change(rows: Sequence[TextVersion]) -> int:
    """Return the newest version in which a text changed, else the newest; the first has no past."""
    changed = (row.number for row in rows[:-1] if row.languages)
    return next(changed, rows[0].number if rows else 0)


def _number(data: QueryDict, name: str, known: Sequence[int], otherwise: int) -> int:
    value = data.get(name, "")
    return int(value) if value.isdecimal() and int(value) in known else otherwise


def _version(row: TextVersion, *, with_people: bool) -> VersionView:
    return VersionView(
        number=row.number,
        made_at=row.made_at,
        made_by=row.made_by if with_people else "",
        state=_STATES.get(row.state, row.state),
        reason=reason_in(row.reason),
        languages=", ".join(_NAMES[code] for code in row.languages),
    )


def _diff(one: FieldDiff) -> DiffView:
    return DiffView(label_of(Recommendation, one.field), one.language, one.pieces, one.is_same)

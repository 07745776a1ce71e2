"""The findings behind a recommendation: ratings in figures, the others as sentences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import EvidenceLine
from alpclusters.platform.policy.models import Finding
from alpclusters.www.components.parts import Table
from alpclusters.www.public.recommendations.evidence import evidence_table

RATING: Final = "rating"
# Where the findings stand on a page.
FINDINGS: Final = "findings"
_KINDS: Final = dict(Finding.Kind.choices)
_DIRECTIONS: Final = dict(Finding.Direction.choices)
_TONES: Final = {"supports": ("check", "good"), "against": ("x", "bad"), "neutral": ("scale", "")}


@dataclass(frozen=True)
class StatedView:
    """A finding that people stated."""

    code: str
    kind: Any
    statement: str
    lang: str
    direction: Any
    icon: str
    tone: str
    certainty: str
    source: str
    url: str
    is_superseded: bool


@dataclass(frozen=True)
class FindingsView:
    """All findings behind a recommendation."""

    ratings: Table | None
    stated: Sequence[StatedView]
    against: Sequence[str]
    superseded: Sequence[str]
    outdated: Sequence[str]
    n_standing: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is behind it."""
        return self.ratings is None and not self.stated


def findings_view(
    lines: Sequence[EvidenceLine], released: Collection[int] | None = None
) -> FindingsView:
    """Put findings into words."""
    language = nearest_language(get_language())
    ratings = [line for line in lines if line.kind == RATING]
    return FindingsView(
        ratings=evidence_table(ratings, released),
        stated=[stated_view(line, language) for line in lines if line.kind != RATING],
        against=[line.code for line in ratings if line.direction == "against"],
        superseded=[line.code for line in ratings if line.is_superseded],
        outdated=[line.code for line in ratings if line.is_outdated and not line.is_superseded],
        n_standing=sum(1 for line in lines if not line.is_superseded),
    )


def stated_view(line: EvidenceLine, language: str) -> StatedView:
    """Put one stated finding into words, with its source."""
    own = (line.statement or {}).get(language, "")
    other = next((c for c, text in (line.statement or {}).items() if text), "")
    icon, tone = _TONES[line.direction]
    return StatedView(
        code=line.code,
        kind=_KINDS[line.kind],
        statement=own or (line.statement or {}).get(other, ""),
        lang="" if own else other,
        direction=_DIRECTIONS[line.direction],
        icon=icon,
        tone=tone,
        certainty=line.certainty,
        source=word(line.source, language) if line.source else _source_name(line.kind),
        url=_url(line),
        is_superseded=line.is_superseded,
    )


def _source_name(kind: str) -> str:
    names = {"network": _("picture of the network"), "funding": _("computed funding mix")}
    return names.get(kind, "")


def _url(line: EvidenceLine) -> str:
    """Return the public page of the source; mixes belong to their project and have none."""
    if line.kind == "lesson" and line.source_key:
        return reverse("public:lesson", args=[line.source_key])
    if line.kind == "network":
        return reverse("public:network")
    return ""

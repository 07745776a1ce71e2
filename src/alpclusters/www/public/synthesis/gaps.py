"""What nobody evaluated: types without evidence, and what would close each gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.certainty import OUTCOMES, RULES, find_gaps
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.keeping import flat_evidence
from alpclusters.platform.evidence.domain.synthesis.queries import Dimension, SynthesisQuery
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.synthesis.figures import activities, families
from alpclusters.www.public.synthesis.names import Names

NOBODY: Final = "no_families"


@dataclass(frozen=True)
class Gap:
    """A type of measure, what is there, and what would close the gap."""

    name: str
    url: str
    initiatives_url: str
    there: str
    needed: str


@dataclass(frozen=True)
class GapsPage:
    """Types nobody did, types whose end nobody knows, types with too few known outcomes."""

    nobody: Sequence[Gap]
    unknown: Sequence[Gap]
    few: Sequence[Gap]
    n_types: int

    @property
    def n_gaps(self) -> int:
        """Gaps in the sense of the method: no family, or no known outcome."""
        return len(self.nobody) + len(self.unknown)


def read_gaps() -> GapsPage:
    """Find the gaps among the types of the catalogue; simulated activities close none."""
    names = Names.load()
    by_type = Selection.of(flat_evidence(), SynthesisQuery()).by(Dimension.TYPE)
    cells = {
        key: {outcome.value: n for outcome, n in zip(OUTCOMES, found.families, strict=True)}
        for key, found in by_type.items()
    }
    found = dict(find_gaps(cells, of=names.measures))
    few = [
        key
        for key in names.measures
        if key in by_type and 0 < by_type[key].lasting.n_known < RULES.fewest_known
    ]
    return GapsPage(
        nobody=[_gap(key, by_type, names) for key, why in found.items() if why == NOBODY],
        unknown=[_gap(key, by_type, names) for key, why in found.items() if why != NOBODY],
        few=[_gap(key, by_type, names) for key in few],
        n_types=len(names.measures),
    )


def _gap(key: str, by_type: dict[str, Counts], names: Names) -> Gap:
    language = nearest_language(get_language())
    found = by_type.get(key, Counts())
    n_families = families(found.n_families, language)
    n_activities = activities(found.n_activities, language)
    return Gap(
        name=names.measures[key].name,
        url=reverse("public:measure", args=[names.measures[key].key]),
        initiatives_url=f"{reverse('public:initiatives')}?measure={key}" if found.families else "",
        there=f"{n_families}, {n_activities}" if found.n_families else "",
        needed=_needed(found),
    )


def _needed(found: Counts) -> str:
    if not found.n_families:
        return _("One initiative that did this, with a document, coded once.")
    if not found.lasting.n_known:
        return _("One source that says what became of it after the funding.")
    n = RULES.fewest_known - found.lasting.n_known
    return _("Known outcomes that are still missing for a share: %(n)s") % {"n": n}

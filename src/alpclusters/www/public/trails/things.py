"""The things at one station of a trail, each with its page and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import evidence_lines
from alpclusters.platform.policy.models import Action, Recommendation
from alpclusters.platform.tracing.domain.stations import Ref
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.reports.numbers import format_n
from alpclusters.www.public.recommendations.evidence import said_of
from alpclusters.www.public.trail import address_of


@dataclass(frozen=True)
class ThingView:
    """One thing: what it is called, what it says besides, its page."""

    name: str
    said: str
    url: str


def thing_views(refs: Sequence[Ref]) -> list[ThingView]:
    """Return things of one kind with their pages, in their order."""
    said = _said(refs)
    return [ThingView(_name(ref), said.get(ref.pk, ""), address_of(ref)) for ref in refs]


def _name(ref: Ref) -> str:
    if ref.thing is Thing.SNAPSHOT:
        return _("Evaluation %(number)s") % {"number": ref.label}
    return ref.label


def _said(refs: Sequence[Ref]) -> Mapping[int, str]:
    """Return what stands beside a code: the title of a line, the sentence of a finding."""
    language = nearest_language(get_language())
    pks = [ref.pk for ref in refs]
    match refs[0].thing if refs else None:
        case Thing.FINDING:
            return {line.pk: said_of(line, language) for line in evidence_lines(pks)}
        case Thing.RECOMMENDATION:
            return {one.pk: one.title for one in Recommendation.objects.filter(pk__in=pks)}
        case Thing.ACTION:
            return {one.pk: one.title for one in Action.objects.filter(pk__in=pks)}
        case Thing.SNAPSHOT:
            return {ref.pk: format_n(ref.n, language) for ref in refs if ref.n}
        case Thing.FUNDING_LINE | Thing.VALUE:
            return {ref.pk: ref.key.partition("#")[2] for ref in refs}
        case _:
            return {}

"""A stored evaluation as the builders of `reports` take it: figures by criterion, and names."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION, ROLE, Evaluation, word
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.evaluation_subject import EvaluationSubject

_SHORTEST_NAME = 8


def descriptions_of(evaluation: Evaluation) -> dict[str, Description]:
    """Return the figures by key of criterion."""
    return {result.key: result.description for result in evaluation.criteria}


def subject_of(snapshot: Snapshot, evaluation: Evaluation, language: str) -> EvaluationSubject:
    """Return names and marks in one language."""
    return EvaluationSubject(
        name=word(evaluation.title, language),
        date=snapshot.made_at.date(),
        item_names={item.pk: word(item.names, language) for item in evaluation.measures},
        criterion_names={r.key: word(r.names, language) for r in evaluation.criteria},
        answers={
            r.key: tuple(word(anchor, language) for anchor in r.anchors)
            for r in evaluation.criteria
        },
        split_names=split_names(),
        group_names=_group_names(evaluation, language),
        sources=(_source(snapshot, evaluation, language),),
        publisher=str(snapshot.cafe.project),
        project=short_name(snapshot.cafe.project.slug),
        version=str(snapshot.number),
        snapshot=str(snapshot.number),
        digest=snapshot.digest,
        simulated=evaluation.is_simulated,
        best_k=evaluation.best_k,
    )


def split_names() -> Mapping[str, str]:
    """Name the two ways in which people are grouped."""
    return {REGION: _("Region"), ROLE: _("Stakeholder group")}


def short_name(slug: str) -> str:
    """Return the name of a project as file names have it."""
    return slug if len(slug) <= _SHORTEST_NAME else slug.split("-", maxsplit=1)[0]


def _group_names(evaluation: Evaluation, language: str) -> dict[tuple[str, Id | None], str]:
    found: dict[tuple[str, Id | None], str] = {
        (split, group.key or None): word(group.names, language)
        for split, groups in evaluation.groups.items()
        for group in groups
    }
    # Decisions give the group of all others a key.
    if (others := found.get((REGION, None))) is not None:
        found[REGION, OTHERS] = others
    return found


def _source(snapshot: Snapshot, evaluation: Evaluation, language: str) -> str:
    return _("Ratings of the AlpCafé “%(cafe)s”, snapshot %(number)s.") % {
        "cafe": word(evaluation.title, language),
        "number": snapshot.number,
    }

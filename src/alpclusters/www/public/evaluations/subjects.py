"""A stored evaluation as the builders of `reports` take it: figures by criterion, and names."""

from dataclasses import replace

from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Description
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.stored_subjects import subject_in

_SHORTEST_NAME = 8


def descriptions_of(evaluation: Evaluation) -> dict[str, Description]:
    """Return the figures by key of criterion."""
    return {result.key: result.description for result in evaluation.criteria}


def subject_of(snapshot: Snapshot, evaluation: Evaluation, language: str) -> EvaluationSubject:
    """Return names and marks in one language."""
    return replace(
        subject_in(evaluation, language),
        date=snapshot.made_at.date(),
        sources=(_source(snapshot, evaluation, language),),
        publisher=str(snapshot.cafe.project),
        project=short_name(snapshot.cafe.project.slug),
        version=str(snapshot.number),
        snapshot=str(snapshot.number),
        digest=snapshot.digest,
    )


def short_name(slug: str) -> str:
    """Return the name of a project as file names have it."""
    return slug if len(slug) <= _SHORTEST_NAME else slug.split("-", maxsplit=1)[0]


def _source(snapshot: Snapshot, evaluation: Evaluation, language: str) -> str:
    return _("Ratings of the AlpCafé “%(cafe)s”, snapshot %(number)s.") % {
        "cafe": word(evaluation.title, language),
        "number": snapshot.number,
    }

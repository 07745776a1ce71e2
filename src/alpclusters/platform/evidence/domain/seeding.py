"""The facts of the evidence base that every installation has from the start.

A row is left alone as soon as a person or an import changed it, or somebody deleted it. Ties
between rows (sources, partners, evidence) come in with a new row and belong to people from then on.
"""

from django.db import transaction
from django.utils import timezone, translation

from alpclusters.platform.evidence.domain.codebook import editing
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.grading.regrading import regrade
from alpclusters.platform.evidence.domain.seed_tables.initiatives import (
    load_activities,
    load_documents,
    load_initiatives,
    load_lessons,
)
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE


@transaction.atomic
def load_seeds() -> None:
    """Store codebook, initiatives, sources, activities and lessons; what people edited stays."""
    with translation.override(DEFAULT_LANGUAGE):
        book = editing.load()
        initiatives = load_initiatives()
        documents = load_documents(initiatives)
        activities = load_activities(initiatives, documents, book)
        load_lessons(initiatives, activities, documents)
    ids = [thing.pk for thing in initiatives.things.values()]
    if initiatives.new:
        refresh_families(ids)
    regrade(now=timezone.now())

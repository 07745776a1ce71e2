"""What earlier initiatives tried, what lasted, and what follows."""

from alpclusters.platform.evidence.models.activities import Activity, Corpus
from alpclusters.platform.evidence.models.codebook import Code, Codebook
from alpclusters.platform.evidence.models.codings import Coding, Settlement
from alpclusters.platform.evidence.models.documents import (
    Document,
    DocumentPage,
    Quotation,
    SourceType,
)
from alpclusters.platform.evidence.models.imports import InitiativeProposal, InitiativeRecord
from alpclusters.platform.evidence.models.initiatives import Initiative, Participation, Programme
from alpclusters.platform.evidence.models.lessons import (
    Bearing,
    BearingVote,
    Lesson,
    LessonMeasure,
    Stance,
)
from alpclusters.platform.evidence.models.search import SearchTodo

__all__ = [
    "Activity",
    "Bearing",
    "BearingVote",
    "Code",
    "Codebook",
    "Coding",
    "Corpus",
    "Document",
    "DocumentPage",
    "Initiative",
    "InitiativeProposal",
    "InitiativeRecord",
    "Lesson",
    "LessonMeasure",
    "Participation",
    "Programme",
    "Quotation",
    "SearchTodo",
    "Settlement",
    "SourceType",
    "Stance",
]

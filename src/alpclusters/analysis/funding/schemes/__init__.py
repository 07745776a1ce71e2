"""Joint calls over schemes that exist, and what keeps a region out."""

from alpclusters.analysis.funding.schemes.calls import SIX_WEEKS, JointCall, joint_call
from alpclusters.analysis.funding.schemes.covers import Cover, Covers, Option, smallest_cover
from alpclusters.analysis.funding.schemes.joining import Conflict, Joining, let_join
from alpclusters.analysis.funding.schemes.records import (
    ATTRIBUTES,
    LEVELS,
    Change,
    Scheme,
    read_scheme,
    read_values,
)
from alpclusters.analysis.funding.schemes.sets import FeasibleSet
from alpclusters.analysis.funding.schemes.tables import Line
from alpclusters.analysis.funding.schemes.values import Binding, Choices, Days, Span

__all__ = [
    "ATTRIBUTES",
    "LEVELS",
    "SIX_WEEKS",
    "Binding",
    "Change",
    "Choices",
    "Conflict",
    "Cover",
    "Covers",
    "Days",
    "FeasibleSet",
    "Joining",
    "JointCall",
    "Line",
    "Option",
    "Scheme",
    "Span",
    "joint_call",
    "let_join",
    "read_scheme",
    "read_values",
    "smallest_cover",
]

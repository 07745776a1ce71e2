"""Joint calls over schemes that exist, and what keeps a region out."""

from alpclusters.analysis.funding.schemes.calls import (
    SIX_WEEKS,
    FeasibleSet,
    JointCall,
    Line,
    joint_call,
)
from alpclusters.analysis.funding.schemes.joining import (
    Conflict,
    Cover,
    Covers,
    Joining,
    Option,
    let_join,
    smallest_cover,
)
from alpclusters.analysis.funding.schemes.records import (
    ATTRIBUTES,
    LEVELS,
    Binding,
    Change,
    Choices,
    Days,
    Scheme,
    Span,
    read_scheme,
    read_values,
)

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

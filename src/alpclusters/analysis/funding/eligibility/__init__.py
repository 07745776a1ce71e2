"""Who fits an offer: a small language of conditions, three-valued, with its reasons."""

from alpclusters.analysis.funding.eligibility.checking import (
    ExpressionError,
    ExpressionFault,
    TooManyAnswersError,
    check_expression,
)
from alpclusters.analysis.funding.eligibility.completing import decide_exactly
from alpclusters.analysis.funding.eligibility.evaluating import evaluate
from alpclusters.analysis.funding.eligibility.fields import FIELDS, Field, field_of
from alpclusters.analysis.funding.eligibility.judging import (
    Condition,
    DecidingField,
    Judgements,
    Verdict,
    judge_case,
    rank_fields,
    read_condition,
)
from alpclusters.analysis.funding.eligibility.truth import (
    Trace,
    Truth,
    open_conditions,
    open_fields,
    what_decided,
)

__all__ = [
    "FIELDS",
    "Condition",
    "DecidingField",
    "ExpressionError",
    "ExpressionFault",
    "Field",
    "Judgements",
    "TooManyAnswersError",
    "Trace",
    "Truth",
    "Verdict",
    "check_expression",
    "decide_exactly",
    "evaluate",
    "field_of",
    "judge_case",
    "open_conditions",
    "open_fields",
    "rank_fields",
    "read_condition",
    "what_decided",
]

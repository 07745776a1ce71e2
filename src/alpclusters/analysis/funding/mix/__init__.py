"""The best mix of offers for a case, with a bound that anybody can recompute."""

from alpclusters.analysis.funding.mix.cells import GivenJudgements
from alpclusters.analysis.funding.mix.certificate import Certificate, certify, dual_bound
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.rows import RowName
from alpclusters.analysis.funding.mix.solution import LevelValue, Progress, Solution
from alpclusters.analysis.funding.mix.solving import solve

__all__ = [
    "Certificate",
    "GivenJudgements",
    "LevelValue",
    "Model",
    "Problem",
    "Progress",
    "RowName",
    "Solution",
    "build",
    "certify",
    "dual_bound",
    "prepare",
    "solve",
]

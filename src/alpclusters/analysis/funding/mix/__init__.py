"""The best mix of offers for a case, with a bound that anybody can recompute."""

from alpclusters.analysis.funding.mix.alternatives import alternatives
from alpclusters.analysis.funding.mix.cells import GivenJudgements
from alpclusters.analysis.funding.mix.certificate import Certificate, certify, dual_bound
from alpclusters.analysis.funding.mix.document import Found, mix_document, mix_text
from alpclusters.analysis.funding.mix.infeasible import Infeasible, Missing, explain_infeasible
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.rates import cell_rates
from alpclusters.analysis.funding.mix.rows import RowName
from alpclusters.analysis.funding.mix.scenarios import Refusal, scenarios
from alpclusters.analysis.funding.mix.solution import LevelValue, Progress, Solution
from alpclusters.analysis.funding.mix.solving import solve

__all__ = [
    "Certificate",
    "Found",
    "GivenJudgements",
    "Infeasible",
    "LevelValue",
    "Missing",
    "Model",
    "Problem",
    "Progress",
    "Refusal",
    "RowName",
    "Solution",
    "alternatives",
    "build",
    "cell_rates",
    "certify",
    "dual_bound",
    "explain_infeasible",
    "mix_document",
    "mix_text",
    "prepare",
    "scenarios",
    "solve",
]

"""One sample per public function of the analysis: a proper call and the four bad inputs.

Whoever adds a public function adds its sample to the file of its subject; the common contract then
covers it.
"""

from tests.analysis.samples.case import CASE_FORMAT
from tests.analysis.samples.certainty import CERTAINTY
from tests.analysis.samples.check import CHECK
from tests.analysis.samples.claims import CLAIMS
from tests.analysis.samples.consensus import CONSENSUS, DENOMINATORS, SECOND_ROUND
from tests.analysis.samples.disclosure import DISCLOSURE
from tests.analysis.samples.eligibility import ELIGIBILITY
from tests.analysis.samples.headroom import ACCOUNTS
from tests.analysis.samples.kinds import EDGES, Sample
from tests.analysis.samples.matching import MATCHING
from tests.analysis.samples.mix import CHANCES, MIX_CORE, MIX_RESULTS, TOGETHER
from tests.analysis.samples.network import GROUPS, POSITIONS
from tests.analysis.samples.opinion import OPINION
from tests.analysis.samples.plans import PLAN_STATUS, PLAN_TEXTS
from tests.analysis.samples.ranking import ASKING, DECISIONS, RANKING
from tests.analysis.samples.rotation import MEETINGS, ROTATION
from tests.analysis.samples.rulebooks import RULE_BOOKS
from tests.analysis.samples.schemes import POLICY_MIX, SCHEMES
from tests.analysis.samples.similarity import SIMILARITY
from tests.analysis.samples.small_groups import SMALL_GROUPS
from tests.analysis.samples.survival import SURVIVAL
from tests.analysis.samples.weighting import WEIGHTING

__all__ = ["EDGES", "SAMPLES"]

SAMPLES: dict[str, Sample] = {
    f"{package}.{name}": sample
    for package, samples in {
        "consensus": CONSENSUS,
        "second_round": SECOND_ROUND,
        "ranking": RANKING,
        "decisions": DECISIONS,
        "asking": ASKING,
        "opinion": OPINION,
        "rotation": ROTATION,
        "denominators": DENOMINATORS,
        "disclosure": DISCLOSURE,
        "small_groups": SMALL_GROUPS,
        "similarity": SIMILARITY,
        "certainty": CERTAINTY,
        "claims": CLAIMS,
        "plans": {**PLAN_STATUS, **PLAN_TEXTS},
        "network": {**GROUPS, **POSITIONS},
        "survival": SURVIVAL,
        "weighting": WEIGHTING,
        "matching": MATCHING,
        "meetings": MEETINGS,
        "case_files": CASE_FORMAT,
        "headroom": ACCOUNTS,
        "rulebooks": RULE_BOOKS,
        "check": CHECK,
        "chances": CHANCES,
        "joint": TOGETHER,
        "mix": {**MIX_RESULTS, **MIX_CORE},
        "eligibility": ELIGIBILITY,
        "schemes": SCHEMES,
        "policy_mix": POLICY_MIX,
    }.items()
    for name, sample in samples.items()
}

"""Who votes alike, what all groups share, and what speaks for each of them."""

from alpclusters.analysis.opinion.checks import LabelError, VoteError
from alpclusters.analysis.opinion.common_ground import (
    ConsensusStatements,
    GroupConsensus,
    MajorityStatement,
    consensus_statements,
    group_informed_consensus,
)
from alpclusters.analysis.opinion.groups import opinion_groups
from alpclusters.analysis.opinion.persons import PersonStatements, person_statements
from alpclusters.analysis.opinion.representative import (
    Representativeness,
    RepresentativeStatement,
    Screening,
    representative_statements,
)
from alpclusters.analysis.opinion.results import OpinionGroups, Stability, adjusted_rand_index
from alpclusters.analysis.opinion.structure import Structure, Verdict, opinion_structure
from alpclusters.analysis.opinion.votes import Votes

__all__ = [
    "ConsensusStatements",
    "GroupConsensus",
    "LabelError",
    "MajorityStatement",
    "OpinionGroups",
    "PersonStatements",
    "RepresentativeStatement",
    "Representativeness",
    "Screening",
    "Stability",
    "Structure",
    "Verdict",
    "VoteError",
    "Votes",
    "adjusted_rand_index",
    "consensus_statements",
    "group_informed_consensus",
    "opinion_groups",
    "opinion_structure",
    "person_statements",
    "representative_statements",
]

"""Who votes alike, what all groups share, and what speaks for each of them."""

from alpclusters.analysis.opinion.agreement import adjusted_rand_index
from alpclusters.analysis.opinion.errors import LabelError, VoteError
from alpclusters.analysis.opinion.groups import opinion_groups
from alpclusters.analysis.opinion.informed import GroupConsensus, group_informed_consensus
from alpclusters.analysis.opinion.majority import (
    ConsensusStatements,
    MajorityStatement,
    consensus_statements,
)
from alpclusters.analysis.opinion.persons import PersonStatements, person_statements
from alpclusters.analysis.opinion.representative import (
    Representativeness,
    RepresentativeStatement,
    representative_statements,
)
from alpclusters.analysis.opinion.results import OpinionGroups
from alpclusters.analysis.opinion.screening import Screening
from alpclusters.analysis.opinion.stability import Stability
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

"""Organisations of the regions, the people in them, what they carry together, their profiles."""

from alpclusters.platform.actors.models.claims import Claim, SavedSearch
from alpclusters.platform.actors.models.clusters import (
    ClusterLabel,
    ClusterMember,
    ClusterOrganisation,
)
from alpclusters.platform.actors.models.directory import (
    IndexedOrganisation,
    IndexTodo,
    IndexVersion,
    IndexWord,
)
from alpclusters.platform.actors.models.duplicates import DuplicateProposal, Merge
from alpclusters.platform.actors.models.imports import (
    FieldProposal,
    ImportRun,
    ImportSource,
    Provenance,
)
from alpclusters.platform.actors.models.organisations import (
    Alias,
    Identifier,
    Organisation,
    OrganisationType,
)
from alpclusters.platform.actors.models.partners import Partner
from alpclusters.platform.actors.models.people import Consent, Person, Stakeholder
from alpclusters.platform.actors.models.postcodes import PostalPoint
from alpclusters.platform.actors.models.targets import CoverageTarget
from alpclusters.platform.actors.models.units import PartOf

__all__ = [
    "Alias",
    "Claim",
    "ClusterLabel",
    "ClusterMember",
    "ClusterOrganisation",
    "Consent",
    "CoverageTarget",
    "DuplicateProposal",
    "FieldProposal",
    "Identifier",
    "ImportRun",
    "ImportSource",
    "IndexTodo",
    "IndexVersion",
    "IndexWord",
    "IndexedOrganisation",
    "Merge",
    "Organisation",
    "OrganisationType",
    "PartOf",
    "Partner",
    "Person",
    "PostalPoint",
    "Provenance",
    "SavedSearch",
    "Stakeholder",
]

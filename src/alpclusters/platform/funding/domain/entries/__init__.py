"""Keep the catalogue: change an entry with a version, propose changes, decide, look again."""

from alpclusters.platform.funding.domain.entries.changing import (
    change_entry,
    check_again,
    create_entry,
)
from alpclusters.platform.funding.domain.entries.checks import IMPORT, SEED, Check, check_of
from alpclusters.platform.funding.domain.entries.comparing import FieldChange, compare
from alpclusters.platform.funding.domain.entries.patches import apply_patch, patch_between
from alpclusters.platform.funding.domain.entries.proposing import (
    accept_proposal,
    conflicts_of,
    propose_change,
    record_at,
    refuse_proposal,
)
from alpclusters.platform.funding.domain.entries.standing import bring_back, set_published
from alpclusters.platform.funding.domain.entries.waiting import stale_entries, waiting_proposals
from alpclusters.platform.funding.domain.entries.writing import Entry, EntryError, EntryFault

__all__ = [
    "IMPORT",
    "SEED",
    "Check",
    "Entry",
    "EntryError",
    "EntryFault",
    "FieldChange",
    "accept_proposal",
    "apply_patch",
    "bring_back",
    "change_entry",
    "check_again",
    "check_of",
    "compare",
    "conflicts_of",
    "create_entry",
    "patch_between",
    "propose_change",
    "record_at",
    "refuse_proposal",
    "set_published",
    "stale_entries",
    "waiting_proposals",
]

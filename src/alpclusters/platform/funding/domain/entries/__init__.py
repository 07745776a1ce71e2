"""Keep the catalogue: change an entry with a version, propose changes, decide, look again."""

from alpclusters.platform.funding.domain.entries.changing import (
    IMPORT,
    SEED,
    Check,
    Entry,
    EntryError,
    EntryFault,
    change_entry,
    check_again,
    check_of,
    create_entry,
)
from alpclusters.platform.funding.domain.entries.proposing import (
    FieldChange,
    accept_proposal,
    apply_patch,
    compare,
    conflicts_of,
    patch_between,
    propose_change,
    record_at,
    refuse_proposal,
)
from alpclusters.platform.funding.domain.entries.standing import (
    bring_back,
    set_published,
    stale_entries,
    waiting_proposals,
)

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

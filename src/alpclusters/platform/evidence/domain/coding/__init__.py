"""Coding by one or two people, blind to each other, with agreement and settlement."""

from alpclusters.platform.evidence.domain.coding.activities import (
    add_activity,
    change_activity,
    remove_activity,
)
from alpclusters.platform.evidence.domain.coding.agreement import (
    FieldAgreement,
    agreement_of,
    agreement_on,
    coding_pairs,
)
from alpclusters.platform.evidence.domain.coding.codings import (
    begin_coding,
    close_coding,
    coding_of,
    put_note,
    put_values,
    reopen_coding,
)
from alpclusters.platform.evidence.domain.coding.needed import (
    is_revealed,
    places_of,
)
from alpclusters.platform.evidence.domain.coding.progress import Progress, progress_of
from alpclusters.platform.evidence.domain.coding.settling import (
    Disagreement,
    disagreements,
    disagreements_of,
    refresh_activities,
    refresh_activity,
    settle,
    unsettle,
)
from alpclusters.platform.evidence.domain.coding.undoing import can_undo, undo

__all__ = [
    "Disagreement",
    "FieldAgreement",
    "Progress",
    "add_activity",
    "agreement_of",
    "agreement_on",
    "begin_coding",
    "can_undo",
    "change_activity",
    "close_coding",
    "coding_of",
    "coding_pairs",
    "disagreements",
    "disagreements_of",
    "is_revealed",
    "places_of",
    "progress_of",
    "put_note",
    "put_values",
    "refresh_activities",
    "refresh_activity",
    "remove_activity",
    "reopen_coding",
    "settle",
    "undo",
    "unsettle",
]

"""Coding by one or two people, blind to each other, with agreement and settlement."""

from alpclusters.platform.evidence.domain.coding.activities import (
    add_activity,
    change_activity,
    remove_activity,
)
from alpclusters.platform.evidence.domain.coding.agreement import (
    FieldAgreement,
    Progress,
    agreement_of,
    agreement_on,
    coding_pairs,
    progress_of,
)
from alpclusters.platform.evidence.domain.coding.answers import is_revealed, places_of
from alpclusters.platform.evidence.domain.coding.codings import (
    begin_coding,
    can_undo,
    close_coding,
    coding_of,
    put_note,
    put_values,
    reopen_coding,
    undo,
)
from alpclusters.platform.evidence.domain.coding.settling import (
    Disagreement,
    disagreements,
    disagreements_of,
    refresh_activities,
    refresh_activity,
    settle,
    unsettle,
)

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

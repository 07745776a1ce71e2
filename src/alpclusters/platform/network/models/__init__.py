"""Links, proposals of partners, introductions, postings, meetings, and what was measured."""

from alpclusters.platform.network.models.links import Link, LinkQuestion, LinkReport
from alpclusters.platform.network.models.matches import (
    FollowUp,
    Introduction,
    MatchRun,
    PartnerMark,
)
from alpclusters.platform.network.models.meetings import (
    Attendance,
    Meeting,
    MeetingDay,
    MeetingWish,
)
from alpclusters.platform.network.models.postings import (
    Digest,
    Posting,
    PostingChange,
    PostingFollower,
    PostingReport,
)
from alpclusters.platform.network.models.snapshots import NetworkSnapshot

__all__ = [
    "Attendance",
    "Digest",
    "FollowUp",
    "Introduction",
    "Link",
    "LinkQuestion",
    "LinkReport",
    "MatchRun",
    "Meeting",
    "MeetingDay",
    "MeetingWish",
    "NetworkSnapshot",
    "PartnerMark",
    "Posting",
    "PostingChange",
    "PostingFollower",
    "PostingReport",
]

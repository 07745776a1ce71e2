"""The AlpCafé: actors talk at tables and rate measures on their phones, without an account."""

from alpclusters.platform.cafe.models.cards import Card, Insight, SimilarCards, Summary, Support
from alpclusters.platform.cafe.models.criteria import Criterion
from alpclusters.platform.cafe.models.events import (
    REPLAY_GRACE,
    AlpCafe,
    AlpCafeQuerySet,
    CafeCriterion,
    CafeMeasure,
)
from alpclusters.platform.cafe.models.log import Entry, Protocol, ProtocolHost, Release
from alpclusters.platform.cafe.models.people import (
    Invitation,
    Involvement,
    Participant,
    Source,
)
from alpclusters.platform.cafe.models.phases import RATING_ROUNDS, Block, Phase, Screen
from alpclusters.platform.cafe.models.ratings import (
    Comment,
    Feedback,
    PaperSheet,
    Rating,
    TopThree,
)
from alpclusters.platform.cafe.models.receipts import Device, Receipt
from alpclusters.platform.cafe.models.seating import Apart, Guest, Question, Seat, SeatPlan, Table

__all__ = [
    "RATING_ROUNDS",
    "REPLAY_GRACE",
    "AlpCafe",
    "AlpCafeQuerySet",
    "Apart",
    "Block",
    "CafeCriterion",
    "CafeMeasure",
    "Card",
    "Comment",
    "Criterion",
    "Device",
    "Entry",
    "Feedback",
    "Guest",
    "Insight",
    "Invitation",
    "Involvement",
    "PaperSheet",
    "Participant",
    "Phase",
    "Protocol",
    "ProtocolHost",
    "Question",
    "Rating",
    "Receipt",
    "Release",
    "Screen",
    "Seat",
    "SeatPlan",
    "SimilarCards",
    "Source",
    "Summary",
    "Support",
    "Table",
    "TopThree",
]

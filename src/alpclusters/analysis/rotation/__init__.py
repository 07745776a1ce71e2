"""Who sits where at an AlpCafé, so that people meet once and visit every topic once."""

from alpclusters.analysis.rotation.arrivals import add_guest, remove_guest
from alpclusters.analysis.rotation.bounds import (
    RepeatBound,
    SpreadBound,
    repeat_bound,
    spread_bound,
)
from alpclusters.analysis.rotation.certificate import Certificate, certify
from alpclusters.analysis.rotation.choices import SeatChoices, seat_choices
from alpclusters.analysis.rotation.errors import ApartInfeasible, PinConflict
from alpclusters.analysis.rotation.evening import even_out
from alpclusters.analysis.rotation.languages import Languages, propose_table_languages
from alpclusters.analysis.rotation.reasons import Advice, Reason
from alpclusters.analysis.rotation.results import SeatPlan
from alpclusters.analysis.rotation.seating import seat

__all__ = [
    "Advice",
    "ApartInfeasible",
    "Certificate",
    "Languages",
    "PinConflict",
    "Reason",
    "RepeatBound",
    "SeatChoices",
    "SeatPlan",
    "SpreadBound",
    "add_guest",
    "certify",
    "even_out",
    "propose_table_languages",
    "remove_guest",
    "repeat_bound",
    "seat",
    "seat_choices",
    "spread_bound",
]

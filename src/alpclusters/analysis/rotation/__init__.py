"""Who sits where at an AlpCafé, so that people meet once and visit every topic once."""

from alpclusters.analysis.rotation.arrivals import add_guest, even_out, remove_guest
from alpclusters.analysis.rotation.certificate import (
    Certificate,
    RepeatBound,
    SpreadBound,
    certify,
    repeat_bound,
    spread_bound,
)
from alpclusters.analysis.rotation.languages import Languages, propose_table_languages
from alpclusters.analysis.rotation.results import Advice, Reason, SeatPlan
from alpclusters.analysis.rotation.seating import SeatChoices, seat, seat_choices
from alpclusters.analysis.rotation.wishes import ApartInfeasible, PinConflict

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

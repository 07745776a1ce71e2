"""How an AlpCafé runs: round, hall, times, languages, and which phases it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.cafe.models.events import all_languages

# What the phones are made for once the AlpCafé is open.
COURSE: Final = (
    "round",
    "in_hall",
    "n_rounds",
    "has_presentation",
    "has_top_three",
    "has_second_rating",
    "has_feedback",
    "cloud_x",
    "cloud_y",
    "best_k",
)
ALWAYS: Final = (
    "starts_at",
    "ends_at_time",
    "directions",
    "languages",
    "minutes_per_round",
    "minutes_to_change",
    "shows_table_cards",
    "open_registration",
)


@dataclass(frozen=True, slots=True)
class Programme:
    """What a facilitator decides about the course of the day; the defaults rate and no more."""

    round: int = AlpCafe.Round.MEASURES
    in_hall: bool = False
    starts_at: time | None = None
    ends_at_time: time | None = None
    directions: str = ""
    languages: Sequence[str] = field(default_factory=all_languages)
    n_rounds: int = 3
    minutes_per_round: int = 20
    minutes_to_change: int = 3
    has_presentation: bool = True
    has_top_three: bool = True
    has_second_rating: bool = False
    has_feedback: bool = True
    shows_table_cards: bool = True
    open_registration: bool = False
    cloud_x: Criterion | None = None
    cloud_y: Criterion | None = None
    best_k: int = 0
    welcome: Mapping[str, str] = field(default_factory=dict)


def apply_programme(cafe: AlpCafe, programme: Programme) -> None:
    """Set the fields of an AlpCafé; once it was opened its course stays as it is."""
    is_draft = cafe.state == AlpCafe.State.DRAFT
    for name in (*ALWAYS, *(COURSE if is_draft else ())):
        value = getattr(programme, name)
        setattr(cafe, name, list(value) if name == "languages" else value)
    cafe.welcome = programme.welcome

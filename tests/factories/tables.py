"""Halls with tables, guests and a seat plan."""

from collections.abc import Sequence

from alpclusters.platform.cafe.domain.plan_records import words_of
from alpclusters.platform.cafe.domain.seat_plans import Weights, current_plan, make_plan
from alpclusters.platform.cafe.models import AlpCafe, Guest, Participant, Phase, Table
from tests.factories.cafe import NOW, join_cafe, make_draft

LANGUAGES = ("de", "sl", "it", "fr")


def make_hall(
    *,
    guests: int = 20,
    tables: int = 5,
    rounds: int = 3,
    spoken: Sequence[str] = (),
    hosted: Sequence[str] = (),
) -> AlpCafe:
    """Build an AlpCafé with tables and guests without names, in preparation.

    ``spoken`` and ``hosted`` are the languages of guests and tables in turn; none by default.
    """
    cafe = make_draft()
    cafe.in_hall, cafe.n_rounds = True, rounds
    cafe.save()
    for number in range(1, tables + 1):
        own = [hosted[number % len(hosted)]] if hosted else []
        Table.objects.create(cafe=cafe, number=number, languages=own)
    for number in range(1, guests + 1):
        own = [spoken[number % len(spoken)]] if spoken else []
        Guest.objects.create(cafe=cafe, number=number, languages=own)
    return cafe


def make_planned_hall(weights: Weights = "balanced", **decisions: object) -> AlpCafe:
    """Build an AlpCafé with a seat plan that has people in its arrival phase."""
    cafe = make_hall(**decisions)
    make_plan(cafe, weights=weights, now=NOW)
    cafe.state, cafe.phase = AlpCafe.State.OPEN, Phase.LOBBY
    cafe.save()
    return cafe


def arrive(cafe: AlpCafe, *languages: str) -> list[Participant]:
    """Let phones join, one for each language."""
    return [join_cafe(cafe, language=code).participant for code in languages]


def begin_round(cafe: AlpCafe, index: int, phase: Phase = Phase.SEATING) -> AlpCafe:
    """Bring the hall into a round at the tables."""
    cafe.phase, cafe.round_index = phase, index
    cafe.save()
    return cafe


def planned_words(cafe):
    """Return for each guest number the table of each round, as the plan in force says."""
    return words_of(current_plan(cafe).data)

"""Cards, insights and hosts of a hall."""

from itertools import count
from typing import Any

from alpclusters.platform.cafe.domain.host_links import host_pass
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Card,
    Entry,
    Participant,
    Phase,
    Question,
    Table,
)
from tests.factories.cafe import NOW, make_open_cafe

_numbers = count(1)

# The same thought in two languages, and another one.
RULES_DE = "Jedes Land hat andere Förderregeln, das bremst gemeinsame Projekte."
RULES_SL = "Vsaka država ima druga pravila financiranja, to zavira skupne projekte."
TRAINS = "Die Bahnverbindungen über die Alpen sind schlecht."


def make_talk(*, tables: int = 2, phase: Phase = Phase.TALK, **decisions: object) -> AlpCafe:
    """Build an open AlpCafé in the first round at the tables, without a seat plan."""
    cafe = make_open_cafe(**decisions)
    cafe.in_hall, cafe.phase, cafe.round_index = True, phase, 1
    cafe.save()
    Question.objects.create(cafe=cafe, round_index=1, text="What hinders you?")
    for number in range(1, tables + 1):
        Table.objects.create(cafe=cafe, number=number, languages=["de"], host_name=f"Host {number}")
    return cafe


def make_card(
    cafe: AlpCafe,
    text: str = TRAINS,
    *,
    table: int = 1,
    language: str = "de",
    by: Participant | None = None,
    **fields: Any,
) -> Card:
    """Write a card at a table, as the live process stores it."""
    return Card.objects.create(
        cafe=cafe,
        public_id=f"card-{next(_numbers):017d}",
        table=cafe.tables.filter(number=table).first(),
        round_index=cafe.round_index,
        participant=by,
        text=text,
        language=language,
        received_at=NOW,
        **fields,
    )


def order(cafe: AlpCafe, command: str, *, table: int | None = None, **arguments: Any) -> Entry:
    """Give a command as a facilitator, or as the host of a table."""
    return act(cafe, command, arguments, seen=None, by=None, by_table=table, now=NOW)


def host_cookie(cafe: AlpCafe, table: int = 1) -> str:
    """Return the cookie of the host of a table."""
    return host_pass(cafe.tables.get(number=table)).text

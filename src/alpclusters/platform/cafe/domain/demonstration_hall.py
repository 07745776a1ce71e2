"""An AlpCafé with tables in preparation, so that a newcomer sees how one is set up."""

from datetime import datetime, time, timedelta
from typing import Final

from alpclusters.platform.cafe.domain.guests import Line, add_guests
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.cafe.domain.questions import propose_questions
from alpclusters.platform.cafe.domain.seat_plans import make_plan
from alpclusters.platform.cafe.domain.tables import lay_tables, propose_number, share_out_languages
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.territory.models import Region

IN_DAYS: Final = 30
# What the simulated guests speak, and how many speak it.
SPOKEN: Final = (
    (("sl", "en"), 8),
    (("de", "en"), 5),
    (("it", "sl"), 4),
    (("de",), 3),
    (("it",), 2),
    (("fr", "en"), 2),
)
# Region, level, group of society of the simulated invitations.
INVITED: Final = (
    ("SI04", "regional", "intermediary", "sl"),
    ("AT21", "regional", "public", "de"),
    ("ITH4", "local", "business", "it"),
    ("FRK", "national", "research", "fr"),
)


def fill_hall(cafe: AlpCafe, *, word: str, now: datetime) -> AlpCafe:
    """Give an AlpCafé in preparation questions, tables, guests, a seat plan and invitations.

    Parameters
    ----------
    cafe : AlpCafe
        In preparation, of a demonstration project.
    word : str
        "simulated" in the language of the place; stands in every name.
    now : datetime
        When the seat plan is made.
    """
    _set_course(cafe)
    propose_questions(cafe)
    lines = [Line("", languages) for languages, n in SPOKEN for _ in range(n)]
    add_guests(cafe, lines)
    lay_tables(cafe, propose_number(len(lines)))
    share_out_languages(cafe)
    make_plan(cafe, weights="language_first", now=now)
    invite(cafe, [_person(number, row, word) for number, row in enumerate(INVITED, start=1)])
    return cafe


def _set_course(cafe: AlpCafe) -> None:
    cafe.in_hall, cafe.n_rounds = True, 3
    cafe.starts_at, cafe.ends_at_time = time(9, 30), time(13, 0)
    cafe.languages = ["sl", "de", "it", "en"]
    cafe.has_second_rating = True
    cafe.held_on += timedelta(days=IN_DAYS)
    cafe.save()


def _person(number: int, row: tuple[str, str, str, str], word: str) -> Person:
    code, level, helix, language = row
    region = Region.objects.filter(code=code).order_by("-last_vintage", "pk").first()
    name = f"N. N. {number} ({word})"
    return Person(name=name, region=region, level=level, helix=helix, language=language)

"""No public answer tells what one to four people of an event did, in no form and no language.

An event is held twice. Both halls differ only in what few people did: who stands behind a card, who
chose a measure nobody else chose, who came on paper or late, who joined and did not rate, which of
two small groups somebody is of. Everything public is made anew and read at every address that the
table of rights opens to people without an account (every address the resolver knows has a row
there), by a visitor, a phone and the big screen; whoever
can tell the two halls apart has been told of those few. A second reader looks for their numbers.
"""

import html
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pypdf
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alpclusters.platform.cafe.domain.host_links import make_pass
from alpclusters.platform.cafe.domain.keys import ensure_key, hash_token
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Card,
    Comment,
    Feedback,
    PaperSheet,
    Participant,
    Rating,
    Support,
    TopThree,
)
from alpclusters.platform.evaluation.domain.protocols import approve
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.evaluations.evaluation_page import FORMATS
from tests.factories.cafe import NOW, new_token
from tests.factories.evaluation import make_region, make_snapshot
from tests.factories.halls import do
from tests.factories.protocols import make_held_cafe
from tests.permissions.asking import LANGUAGE, address_of
from tests.permissions.reading import Place, Told, read
from tests.permissions.table import ROWS, Row
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

PEOPLE = 32
FEWEST_ANSWERS = 200
OWN_TABLE = re.compile("cafe_|evaluation_")
BLOCKS = ("participation", "tiers", "heat", "groups", "topthree", "cloud", "change")
FILES = {
    "public:evaluation_file": [{"format": kind} for kind in FORMATS],
    "public:common_file": [{"format": kind} for kind in ("pdf", "docx", "xlsx", "csv", "json")],
    "public:cafe_protocol": [
        {"format": kind, "language": code} for kind in ("pdf", "docx") for code in ("de", "sl")
    ],
}
# Pages of the event in all languages, the others in one.
OF_THE_EVENT = (
    *("public:cafe", "public:cafes", "public:evaluation", "public:common", "public:home"),
)
# Of the event itself for whoever is in the hall; the table asks with the phone of another one.
IN_THE_HALL = ("cafe:results", "cafe:cards", "cafe:screen")
MUST_ANSWER = (
    *("public:cafe", "public:cafe_protocol", "public:cafe_data", "public:cafe_cards"),
    *("public:card_trail", "public:evaluation", "public:evaluation_file", "public:project"),
    *IN_THE_HALL,
)


@dataclass(frozen=True)
class Few:
    """What few people did; every number is below five in both halls."""

    supporters: tuple[int, int]
    third: str
    paper: int
    late: int
    silent: int
    of_first_region: int
    changed: int
    sheets: int
    hidden_cards: int
    comments: int
    feedback: tuple[int, int, int]


ONE = Few((3, 1), "measure-5", 3, 2, 2, 3, 1, 2, 1, 3, (5, 5, 4))
OTHER = Few((1, 4), "measure-4", 2, 3, 3, 2, 3, 3, 2, 4, (2, 3, 1))


@pytest.fixture
def hall(world: World, settings, tmp_path) -> AlpCafe:
    """A held event of a public project: two large groups, and few of whom nothing is told."""
    settings.HOME = tmp_path
    cafe = make_held_cafe(
        project=world.things["project", "public"], people=PEOPLE, measures=5, tables=4
    )
    cafe.cloud_x, cafe.cloud_y = list(cafe.criteria.order_by("pk"))[:2]
    cafe.save()
    people = list(cafe.participants.order_by("pk"))
    for number, person in enumerate(people):
        first = number < 14
        person.region = make_region("AT32" if first else "SI04")
        person.role = "firm_sme" if first else "policy_maker"
        person.level, person.source = "regional", "phone"
        person.save()
    Rating.objects.filter(cafe=cafe).update(source="phone")
    keys = [f"measure-{number}" for number in range(1, 6)]
    for number, person in enumerate(people):
        chosen = [keys[number % 2], keys[1 - number % 2], *keys[2:3][: int(number < 20)]]
        TopThree.objects.filter(participant=person).update(measures=chosen)
    Feedback.objects.filter(cafe=cafe).update(answers={"heard": 4, "learned": 3})
    for number, line in enumerate(Feedback.objects.filter(cafe=cafe).order_by("pk")):
        line.answers = {"heard": 2 + number % 4, "learned": 1 + number % 5}
        line.save()
    world.things["cafe", "public"] = cafe
    return cafe


def make_few(cafe: AlpCafe, few: Few) -> None:
    """Let few people of the event do what they did in one of the halls."""
    people = list(cafe.participants.order_by("pk"))
    _come(people[-6:], few)
    _choose(people[-6:], few)
    _write(cafe, people, few)
    _leave_traces(cafe, people[-1], few)
    _be_invited(cafe, few)


def _come(last: Sequence[Participant], few: Few) -> None:
    for number, person in enumerate(last):
        is_first = number < few.of_first_region
        person.region = make_region("ITH4" if is_first else "FRK2")
        person.role = "research" if is_first else "civil_society"
        person.source = "phone" if number == 5 else "paper" if number < few.paper else "proxy"
        person.save()
        Rating.objects.filter(participant=person).update(source=person.source)
    Rating.objects.filter(participant__in=last[: few.late], round=1).update(is_late=True)


def _choose(last: Sequence[Participant], few: Few) -> None:
    for number, person in enumerate(last[:3]):
        third = few.third if number == 2 else "measure-4"
        chosen = TopThree.objects.filter(participant=person)
        chosen.update(measures=["measure-1", "measure-2", third])


def _write(cafe: AlpCafe, people: Sequence[Participant], few: Few) -> None:
    for card, n in zip(cafe.cards.order_by("pk"), few.supporters, strict=False):
        for person in people[10 : 10 + n]:
            Support.objects.create(card=card, participant=person)
    for person in people[: few.comments]:
        measure = cafe.measures.first()
        Comment.objects.create(
            cafe=cafe, participant=person, measure=measure, text="x", language="en", received_at=NOW
        )
    for value, line in zip(few.feedback, Feedback.objects.filter(cafe=cafe), strict=False):
        line.answers |= {"again": value}
        line.save()


def _leave_traces(cafe: AlpCafe, person: Participant, few: Few) -> None:
    """Join without rating, change an answer, fill in a sheet, write a card that is hidden."""
    for number in range(few.silent):
        Participant.objects.create(
            cafe=cafe, token_hash=f"silent-{number}", language="de", consented_at=NOW,
            consent_version="2026-1", joined_at=NOW, seen_at=NOW,
        )  # fmt: skip
    answer = Rating.objects.filter(participant=person, round=1).order_by("pk").first()
    for number in range(few.changed):
        answer.pk, answer.key = None, f"changed-{number}"
        answer.save()
    for number in range(few.sheets):
        PaperSheet.objects.create(cafe=cafe, number=f"{number:04}-W", entered_at=NOW)
    for number in range(few.hidden_cards):
        Card.objects.create(
            cafe=cafe, public_id=f"hidden-{number}", text="x", language="en", received_at=NOW,
            state=Card.State.HIDDEN, hidden_reason="x",
        )  # fmt: skip


def _be_invited(cafe: AlpCafe, few: Few) -> None:
    for number, one in enumerate(list(cafe.invitations.order_by("pk"))[-5:]):
        is_first = number < few.of_first_region
        one.region = make_region("DE21" if is_first else "FRK2")
        one.level = "national" if is_first else "european"
        one.save()


def publish(cafe: AlpCafe) -> Snapshot:
    """Make everything of the event public: blocks of results, evaluation, protocol, open data."""
    for block in BLOCKS:
        do(cafe, "release", block=block)
    snapshot = make_snapshot(cafe=cafe, released=True)
    approve(cafe, None, NOW)
    return snapshot


def clients_of(cafe: AlpCafe) -> dict[str, Client]:
    """Somebody without an account, the phone of somebody who was there, the big screen."""
    phone, token = Client(raise_request_exception=False), new_token(cafe.pk)
    person = cafe.participants.order_by("pk").first()
    person.token_hash = hash_token(ensure_key(django_settings.HOME, cafe.pk), token)
    person.save()
    phone.cookies["cafe"] = token
    screen = Client(raise_request_exception=False)
    screen.cookies["cafescreen"] = make_pass(cafe, role="beamer").text
    return {"visitor": Client(raise_request_exception=False), "phone": phone, "screen": screen}


type Address = tuple[str, Place]
"""Name of the page, who reads, and where."""


def addresses(world: World) -> Iterator[Address]:
    """List every address that somebody without an account may open, and by whom it is read."""
    for row in ROWS.values():
        relations = [
            relation
            for relation, outcome in row.outcomes.items()
            if {outcome["visitor"], outcome["participant"]} & {"ok", "see", "join"}
        ]
        if row.name in IN_THE_HALL:
            relations = ["public"]
        if "GET" not in row.methods or not relations:
            continue
        relation = "public" if "public" in relations else relations[0]
        # In the hall phones open pages of their own, and these.
        who = ("phone",) if row.name.startswith("cafe:") else ("visitor",)
        who = ("visitor", "phone") if row.name in OF_THE_EVENT else who
        who = ("phone", "screen") if row.name in IN_THE_HALL else who
        with translation.override(LANGUAGE):
            paths = _paths(row, relation, world)
        for path in paths:
            yield from ((row.name, (one, path)) for one in who)


def _paths(row: Row, relation: str, world: World) -> list[str]:
    cafe = world.things["cafe", "public"]
    if row.name == "public:card_trail":
        card = cafe.cards.order_by("pk").first().public_id
        return [reverse(row.name, args=[cafe.pk, card])]
    if row.name in FILES:
        pk = world.arguments(row.object, relation, ["pk", "slug"])
        number = {"slug": pk["slug"]} if row.name == "public:common_file" else {"pk": pk["pk"]}
        return [reverse(row.name, kwargs=number | file) for file in FILES[row.name]]
    path = address_of(row, relation, world)
    languages = LANGUAGE_CODES if row.name in OF_THE_EVENT else (LANGUAGE,)
    return [path.replace(f"/{LANGUAGE}/", f"/{code}/", 1) for code in languages]


def read_hall(
    world: World, hall: AlpCafe, few: Few, only: Collection[Address] | None = None
) -> dict[Address, Told]:
    """Hold the event as one of the halls, publish it, read everything; take all of it back."""
    with transaction.atomic():
        number_anew()
        make_few(hall, few)
        world.things["snapshot", "public"] = publish(hall)
        clients = clients_of(hall)
        wanted = [one for one in addresses(world) if only is None or one in only]
        found = {(name, place): read(place, clients) for name, place in wanted}
        transaction.set_rollback(True)
    return found


def number_anew() -> None:
    """Let new rows of both halls get the same numbers: PostgreSQL does not take them back."""
    models = list(apps.get_models())
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def comparable(told: Told) -> bytes:
    """Return what was told; the tables of open data come in an order of chance."""
    return b"\n".join(sorted(told.text.split(b"\r\n")))


def test_no_public_answer_tells_two_halls_apart_that_differ_in_few_people(world: World, hall):
    one = read_hall(world, hall, ONE)
    # What is made without a table of the event is the same.
    concerned = {key for key, told in one.items() if any(map(OWN_TABLE.match, told.asked))}
    other = read_hall(world, hall, OTHER, only=concerned)
    differing = [key for key, told in other.items() if comparable(told) != comparable(one[key])]

    answered = {name for (name, _place), told in one.items() if told.text.startswith(b"200")}
    assert [name for name in MUST_ANSWER if name not in answered] == []
    assert len(one) >= FEWEST_ANSWERS
    assert set(other) == concerned
    assert sorted({path for _name, (_who, path) in differing}) == []
    assert numbers_of_few({key: one[key] for key in concerned}) == []


# --- the second reader ------------------------------------------------------------------------

PEOPLE_IN_WORDS = "Person|Personen|people|person|personnes?|persona|persone|oseb[aei]?"
NUMBER_OF_FEW = re.compile(
    rf"(?<![\d.,–-])[1-4][\s\u00a0\u202f]+(?:{PEOPLE_IN_WORDS})\b"
    r"|\bn[\s\u00a0\u202f]*=[\s\u00a0\u202f]*[1-4](?![\d.,])"
)
# "Table 3 People by region" counts tables.
CAPTIONS = re.compile(r"\b(?:Tabelle|Preglednica|Tabela|Abbildung|Slika)\b[^\d.]{0,40}\d+")
TAGS = re.compile(r"<[^>]*>")


def numbers_of_few(found: dict[Address, Told]) -> list[tuple[str, str]]:
    """List what stands around a number of one to four people, in words or as n, hidden too."""
    return [
        (place[1], text[max(0, match.start() - 40) : match.end() + 40])
        for (_name, place), told in found.items()
        for text in texts_of(told.text)
        for match in NUMBER_OF_FEW.finditer(text)
    ]


def texts_of(body: bytes) -> list[str]:
    """Return what is read: the text without marks, and with them (titles, labels, data)."""
    if body[3:7] == b"%PDF":
        pages = pypdf.PdfReader(io.BytesIO(body[3:])).pages
        shown = "\n".join(page.extract_text() for page in pages)
        return [CAPTIONS.sub("", shown)]
    text = html.unescape(body.decode(errors="replace"))
    return [text, CAPTIONS.sub("", TAGS.sub("", text))]


@pytest.mark.parametrize(
    ("body", "n"),
    [
        (b"200 <b>1</b> Person", 1), (b"200<p title='n = 4'>", 1), (b"200von 3 osebe", 2),
        (b"200 14 Personen, n = 12, 5 people, fewer than five people, 2.4 people", 0),
    ],
)  # fmt: skip
def test_the_reader_finds_numbers_of_few(body, n):
    told = {("page", ("visitor", "/")): Told(body, frozenset())}

    assert len(numbers_of_few(told)) == n

"""Before a release no address tells how measures were rated, to nobody, in no form.

Every address is read by everybody: once as people rated, once more with every answer turned round
and spread differently over the measures, if the first reading asked a table in which that changed
anything; and so again when the ratings are over. Whoever can tell the two halls apart has been told
a result.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alpclusters.platform.cafe.domain.host_links import make_pass
from alpclusters.platform.cafe.models import AlpCafe, Comment, Phase, Rating, TopThree
from alpclusters.platform.evaluation.models import Snapshot
from tests.factories.cafe import NOW, join_cafe
from tests.factories.halls import VALUES, do, fill_hall, go, make_open_hall
from tests.hunters import writes_of_block
from tests.permissions.asking import address_of
from tests.permissions.reading import Place, Told, names_of, read
from tests.permissions.table import ROWS, Row
from tests.permissions.world import HERE, World, make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

VIEWS = ["phone", "host", "beamer", "moderation"]
# Pages about other things know no answers: a plan, a partner, an account.
OF_THE_HALL = ("cafe:", "public:", "workspace:cafe", "workspace:dashboard", "workspace:snapshots")
ROLES = ["visitor", "participant", "member", "facilitator", "administrator"]
FEWEST_ANSWERS = 200
FEWEST_AFTERWARDS = 100


@pytest.fixture
def hall(world: World, settings, tmp_path) -> AlpCafe:
    """An AlpCafé of the project "own" in which people rate; some phones and screens are in."""
    settings.HOME = tmp_path
    project = world.things["project", "own"]
    cafe = make_open_hall(project=project, region=make_region(HERE))
    go(cafe, Phase.RATING)
    fill_hall(cafe, VALUES * 2)
    for person in list(cafe.participants.all())[:9]:
        TopThree.objects.create(
            cafe=cafe, participant=person, measures=["fair", "pilot"], received_at=NOW
        )
    # Seven have left one question out: they will have answered another one instead.
    theirs(cafe).filter(measure=list(cafe.measures.order_by("pk"))[1]).delete()
    world.things["cafe", "own"] = cafe
    # Made when it is asked for first, and its page says so: it is there before both readings.
    b"".join(Client().get(reverse("public:evidence-archive")))
    return cafe


def theirs(cafe: AlpCafe) -> QuerySet[Rating]:
    """The answers of seven people on one criterion."""
    people = list(cafe.participants.order_by("pk").values_list("pk", flat=True))[:7]
    criterion = cafe.criteria.order_by("pk").first()
    return Rating.objects.filter(cafe=cafe, participant__in=people, criterion=criterion)


def clients_of(world: World, cafe: AlpCafe) -> dict[str, Client]:
    """Everybody of the table, and the screens of the hall."""
    found = {role: world.clients[role] for role in ROLES}
    phone, host, beamer = (Client(raise_request_exception=False) for _ in range(3))
    phone.cookies["cafe"] = join_cafe(cafe).token
    host.cookies["cafescreen"] = make_pass(cafe, role="host", table=1).text
    beamer.cookies["cafescreen"] = make_pass(cafe, role="beamer").text
    return found | {"phone": phone, "host": host, "beamer": beamer}


def addresses(world: World) -> Iterator[str]:
    for row in ROWS.values():
        is_asked = "GET" in row.methods and row.name.startswith(OF_THE_HALL)
        if is_asked and (path := _address(row, world)):
            yield path
            yield from (f"{path}?view={view}" for view in VIEWS if row.name == "cafe:cards")


def _address(row: Row, world: World) -> str:
    # Some things are there only once an evaluation is public.
    if row.object and (row.object, "own") not in world.things:
        return ""
    try:
        return address_of(row, "own", world)
    except NoReverseMatch:
        return ""


def read_everything(world: World, clients: dict[str, Client]) -> dict[Place, Told]:
    """Read every address as everybody."""
    places = [(who, path) for path in addresses(world) for who in clients]
    return {place: read(place, clients) for place in places}


def read_again(
    before: dict[Place, Told], clients: dict[str, Client], changed: set[str]
) -> dict[Place, Told]:
    """Read what can be another text now, after some tables changed.

    An answer is made of what it asks the database: one that asked none of them is the same.
    """
    concerned = [place for place, then in before.items() if not changed.isdisjoint(then.asked)]
    return {place: read(place, clients) for place in concerned}


def differing(
    before: dict[Place, Told], clients: dict[str, Client], changed: set[str]
) -> list[Place]:
    """List where another text is read now, after some tables changed."""
    now = read_again(before, clients, changed)
    return [place for place, told in now.items() if told.text != before[place].text]


def turn_round(cafe: AlpCafe) -> set[str]:
    """Answer everything the other way, rate other measures as often; return the tables changed."""
    with writes_of_block() as writes:
        _turn_round(cafe)
    return names_of(writes.tables)


def _turn_round(cafe: AlpCafe) -> None:
    first, second = cafe.measures.order_by("pk")[:2]
    for rating in Rating.objects.filter(cafe=cafe):
        rating.value = 6 - rating.value
        rating.save(update_fields=["value"])
    theirs(cafe).filter(measure=first).update(measure=second)
    TopThree.objects.filter(cafe=cafe).update(measures=["pilot", "fair"])
    Comment.objects.filter(cafe=cafe).delete()


def test_nobody_can_tell_two_halls_apart_before_a_release(world: World, hall):
    clients = clients_of(world, hall)
    while_rating = read_everything(world, clients)
    tell_apart(while_rating, clients, hall)

    with writes_of_block() as writes:
        go(hall, Phase.RESULTS)
    afterwards = read_again(while_rating, clients, names_of(writes.tables))
    tell_apart(while_rating | afterwards, clients, hall)

    assert len(while_rating) >= FEWEST_ANSWERS
    assert len(afterwards) >= FEWEST_AFTERWARDS


def tell_apart(before: dict[Place, Told], clients: dict[str, Client], hall: AlpCafe) -> None:
    """Fail if somebody reads something else once the answers are turned round."""
    with transaction.atomic():
        changed = turn_round(hall)
        other = differing(before, clients, changed)
        transaction.set_rollback(True)

    leaks = [place for place in other if read(place, clients).text == before[place].text]
    assert leaks == []
    # What changes from one answer to the next by itself cannot be compared.
    assert sorted({path for _who, path in other}) == []


def test_nobody_evaluates_while_people_rate(world: World, hall):
    client = world.clients["facilitator"]

    client.post(f"/en/workspace/cafes/{hall.pk}/evaluate/")

    assert not Snapshot.objects.filter(cafe=hall).exists()


def test_the_comparison_notices_a_result(world: World, hall):
    go(hall, Phase.RESULTS)
    do(hall, "release", block="heat")
    clients = {"beamer": clients_of(world, hall)["beamer"]}
    before = read_everything(world, clients)
    with writes_of_block() as writes:
        hall.releases.all().delete()
        changed = turn_round(hall)
        do(hall, "release", block="heat")
    changed |= names_of(writes.tables)

    assert differing(before, clients, changed) != []

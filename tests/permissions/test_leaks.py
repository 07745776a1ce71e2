"""Before a release no address tells how measures were rated, to nobody, in no form.

Every address is read by everybody twice: once as people rated, once with every answer turned
round and spread differently over the measures. Whoever can tell the two halls apart has been
told a result.
"""

import io
import re
import zipfile
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
from tests.permissions.asking import address_of
from tests.permissions.table import ROWS, Row
from tests.permissions.world import HERE, World, make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What differs from one answer to the next by itself.
CHANGING = [
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'type="hidden" name="(once|id)" value="[\w-]{22}"'),
    re.compile(rb'data-seconds="\d+"'),
    re.compile(rb"DTSTAMP:\w+"),
    re.compile(rb"/(CreationDate|ModDate|ID)\s*[\[(].*?[\])]"),
]
VIEWS = ["phone", "host", "beamer", "moderation"]
# Pages about other things know no answers: a plan, a partner, an account.
OF_THE_HALL = ("cafe:", "public:", "workspace:cafe", "workspace:dashboard", "workspace:snapshots")
ROLES = ["visitor", "participant", "member", "facilitator", "administrator"]
FEWEST_ANSWERS = 200


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
    try:
        return address_of(row, "own", world)
    except NoReverseMatch:
        return ""


def read_everything(world: World, clients: dict[str, Client]) -> dict[tuple[str, str], bytes]:
    """Read every address as everybody."""
    return {
        (who, path): told(client.get(path))
        for path in addresses(world)
        for who, client in clients.items()
    }


def told(response) -> bytes:
    """Return what an answer tells, without what changes by itself."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"".join(file.read(name) for name in sorted(file.namelist()))
    for pattern in CHANGING:
        body = pattern.sub(b"", body)
    return str(response.status_code).encode() + body


def turn_round(cafe: AlpCafe) -> None:
    """Answer everything the other way, and rate other measures as often as these."""
    first, second = cafe.measures.order_by("pk")[:2]
    for rating in Rating.objects.filter(cafe=cafe):
        rating.value = 6 - rating.value
        rating.save(update_fields=["value"])
    theirs(cafe).filter(measure=first).update(measure=second)
    TopThree.objects.filter(cafe=cafe).update(measures=["pilot", "fair"])
    Comment.objects.filter(cafe=cafe).delete()


@pytest.mark.parametrize("phase", [Phase.RATING, Phase.RESULTS])
def test_nobody_can_tell_two_halls_apart_before_a_release(world: World, hall, phase):
    if hall.phase != phase:
        go(hall, phase)
    clients = clients_of(world, hall)
    before = read_everything(world, clients)
    with transaction.atomic():
        turn_round(hall)
        after = read_everything(world, clients)
        transaction.set_rollback(True)

    other = [(who, path) for (who, path), text in before.items() if after[who, path] != text]

    leaks = [key for key in other if told(clients[key[0]].get(key[1])) == before[key]]
    assert leaks == []
    # What changes from one answer to the next by itself cannot be compared.
    assert sorted({path for _who, path in other}) == []
    assert len(before) >= FEWEST_ANSWERS


def test_nobody_evaluates_while_people_rate(world: World, hall):
    client = world.clients["facilitator"]

    client.post(f"/en/workspace/cafes/{hall.pk}/evaluate/")

    assert not Snapshot.objects.filter(cafe=hall).exists()


def test_the_comparison_notices_a_result(world: World, hall):
    go(hall, Phase.RESULTS)
    do(hall, "release", block="heat")
    clients = {"beamer": clients_of(world, hall)["beamer"]}
    before = read_everything(world, clients)
    hall.releases.all().delete()
    turn_round(hall)
    do(hall, "release", block="heat")

    assert read_everything(world, clients) != before

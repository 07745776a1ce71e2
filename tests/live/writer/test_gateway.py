"""The site's way to the writer: over the socket, or at once where no live process runs."""

import asyncio
import json
import os
import threading
from contextlib import contextmanager

import pytest

from alpclusters.live import gateway
from alpclusters.live.intake import Intake
from alpclusters.live.journal_folder import lock_folder
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.keys import hash_token, read_key
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import Comment, Participant, Phase, Rating, Receipt, TopThree
from alpclusters.platform.sockets import CONTROL, socket_path
from tests.factories.cafe import NOW, choice, command, join_cafe, make_open_cafe, send
from tests.factories.evaluation import make_measure
from tests.live.writer.stage import ON_STAGE, rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_open_cafe()


@pytest.fixture
def person(cafe):
    return join_cafe(cafe).participant


def key(n: int) -> str:
    return f"key-of-a-phone-{n:07d}"


# ---- at once -------------------------------------------------------------------------------


def test_answers_are_stored_at_once_with_growing_numbers(cafe, person):
    results = send(person, choice(cafe, 4), choice(cafe, 2, criterion="durability"))

    assert [(r.status, r.new) for r in results] == [(200, True)] * 2
    assert list(Rating.objects.values_list("seq", "value").order_by("seq")) == [
        (results[0].seq, 4),
        (results[1].seq, 2),
    ]
    assert results[1].seq == results[0].seq + 1


def test_a_key_sent_again_counts_once(cafe, person):
    sent = choice(cafe, 4)

    first, same = send(person, sent, sent)
    [again] = send(person, sent)

    assert (first.new, same.new, again.new) == (True, False, False)
    assert {first.seq, same.seq, again.seq} == {first.seq}
    assert Rating.objects.count() == 1


def test_keys_of_every_kind_are_known(cafe, person):
    measure = cafe.measures.first().pk
    sent = [
        command("comment", key(1), m=measure, text="weil"),
        command("top3", key(2), r=1, measures=[measure]),
        command("profile", key(3), role="research"),
    ]

    first, again = send(person, *sent), send(person, *sent)
    [other] = send(person, command("comment", key(1), m=measure, text="anders"))

    assert [r.new for r in first] == [True] * 3
    assert [(r.status, r.new) for r in again] == [(200, False)] * 3
    assert (other.status, other.code) == (409, "key_reused")
    assert Comment.objects.get().text == "weil"
    assert TopThree.objects.get().measures == [cafe.measures.first().key]
    assert Receipt.objects.count() == 2


def test_a_key_of_somebody_else_is_refused(cafe, person):
    sent = choice(cafe, 4)
    send(person, sent)

    [result] = send(join_cafe(cafe).participant, sent)

    assert result.code == "key_reused"


def test_a_measure_that_is_not_on_the_table_is_refused(cafe, person):
    foreign = choice(cafe, 4)
    foreign["b"]["m"] = make_measure("label").pk

    [result] = send(person, foreign)

    assert (result.code, result.text) == ("not_on_sheet", "To vprašanje tukaj ni zastavljeno.")


def test_a_closed_event_takes_nothing(cafe, person):
    close_cafe(cafe, by=None, now=NOW)

    [result] = send(person, choice(cafe, 4))

    assert (result.status, result.code) == (410, "gone")
    assert Rating.objects.count() == 0


def test_nobody_is_refused_without_an_error(cafe):
    results = gateway.submit(cafe.pk, 999, [choice(cafe, 4)], language="de")

    assert [r.code for r in results] == ["gone"]


def test_a_phone_without_scripts_joins_and_the_same_key_is_the_same_person(cafe):
    how = {"language": "sl", "consent": "2026-1", "key": key(1)}

    first, again = gateway.join(cafe.pk, **how), gateway.join(cafe.pk, **how)
    known = gateway.join(cafe.pk, **{**how, "key": key(2)}, known_token=first.token)

    assert (first.is_new, again.is_new, known.is_new) == (True, False, False)
    assert first.token == again.token == known.token
    assert list(participants_of([first.token])) == [first.token]
    assert Participant.objects.get().language == "sl"
    assert first.recovery not in str(Participant.objects.values().get())


def test_a_recovery_code_lets_a_further_phone_in(cafe):
    first = gateway.join(cafe.pk, language="sl", consent="2026-1", key=key(1))

    other = gateway.recover(cafe.pk, recovery=first.recovery.lower(), key=key(2))
    wrong = gateway.recover(cafe.pk, recovery="2222222222", key=key(3))

    assert wrong is None
    people = participants_of([first.token, other.token])
    assert {p.pk for p in people.values()} == {first.participant_id}
    assert len(people) == 2


def test_people_without_a_phone_are_added_and_their_answers_have_a_source(cafe):
    person = gateway.add_person(cafe.pk, language="it", source="proxy")
    sent = [choice(cafe, 3)]

    gateway.submit(cafe.pk, person, sent, language="de", source="proxy")

    assert Participant.objects.get().source == "proxy"
    assert Rating.objects.get().source == "proxy"


def test_nobody_joins_a_closed_event(cafe):
    close_cafe(cafe, by=None, now=NOW)

    with pytest.raises(gateway.NotTakenError):
        gateway.join(cafe.pk, language="de", consent="1", key=key(1))
    with pytest.raises(gateway.NotTakenError):
        gateway.add_person(cafe.pk, language="de", source="proxy")
    assert gateway.add_person(cafe.pk, language="de", source="paper")


def test_me_is_what_the_phone_reads(cafe, person):
    send(person, choice(cafe, 4))

    me = gateway.me(cafe.pk, person.pk)

    assert list(me["answers"]["1"].values()) == [4]
    assert me["event"]["phase"] == Phase.RATING


def test_while_a_live_process_starts_the_site_says_so(cafe, person, settings, monkeypatch):
    monkeypatch.setattr(gateway, "_STARTING_S", 0.2)
    lock = lock_folder(settings.HOME / "journal")

    with pytest.raises(gateway.Busy):
        send(person, choice(cafe, 4))

    os.close(lock)
    assert [r.status for r in send(person, choice(cafe, 4))] == [200]


def test_fifty_commands_take_few_queries(cafe, person, django_assert_max_num_queries):
    sent = [choice(cafe, n % 5 + 1) for n in range(50)]

    with django_assert_max_num_queries(24):
        send(person, *sent)


def test_waking_without_a_live_process_is_harmless(tmp_path):
    wake(7, home=tmp_path)
    (tmp_path / "run").mkdir()
    socket_path(tmp_path, CONTROL).write_text("not a socket")
    wake(7, home=tmp_path)


# ---- over the socket -----------------------------------------------------------------------


@contextmanager
def live_process(stage):
    """The writer and its socket in another thread, as the live process has them."""
    ready, stop = threading.Event(), []

    async def serve() -> None:
        intake = await Intake.open(stage.home, stage.database, window_ms=0)

        async def talk(reader, writer):
            while line := await reader.readline():
                found = await gateway.answer(intake, json.loads(line))
                writer.write(json.dumps(found).encode() + b"\n")
                await writer.drain()
            writer.close()

        (stage.home / "run").mkdir(exist_ok=True)
        server = await asyncio.start_unix_server(talk, path=str(socket_path(stage.home, CONTROL)))
        end = asyncio.Event()
        stop.append((asyncio.get_running_loop(), end))
        ready.set()
        await end.wait()
        server.close()
        await intake.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(20)
    try:
        yield
    finally:
        loop, end = stop[0]
        loop.call_soon_threadsafe(end.set)
        thread.join(20)


@ON_STAGE
def test_the_site_talks_to_a_live_process_over_its_socket(stage, settings):
    settings.HOME, event = stage.home, stage.rows.rating
    with live_process(stage):
        joined = gateway.join(event, language="de", consent="1", key=key(1))
        other = gateway.recover(event, recovery=joined.recovery, key=key(2))
        proxy = gateway.add_person(event, language="it", source="proxy")
        sent = [rate(stage.rows, 4), rate(stage.rows, 9)]
        results = gateway.submit(event, joined.participant_id, sent, language="de")
        how = {"language": "de", "source": "proxy", "entered_by": None}
        gateway.submit(event, proxy, [rate(stage.rows, 2)], **how)
        stage.run("UPDATE cafe_alpcafe SET announcement = 'Pause', revision = revision + 1")
        gateway.tell(event)
        me = gateway.me(event, other.participant_id)
        with pytest.raises(gateway.NotTakenError):
            gateway.add_person(999, language="de", source="proxy")

    assert [(r.status, r.code) for r in results] == [(200, ""), (422, "off_scale")]
    assert list(me["answers"]["1"].values()) == [4]
    assert me["event"]["announcement"] == "Pause"
    stored = stage.fetch("SELECT value, source FROM cafe_rating ORDER BY id")
    assert stored == [(4, "phone"), (2, "proxy")]
    assert stage.fetch("SELECT COUNT(*) FROM cafe_device") == [(1,)]
    key_of_event = read_key(stage.home, event)
    hashes = {row[0] for row in stage.fetch("SELECT token_hash FROM cafe_participant")}
    assert hash_token(key_of_event, joined.token) in hashes

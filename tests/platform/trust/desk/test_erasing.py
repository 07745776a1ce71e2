"""Whoever asks to be erased is gone: from every table, history, index, file and free page."""

import json
from contextlib import closing

import pytest
from django.conf import settings
from django.db import transaction
from django.db.utils import ConnectionHandler

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.cafe.domain.invitations import Person as Guest
from alpclusters.platform.cafe.domain.invitations import invite
from alpclusters.platform.cafe.models import AlpCafe, Protocol, Table
from alpclusters.platform.desk.erasing import block, erase, unblock
from alpclusters.platform.desk.finding import export, find
from alpclusters.platform.desk.proof import look_everywhere
from alpclusters.platform.evaluation.domain.protocols import approve, approved_hosts
from alpclusters.platform.trust.domain.log import Kind, record, verify
from alpclusters.platform.trust.models import SecurityEvent
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import make_draft
from tests.factories.evaluation import NOW
from tests.factories.stakeholders import make_body, make_person
from tests.platform.trust.desk.canaries import found_in_tables

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_somebody_without_an_account_is_found_given_out_and_erased():
    chief = make_user_with(Role.ADMINISTRATOR)
    cafe = make_draft()
    invite(cafe, [Guest("Ana Novak", email="ana@larch.example"), Guest("Another")])
    known = make_person(make_body(), name="Ana Novak", email="ana@larch.example")

    hits = find("ana@larch.example")

    assert [hit.key for hit in hits] == [
        f"actors.person:{known.pk}",
        f"cafe.invitation:{cafe.invitations.get(name='Ana Novak').pk}",
    ]
    assert all(hit.is_certain for hit in hits)
    given = export(hits)
    assert given["cafe.invitation"][0]["name"] == "Ana Novak"
    assert "token_hash" not in given["cafe.invitation"][0]
    made = erase(hits, by=chief, now=NOW)
    assert found_in_tables("ana@larch") == {}
    assert made.is_clean
    assert [one.name for one in cafe.invitations.all()] == ["Another"]


def test_another_of_the_same_name_stays_and_the_certificate_says_so():
    chief = make_user_with(Role.ADMINISTRATOR)
    cafe = make_draft()
    invite(cafe, [Guest("Ana Novak", email="ana@larch.example"), Guest("Ana Novak")])
    [mine] = [hit for hit in find("ana novak") if "ana@larch.example" in hit.who]

    made = erase([mine], by=chief, now=NOW)

    assert not mine.is_certain
    assert made.left["tables"] == {"cafe_invitation": 1}
    assert not made.is_clean


def test_what_finds_everybody_is_refused():
    with pytest.raises(InputError, match=r"desk\.too_short"):
        find(" a ")


def test_nothing_ticked_erases_nothing():
    with pytest.raises(StateError, match=r"desk\.nothing"):
        erase([], by=make_user_with(Role.ADMINISTRATOR), now=NOW)


def test_the_last_administrator_can_neither_be_erased_nor_blocked():
    chief = make_user_with(Role.ADMINISTRATOR, email="chief@larch.example")

    with pytest.raises(StateError, match=r"account\.last_administrator"):
        erase(find("chief@larch.example"), by=chief, now=NOW)
    with pytest.raises(StateError, match=r"account\.last_administrator"):
        block(chief, by=chief)

    assert User.objects.get(pk=chief.pk).email == "chief@larch.example"


def test_a_block_ends_sessions_at_once_and_can_be_lifted(client):
    chief, user = make_user_with(Role.ADMINISTRATOR), make_user_with(Role.MEMBER)
    client.force_login(user)

    block(user, by=chief)

    assert client.get("/en/workspace/").status_code == 302
    unblock(user, by=chief)
    assert User.objects.get(pk=user.pk).has_role(Role.MEMBER)
    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert kinds[-2:] == [Kind.PERSON_BLOCKED, Kind.PERSON_UNBLOCKED]


def test_an_erased_account_is_not_let_in_again():
    chief = make_user_with(Role.ADMINISTRATOR)
    user = make_user(email="ana@larch.example")
    erase(find("ana@larch.example"), by=chief, now=NOW)

    with pytest.raises(StateError, match=r"account\.erased"):
        unblock(User.objects.get(pk=user.pk), by=chief)


@pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="bytes of a file of SQLite"
)
def test_erased_rows_are_overwritten_in_the_file(tmp_path):
    path = tmp_path / "erased.sqlite3"
    base = settings.DATABASES["default"]
    handler = ConnectionHandler({"default": {**base, "NAME": str(path)}})
    with closing(handler["default"]) as database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
        cursor.executemany(
            "INSERT INTO person (name) VALUES (%s)",
            [[f"canary {n} {'x' * 900}"] for n in range(50)],
        )
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert path.read_bytes().count(b"canary") >= 50
        cursor.execute("DELETE FROM person")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    assert path.read_bytes().count(b"canary") == 0


def test_a_look_everywhere_finds_files_too(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "list.csv").write_text("name;mail\nAna;ANA@larch.example\n")
    (tmp_path / "other.bin").write_bytes(b"\0" * 10)

    found = look_everywhere(["Ana@Larch.example"])

    assert found.files == 1


def test_an_erasure_that_fails_leaves_everything_as_it_was():
    chief = make_user_with(Role.ADMINISTRATOR, email="chief@larch.example", name="Ana Novak")
    invite(make_draft(), [Guest("Ana Novak", email="ana@larch.example")])
    before = record(Kind.SETTINGS_CHANGED).number

    with pytest.raises(StateError), transaction.atomic():
        erase(find("ana novak"), by=chief, now=NOW)

    assert found_in_tables("ana@larch.example") != {}
    assert verify().n == before


def test_a_name_with_letters_beyond_a_to_z_is_found_however_its_case_is_written():
    invite(make_draft(), [Guest("Željko Šarec", email="zeljko@larch.example")])

    for wanted in ("Željko", "željko šarec", "ŠAREC"):
        assert [hit.who[0] for hit in find(wanted)] == ["Željko Šarec"], wanted


def test_a_look_everywhere_finds_letters_beyond_a_to_z_in_columns_json_and_files(
    settings, tmp_path
):
    cafe = make_draft()
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "list.csv").write_text("name\nŽeljko Šarec\n", encoding="utf-8")
    (tmp_path / "list.json").write_text(json.dumps(["ŽELJKO ŠAREC"]))
    Table.objects.create(cafe=cafe, number=1, way="beside Željko Šarec")
    Protocol.objects.create(
        cafe=cafe, number=1, data={}, notes={"open_points": {"sl": "Željko Šarec"}}, made_at=NOW
    )

    found = look_everywhere(["željko šarec"])

    assert found.tables == {"cafe_table": 1, "cafe_protocol": 1}
    assert found.files == 2


def test_a_host_is_erased_from_an_approved_protocol_too():
    chief = make_user_with(Role.ADMINISTRATOR)
    cafe = make_draft()
    Table.objects.create(cafe=cafe, number=1, host_name="Canary Zupan")
    cafe.state = AlpCafe.State.CLOSED
    cafe.save()
    version = approve(cafe, by=None, now=NOW)

    made = erase(find("canary zupan"), by=chief, now=NOW)

    assert approved_hosts(version) == {1: ""}
    assert made.is_clean


def test_a_version_from_before_is_told_from_the_project_of_today():
    project = make_draft().project
    project.contact_name = "Ana Novak"
    project.save()

    assert [hit.where for hit in find("ana novak")] == [
        project.acronym,
        f"{project.acronym}, earlier version",
    ]

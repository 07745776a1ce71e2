"""Passwords are hashed as OWASP advises, and few at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.urls import reverse

from alpclusters.platform.accounts import hashing
from alpclusters.platform.accounts.hashing import Gate, HashingBusyError
from tests.factories.accounts import make_user

PASSWORD = "the larch turns gold"


def parameters(encoded: str) -> tuple[Type, int, int, int]:
    found = extract_parameters("$" + encoded.split("$", 1)[1])
    return found.type, found.memory_cost, found.time_cost, found.parallelism


def test_a_hash_is_made_as_owasp_advises():
    assert parameters(make_password(PASSWORD)) == (Type.ID, 19 * 1024, 2, 1)


def test_an_older_hash_is_replaced_when_its_owner_signs_in_and_not_before():
    older = Argon2PasswordHasher()
    encoded = older.encode(PASSWORD, older.salt())
    kept = []

    def keep(password: str) -> None:
        kept.append(make_password(password))

    assert not check_password("the larch turns blue", encoded, keep)
    assert kept == []
    assert check_password(PASSWORD, encoded, keep)
    assert parameters(kept[0])[1] == 19 * 1024
    assert check_password(PASSWORD, kept[0])


def test_two_pass_one_waits_and_the_others_are_told_to_come_back():
    gate, inside, end = Gate(2, 1, 60.0), threading.Semaphore(0), threading.Event()
    passed = []

    def pass_through() -> None:
        with gate.place():
            inside.release()
            end.wait()
            passed.append(1)

    threads = [threading.Thread(target=pass_through) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        inside.acquire()
    waiting = threading.Thread(target=pass_through)
    waiting.start()
    while gate.n_inside < 3:
        threading.Event().wait(0.01)
    with pytest.raises(HashingBusyError), gate.place():
        pass
    end.set()
    for thread in (*threads, waiting):
        thread.join()

    assert passed == [1, 1, 1]
    with gate.place():
        assert gate.n_inside == 1


def test_nobody_waits_longer_than_said():
    gate = Gate(1, 5, 0.05)
    with gate.place(), pytest.raises(HashingBusyError), gate.place():
        pass


def test_all_hashing_of_the_process_goes_through_one_gate(monkeypatch):
    encoded = make_password(PASSWORD)
    monkeypatch.setattr(hashing, "gate", Gate(1, 0, 0.0))
    with hashing.gate.place():
        with pytest.raises(HashingBusyError):
            make_password(PASSWORD)
        with pytest.raises(HashingBusyError):
            check_password(PASSWORD, encoded)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["right", "wrong", "unknown", "without", "blocked"])
def test_a_sign_in_costs_one_hash_whether_the_account_exists_or_not(client, monkeypatch, who):
    make_user(email="ana@example.org", password=PASSWORD)
    make_user(email="without@example.org", password="")
    make_user(email="blocked@example.org", password=PASSWORD, is_active=False)
    names = {"unknown": "nobody", "without": "without", "blocked": "blocked"}
    counting = CountingGate()
    monkeypatch.setattr(hashing, "gate", counting)

    client.post(
        reverse("account_login"),
        {
            "login": f"{names.get(who, 'ana')}@example.org",
            "password": PASSWORD if who == "right" else "the larch turns blue",
        },
    )

    assert counting.n_passed == 1


class CountingGate(Gate):
    """The gate of the process, and how many passed."""

    def __init__(self) -> None:
        super().__init__(2, 20, 5.0)
        self.n_passed = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        self.n_passed += 1
        with super().place():
            yield

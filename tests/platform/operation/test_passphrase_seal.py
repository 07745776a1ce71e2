"""What a passphrase seals opens on every machine, here and with the library for age."""

import pyrage
import pytest

from alpclusters.platform.operation.sealed_keys import StaysClosedError, seal, unseal

WORDS = "sechs Worte auf einem Zettel im Safe"
# So little that the library opens it on the busiest machine.
EASY = 8
SIZES = (0, 1, 65_535, 65_536, 65_537, 200_000)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_here_is_opened_here_and_by_the_library(size):
    content = b"k" * size

    sealed = seal(content, WORDS, work=EASY)

    assert unseal(sealed, WORDS) == content
    assert pyrage.passphrase.decrypt(sealed, WORDS) == content


def test_what_the_library_sealed_is_opened_however_much_work_it_chose():
    """Backups made before: the library itself refuses them on a machine that is busy or slow."""
    content = b"k" * 70_000

    assert unseal(pyrage.passphrase.encrypt(content, WORDS), WORDS) == content


def test_more_work_than_the_library_would_do_is_done():
    sealed = seal(b"key", WORDS, work=19)

    assert unseal(sealed, WORDS) == b"key"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed + b"x",
        lambda sealed: sealed[: -65_536 - 16 - 20],
        lambda sealed: sealed.replace(b" 8\n", b" 9\n", 1),
        lambda sealed: sealed.replace(b" 8\n", b" 99\n", 1),
        lambda sealed: b"not age\n" + sealed,
        lambda _: b"",
    ],
    ids=["shorter", "longer", "a block less", "other work", "endless work", "other kind", "empty"],
)
def test_what_was_changed_stays_closed(spoil):
    sealed = seal(b"k" * 131_072, WORDS, work=EASY)

    with pytest.raises(StaysClosedError):
        unseal(spoil(sealed), WORDS)


def test_another_passphrase_opens_nothing():
    with pytest.raises(StaysClosedError):
        unseal(seal(b"key", WORDS, work=EASY), "two")


def test_the_same_keys_never_look_the_same():
    assert len({seal(b"key", WORDS, work=EASY) for _ in range(4)}) == 4

"""Backups in a bucket that speaks S3."""

from datetime import UTC, datetime

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.operation.backup import drop_old_in_bucket
from alpclusters.platform.operation.bucket import NOTHING, Bucket, Keys, read_keys, sign
from tests.platform.operation.bucket_server import NAME, REGION, SECRET, bucket_server

DAILY = [f"alpclusters-2026010{n}-030000.zip" for n in range(1, 6)]


@pytest.fixture
def server():
    with bucket_server() as running:
        yield running


@pytest.fixture
def bucket(server):
    return Bucket(address_of(server), Keys(NAME, SECRET), REGION)


def address_of(server, folder="/back ups/a+b"):
    return f"http://127.0.0.1:{server.server_port}/alp{folder}"


def test_the_published_examples_have_the_published_signatures():
    """From "Signature Calculations for the Authorization Header" of Amazon S3."""
    keys = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    now = datetime(2013, 5, 24, tzinfo=UTC)
    own = {"host": "examplebucket.s3.amazonaws.com", "x-amz-content-sha256": NOTHING}

    found = sign(keys, "us-east-1", "GET", "/test.txt", "", {**own, "range": "bytes=0-9"}, now=now)
    listed = sign(keys, "us-east-1", "GET", "/", "max-keys=2&prefix=J", own, now=now)

    assert found["authorization"].endswith(
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )
    assert listed["authorization"].endswith(
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    )


def test_a_file_comes_back_as_it_was(bucket, server, tmp_path):
    (tmp_path / DAILY[0]).write_bytes(b"whole" * 100_000)

    bucket.put(tmp_path / DAILY[0])
    bucket.get(DAILY[0], tmp_path / "back")

    assert list(server.files) == [f"/alp/back ups/a+b/{DAILY[0]}"]
    assert (tmp_path / "back").read_bytes() == b"whole" * 100_000
    assert (tmp_path / "back").stat().st_mode & 0o777 == 0o600


def test_what_does_not_arrive_whole_is_told(bucket, server, tmp_path):
    (tmp_path / "one.zip").write_bytes(b"whole")
    server.keeps = 3

    with pytest.raises(SetupError, match=r"backup\.bucket_fails") as caught:
        bucket.put(tmp_path / "one.zip")

    assert caught.value.values["reason"] == "other bytes arrived"


def test_all_but_the_newest_daily_backups_are_dropped_and_nothing_else(bucket, server, tmp_path):
    """More names than one answer lists."""
    for name in [*DAILY, "by-hand.zip"]:
        (tmp_path / name).write_bytes(b"x")
        bucket.put(tmp_path / name)
    server.files["/alp/elsewhere.zip"] = b"x"

    dropped = drop_old_in_bucket(bucket, keep=2)

    assert dropped == 3
    assert bucket.names() == [*DAILY[3:], "by-hand.zip"]
    assert "/alp/elsewhere.zip" in server.files


@pytest.mark.parametrize(
    ("keys", "region"), [(Keys(NAME, "other"), REGION), (Keys(NAME, SECRET), "elsewhere")]
)
def test_wrong_keys_and_a_wrong_region_are_refused(server, keys, region):
    with pytest.raises(SetupError, match=r"backup\.bucket_fails") as caught:
        Bucket(address_of(server), keys, region).names()

    assert SECRET not in repr(caught.value)


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(SetupError, match=r"backup\.bucket_fails"):
        Bucket("http://127.0.0.1:9/alp", Keys(NAME, SECRET), REGION).names()


@pytest.mark.parametrize(
    "address",
    [
        "http://s3.example.org/alp",
        "https://s3.example.org",
        "https://a:b@s3.example.org/alp",
        "ftp://127.0.0.1/alp",
        "/srv/alp",
    ],
)
def test_an_address_without_encryption_or_bucket_is_refused(address):
    with pytest.raises(SetupError, match=r"backup\.bucket_address"):
        Bucket(address, Keys(NAME, SECRET), REGION)


def test_keys_are_read_from_a_file_of_its_owner_alone(tmp_path):
    path = tmp_path / "keys"
    path.write_text(f"{NAME}\n{SECRET}\n")
    path.chmod(0o600)

    assert read_keys(path) == Keys(NAME, SECRET)
    assert SECRET not in repr(read_keys(path))
    path.chmod(0o640)
    with pytest.raises(SetupError, match=r"backup\.bucket_keys"):
        read_keys(path)


@pytest.mark.parametrize("content", ["", "one", "one two three", "ü ü"])
def test_a_file_with_something_else_is_refused(tmp_path, content):
    path = tmp_path / "keys"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(SetupError, match=r"backup\.bucket_keys"):
        read_keys(path)


def test_without_a_file_there_are_no_keys():
    with pytest.raises(SetupError, match=r"backup\.bucket_keys"):
        read_keys(None)

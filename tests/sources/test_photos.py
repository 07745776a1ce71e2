"""Photos lose everything that is not the picture, and what is no JPEG is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.jpeg import JpegError, clean_jpeg
from alpclusters.sources.photos import MAX_BYTES, read_photo
from tests.factories.photos import make_jpeg, segment

pytestmark = pytest.mark.unit

SECRET = b"47.8,13.0 Salzburg"


def test_place_camera_comment_and_trailing_bytes_are_gone():
    data = make_jpeg(extra=[segment(0xE1, b"Exif\0\0" + SECRET), segment(0xFE, SECRET)]) + SECRET

    picture = clean_jpeg(data)

    assert SECRET in data
    assert SECRET not in picture.data
    assert picture.data == make_jpeg(extra=[], is_bare=True)
    assert (picture.width, picture.height) == (16, 8)


def test_profile_between_two_scans_is_gone_too():
    data = make_jpeg(scans=2, between=[segment(0xE2, b"ICC_PROFILE\0" + SECRET)])

    assert SECRET not in clean_jpeg(data).data


def test_clean_picture_stays_as_it_is():
    once = clean_jpeg(make_jpeg()).data

    assert clean_jpeg(once).data == once


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        make_jpeg()[:-2],
        make_jpeg(frame=0xC3),
        make_jpeg(components=4),
        make_jpeg(width=0),
        make_jpeg(scans=65),
        make_jpeg(extra=[segment(0xCC, b"\x00\x00")]),
        make_jpeg(frames=2),
    ],
    ids=range(13),
)
def test_everything_else_is_refused(data):
    with pytest.raises(JpegError) as caught:
        clean_jpeg(data)

    assert caught.value.code == "photo.not_a_jpeg"


def test_picture_with_a_side_above_four_thousand_pixels_is_refused():
    with pytest.raises(JpegError) as caught:
        clean_jpeg(make_jpeg(width=4001))

    assert (caught.value.code, caught.value.found) == ("photo.too_large", "4001 x 8")


@given(st.integers(2, len(make_jpeg()) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_picture_is_refused_or_cleaned_and_never_ends_otherwise(place, noise):
    data = make_jpeg()
    damaged = data[:place] + noise + data[place + len(noise) :]

    try:
        picture = clean_jpeg(damaged)
    except JpegError:
        return
    assert clean_jpeg(picture.data).data == picture.data


def test_child_cleans_a_photo():
    picture = read_photo(make_jpeg(extra=[segment(0xE1, SECRET)]))

    assert (picture.width, picture.height) == (16, 8)
    assert picture.data == make_jpeg(is_bare=True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a", "photo.not_a_jpeg"),
        (make_jpeg(width=5000), "photo.too_large"),
        (b"\xff\xd8" + bytes(MAX_BYTES), "photo.too_many_bytes"),
    ],
)
def test_child_refuses_with_a_reason(data, code):
    with pytest.raises(FileFormatError) as caught:
        read_photo(data)

    assert caught.value.code == code

"""A logo is drawn anew from its pixels; what is no still picture is refused with a reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.logos import MAX_BYTES, read_logo
from alpclusters.sources.picture_kinds import walk
from alpclusters.sources.png import PictureError, walk_png
from tests.factories.logos import (
    LOSSLESS,
    LOSSY,
    MOVING,
    chunk,
    kinds_of,
    make_bomb,
    make_png,
    make_turned_jpeg,
    pixels_of,
    sides_of,
)
from tests.factories.photos import make_jpeg

pytestmark = pytest.mark.unit

SECRET = b"47.8,13.0 Salzburg"
LAKE = (11, 86, 102, 255)
NOTHING = (0, 0, 0, 0)
BARE = {b"IHDR", b"IDAT", b"IEND"}


def test_small_png_keeps_each_pixel_and_its_transparency_and_loses_its_texts():
    data = make_png(extra=chunk(b"tEXt", b"Place\0" + SECRET) + chunk(b"eXIf", SECRET))

    logo = read_logo(data)

    assert SECRET in data
    assert SECRET not in logo.large + logo.small
    assert set(kinds_of(logo.large)) == BARE
    assert pixels_of(logo.large) == [[LAKE] * 20 + [NOTHING] * 20] * 20


def test_large_png_is_made_smaller_in_both_sizes_and_keeps_its_shape():
    logo = read_logo(make_png(1600, 200))

    assert (sides_of(logo.large), sides_of(logo.small)) == ((640, 80), (192, 24))
    middle = pixels_of(logo.small)[12]
    assert (middle[10], middle[180]) == (LAKE, NOTHING)


def test_jpeg_loses_what_its_exif_says_but_stands_upright():
    data = make_turned_jpeg(6, secret=SECRET)

    logo = read_logo(data)

    assert SECRET in data
    assert SECRET not in logo.large + logo.small
    assert set(kinds_of(logo.large)) == BARE
    assert sides_of(logo.large) == (8, 16)
    assert sides_of(read_logo(make_turned_jpeg(1)).large) == (16, 8)


@pytest.mark.parametrize("data", [LOSSLESS, LOSSY], ids=["lossless", "lossy"])
def test_webp_keeps_its_transparency(data):
    rows = pixels_of(read_logo(data).large)

    assert (len(rows), len(rows[0])) == (30, 60)
    assert rows[15][50][3] == 0
    assert all(abs(a - b) < 12 for a, b in zip(rows[15][20], LAKE, strict=True))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"This is a text and no picture.", "logo.unknown_kind"),
        (b"", "logo.unknown_kind"),
        (b"GIF89a", "logo.unknown_kind"),
        (b"<?xml version='1.0'?><SVG onload='alert(1)'/>", "logo.svg"),
        (MOVING, "logo.moving"),
        (make_png()[:-30], "logo.broken"),
        (make_jpeg(components=4), "logo.broken"),
        (make_jpeg(), "logo.broken"),  # its coded data are none
        (LOSSY[:60], "logo.broken"),
        (make_jpeg(width=4001), "photo.too_large"),
        (make_png(4001, 1), "photo.too_large"),
        (bytes(MAX_BYTES + 1), "photo.too_many_bytes"),
    ],
    ids=range(12),
)
def test_everything_else_is_refused_with_a_reason(data, code):
    with pytest.raises(FileFormatError) as caught:
        read_logo(data)

    assert caught.value.code == code


def test_a_bomb_of_a_hundred_megabytes_is_refused_before_it_unfolds():
    bomb = make_bomb(5000)

    with pytest.raises(FileFormatError) as caught:
        read_logo(bomb)

    assert len(bomb) < MAX_BYTES
    assert (caught.value.code, caught.value.found) == ("photo.too_large", "5000 x 5000")


def test_a_header_that_promises_less_than_the_file_holds_gains_nothing():
    pixels = make_bomb(3000)
    small = make_png()
    body = pixels[pixels.index(b"IDAT") - 4 :]

    logo = read_logo(small[: small.index(b"IDAT") - 4] + body)

    assert sides_of(logo.large) == (40, 20)


@pytest.mark.parametrize(
    "data",
    [
        make_png(extra=chunk(b"EVIL", b"must be understood")),
        make_png(extra=chunk(b"IHDR", bytes(13))),
        make_png(0, 3),
        make_png().replace(b"IDAT", b"IDAU"),
        make_png()[:40] + bytes([make_png()[40] ^ 1]) + make_png()[41:],
    ],
    ids=["critical", "two headers", "no pixels", "no picture", "wrong sum"],
)
def test_png_that_is_not_plain_is_refused(data):
    with pytest.raises(PictureError) as caught:
        walk_png(data)

    assert caught.value.code == "logo.broken"


@settings(max_examples=60)
@given(
    st.sampled_from([make_png(), LOSSY, LOSSLESS, make_turned_jpeg(3)]),
    st.integers(2, 80),
    st.binary(min_size=1, max_size=4),
)
def test_damaged_picture_is_refused_or_walked_through_and_never_ends_otherwise(data, place, noise):
    damaged = data[:place] + noise + data[place + len(noise) :]

    try:
        found = walk(damaged)
    except PictureError:
        return
    assert max(found.width, found.height) <= 4000

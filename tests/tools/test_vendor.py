"""Files of others: what is stripped, what is joined, what is refused."""

import tomllib
from pathlib import Path

import pytest

from tools import vendor

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("published", "shipped"),
    [
        (b"a();\n//# sourceMappingURL=a.js.map\n", b"a();\n"),
        (b"a();\n//# sourceMappingURL=a.js.map", b"a();\n"),
        (b"a{}\n/*# sourceMappingURL=a.css.map */\nb{}\n", b"a{}\nb{}\n"),
        (b'x = "//# sourceMappingURL=kept"\n', b'x = "//# sourceMappingURL=kept"\n'),
    ],
)
def test_source_map_comment_is_dropped_and_nothing_else(published: bytes, shipped: bytes) -> None:
    assert vendor.stripped(published, "a.js") == shipped


def test_fonts_are_never_changed() -> None:
    data = b"\n//# sourceMappingURL=a.map\n"

    assert vendor.stripped(data, "a.woff2") == data


def test_icon_takes_its_stroke_from_the_page() -> None:
    drawing = '<svg class="x" stroke="red">\n  <path d="M1 1" />\n  <circle r="2" />\n</svg>'

    assert vendor.symbol("dot", drawing) == (
        '<symbol id="i-dot" viewBox="0 0 24 24"><path d="M1 1" /> <circle r="2" /></symbol>'
    )


def test_files_are_joined_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "core.js").write_bytes(b"core")
    (tmp_path / "more.js").write_bytes(b"more")

    assert vendor.joined({"from": ["more.js", "core.js"]}, tmp_path) == b"more\ncore"


def test_wrong_sum_names_the_file_and_the_remedy() -> None:
    with pytest.raises(
        vendor.VendorError, match=r"a\.js: published sum is .* tools/vendor\.py pin"
    ):
        vendor.hold({"published": "sha256-0"}, "published", b"x", "a.js", pin=False)


def test_pinning_writes_the_sum() -> None:
    entry: dict[str, str] = {}

    vendor.hold(entry, "published", b"x", "a.js", pin=True)

    assert entry["published"] == vendor.sum_of(b"x")


def test_manifest_survives_being_rewritten() -> None:
    manifest = vendor.read_manifest()

    assert vendor.as_toml(manifest) == vendor.MANIFEST.read_text(encoding="utf-8")
    assert tomllib.loads(vendor.as_toml(manifest)) == manifest


def test_changed_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    (tmp_path / "a.css").write_bytes(b"changed")

    found = vendor._problem({"to": "a.css", "shipped": vendor.sum_of(b"as it was")})

    assert found == "a.css was changed; run: tools/vendor.py"


def test_everything_shipped_is_as_the_manifest_says() -> None:
    assert vendor.problems() == []

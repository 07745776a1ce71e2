"""The one builder of SVG and HTML text in charts: it alone escapes, rounds and paints.

Two paints: ``SITE`` writes class names, which the style sheet of the page fills (light, dark,
print); ``PAPER`` writes explicit colours of the light theme, for documents. There is never a
``style`` attribute or element, so both pass a strict content security policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from alpclusters.reports.characters import clean_text
from alpclusters.reports.colours import COLOURS

_SPECIAL: Final = {"viewbox": "viewBox", "patternunits": "patternUnits"}
_VOID: Final = frozenset({"br", "img", "col", "meta", "hr"})
_SELF_CLOSING: Final = frozenset({"rect", "line", "circle", "path", "polygon", "use"})


class Markup(str):
    """Text that is already markup and must not be escaped again."""

    __slots__ = ()


type Anchor = Literal["start", "middle", "end"]
type Value = str | float | bool | None


def escape(text: str) -> Markup:
    """Escape text for element content and attribute values; controls are dropped."""
    if isinstance(text, Markup):
        return text
    out = clean_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(out.replace('"', "&quot;").replace("'", "&#39;"))


def coordinate(value: float) -> str:
    """Write a coordinate to 0.1 without trailing zeros: 12.5, 7, -0.3."""
    text = f"{value:.1f}"
    return "0" if text in {"-0.0", "0.0"} else text.removesuffix(".0")


def percent(share: float) -> str:
    """Write a share as a length in per cent, to 0.01: a hundredth of a screen's width counts."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def element(
    name: str, /, *children: str, attributes: Mapping[str, Value] | None = None, **more: Value
) -> Markup:
    """Build an element; None and False attributes are left out, True stands alone.

    ``class_`` and ``stroke_width`` become ``class`` and ``stroke-width``. Children that are plain
    text are escaped, `Markup` is taken as it is.
    """
    opening = "".join(
        _attribute(key, value) for key, value in {**(attributes or {}), **more}.items()
    )
    inner = "".join(escape(child) for child in children)
    if name in _VOID:
        return Markup(f"<{name}{opening}>")
    if name in _SELF_CLOSING and not inner:
        return Markup(f"<{name}{opening}/>")
    return Markup(f"<{name}{opening}>{inner}</{name}>")


def _attribute(key: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    name = _SPECIAL.get(name.lower(), name)
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else coordinate(value)
    return f' {name}="{escape(text)}"'


def join(parts: Iterable[str]) -> Markup:
    """Put pieces of markup after each other; plain text among them is escaped."""
    return Markup("".join(escape(part) for part in parts))


@dataclass(frozen=True, slots=True)
class Paint:
    """Turn colour names into attributes, as classes or as explicit colours."""

    kind: Literal["site", "paper"]

    def __call__(self, fill: str = "", stroke: str = "") -> dict[str, Value]:
        """Return the attributes for a fill and a stroke by colour name ("" leaves it out)."""
        if self.kind == "site":
            names = [f"f-{fill}" if fill else "", f"s-{stroke}" if stroke else ""]
            return {"class": " ".join(name for name in names if name) or None}
        found: dict[str, Value] = {}
        if fill:
            found["fill"] = COLOURS[fill]
        if stroke:
            found["stroke"] = COLOURS[stroke]
        return found


SITE: Final = Paint("site")
PAPER: Final = Paint("paper")


def unique_id(*parts: object) -> str:
    """Return a short id made from content, so that the same chart has the same id."""
    return "c" + sha256(repr(parts).encode()).hexdigest()[:10]


def hatch_pattern(identifier: str) -> Markup:
    """Return a hidden SVG that defines the hatch of a page under this id."""
    lines = element("path", d="M0 0V6", stroke_width=2, attributes=SITE(stroke="strong"))
    ground = element("rect", width=6, height=6, attributes=SITE(fill="surface"))
    pattern = element(
        "pattern", ground, lines, id=identifier, width=6, height=6,
        patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    return element(
        "svg", element("defs", pattern), class_="c-defs", width=0, height=0, aria_hidden="true"
    )


def hatch_path(x: float, y: float, width: float, height: float, step: float = 3.0) -> Markup:
    """Draw the hatch of paper: 45 degree lines cut at the rectangle, and its frame."""
    commands = []
    offset = step / 2
    while offset < width + height:
        x1, y1 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
        x2, y2 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
        commands.append(f"M{coordinate(x1)} {coordinate(y1)}L{coordinate(x2)} {coordinate(y2)}")
        offset += step
    lines = element(
        "path",
        d="".join(commands),
        stroke_width=0.5,
        attributes=PAPER(fill="none", stroke="strong"),
    )
    frame = element(
        "rect", x=x, y=y, width=width, height=height, stroke_width=0.6,
        attributes=PAPER(fill="none", stroke="strong"),
    )  # fmt: skip
    return join((lines, frame))


def paper_text(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 9,
    anchor: Anchor = "start",
    weight: int = 400,
    fill: str = "ink",
) -> Markup:
    """Set a line of text on paper, in the body face by name, tabular figures by the face."""
    return element(
        "text", text, x=x, y=y, font_size=size, font_family="Source Sans 3",
        font_weight=weight if weight != 400 else None,  # noqa: PLR2004 - regular is the default
        text_anchor=None if anchor == "start" else anchor, attributes=PAPER(fill=fill),
    )  # fmt: skip


def paper_svg(body: Iterable[str], width: float, height: float, *, title: str, alt: str) -> Markup:
    """Wrap the drawing of a document: size in points, title and description inside."""
    key = unique_id(title, alt, width, height)
    return element(
        "svg",
        element("title", title, id=f"{key}t"),
        element("desc", alt, id=f"{key}d"),
        *body,
        attributes={"xmlns": "http://www.w3.org/2000/svg"},
        width=width, height=height, viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        role="img", aria_labelledby=f"{key}t {key}d",
    )  # fmt: skip


def rule(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float) -> Markup:
    """Draw a straight line on paper."""
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width, attributes=PAPER(stroke=stroke)
    )

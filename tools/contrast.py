"""Check the theme's colours: contrast (WCAG 2.2) and distance for colour-blind eyes.

    python tools/contrast.py            the project's own tokens.css
    python tools/contrast.py FILE.css   another file with the same tokens

Standard library only. Prints what fails and one line per theme; exit status 1 if a pair fails.
"""

import re
import sys
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
TOKENS: Final = ROOT / "src" / "alpclusters" / "www" / "static" / "css" / "tokens.css"
DARK: Final = '[data-theme="dark"]'

Colour = tuple[float, float, float]
Theme = dict[str, str]
Pair = tuple[str, str]

FOR_TEXT: Final = 4.5
FOR_SHAPES: Final = 3.0
# Neighbours on a scale and any two categories must stay apart for every eye; the distances are
# the design's own, measured on the palettes that were accepted.
APART: Final = 0.07

# Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision
# deficiency, IEEE TVCG 15 (2009), severity 1.0, on linear RGB.
DEFICIENCIES: Final = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

TEXT: Final[tuple[Pair, ...]] = (
    *(
        (ink, ground)
        for ground in ("paper", "surface", "sunken", "tint")
        for ink in ("ink", "ink-2", "ink-3", "lake")
    ),
    ("on-lake", "lake"),
    ("on-lake", "lake-hover"),
    ("on-lake", "lake-press"),
    ("ink", "lake-soft"),
    ("lake", "lake-soft"),
    ("on-night", "night"),
    ("on-night", "night-2"),
    ("on-night-2", "night"),
    ("on-night-2", "night-2"),
    ("larch-ink", "larch-soft"),
    ("larch-ink", "surface"),
    ("larch-ink", "paper"),
    ("ink", "larch-soft"),
    ("danger", "danger-soft"),
    ("danger", "surface"),
    ("danger", "paper"),
    ("on-danger", "danger"),
    ("good", "good-soft"),
    ("good", "surface"),
    ("info", "info-soft"),
    ("ink", "danger-soft"),
    ("ink", "good-soft"),
    ("ink", "info-soft"),
)
SHAPES: Final[tuple[Pair, ...]] = (
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("larch-line", "surface"),
    *(("focus", ground) for ground in ("paper", "surface", "sunken", "tint")),
    ("focus-on-night", "night"),
    ("focus-on-night", "night-2"),
    ("larch", "night"),
    ("hatch", "surface"),
    *((f"cat-{i}", "surface") for i in range(1, 8)),
    *((f"tier-{i}", "surface") for i in range(1, 4)),
    ("rate-5", "surface"),
    ("seq-6", "surface"),
)
SEQUENTIAL: Final = [f"seq-{i}" for i in range(1, 7)]
RATING: Final = [f"rate-{i}" for i in range(1, 6)]
DIVERGING: Final = ["div-n3", "div-n2", "div-n1", "div-0", "div-p1", "div-p2", "div-p3"]
CATEGORIES: Final = [f"cat-{i}" for i in range(1, 8)]

# Numbers written into coloured cells: which ink the charts use on which step.
CELLS: Final[dict[str, dict[str, list[str]]]] = {
    "light": {
        "#11262B": ["seq-1", "seq-2", "div-0"],
        "#0B1E22": ["seq-3"],
        "#07181C": ["seq-4", "div-p1", "div-p2"],
        "#FFFFFF": ["seq-5", "seq-6", "rate-4", "rate-5", "div-n3", "div-p3"],
        "#0B1626": ["rate-1", "rate-2", "rate-3"],
        "#1C0F00": ["div-n2", "div-n1"],
    },
    "dark": {
        "#EAF1EF": ["seq-1", "div-0"],
        "#FFFFFF": ["seq-2", "seq-3", "rate-1", "rate-2", "rate-3", "div-n1", "div-p1"],
        "#07181C": ["seq-4", "seq-5", "seq-6", "div-p2"],
        "#0B1626": ["rate-4", "rate-5"],
        "#10100C": ["div-n3", "div-p3"],
        "#1C0F00": ["div-n2"],
    },
}

# --- colours ----------------------------------------------------------------------------------


def linear(code: str) -> Colour:
    """Turn #RRGGBB into linear RGB between 0 and 1."""
    r, g, b = (_decoded(int(code[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return r, g, b


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(code: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    r, g, b = linear(code)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, between 1 and 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour: Colour) -> Colour:
    """Turn linear RGB into OKLab (Ottosson 2020), where distance is close to perception."""
    r, g, b = (max(0.0, min(1.0, part)) for part in colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def seen(code: str, eye: str) -> Colour:
    """Return how an eye sees a colour, in OKLab; any name without entry sees normally."""
    colour = linear(code)
    if eye not in DEFICIENCIES:
        return oklab(colour)
    r, g, b = (
        sum(c * part for c, part in zip(row, colour, strict=True)) for row in DEFICIENCIES[eye]
    )
    return oklab((r, g, b))


def distance(one: str, other: str, eye: str) -> float:
    """Return the distance of two colours for an eye, in OKLab."""
    parts = zip(seen(one, eye), seen(other, eye), strict=True)
    return sum((a - b) ** 2 for a, b in parts) ** 0.5


# --- themes -----------------------------------------------------------------------------------


def themes(css: str) -> dict[str, Theme]:
    """Read the light theme and the dark one, which changes some of its colours."""
    before, _, after = css.partition(DARK)
    light = _tokens(before)
    return {"light": light, "dark": light | _tokens(after.split("}")[0])}


def _tokens(block: str) -> Theme:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b", block))


def problems(name: str, theme: Theme) -> list[str]:
    """Return what is wrong with one theme, worst first in each group."""
    cells = [(ink, theme[step]) for ink, steps in CELLS[name].items() for step in steps]
    return [
        *_pale(theme, TEXT, FOR_TEXT),
        *_pale(theme, SHAPES, FOR_SHAPES),
        *(
            f"a number in {ink} on {ground} has {contrast(ink, ground):.2f}, needs {FOR_TEXT}"
            for ink, ground in cells
            if contrast(ink, ground) < FOR_TEXT
        ),
        *_unordered(theme),
        *_too_close(theme),
    ]


def _pale(theme: Theme, pairs: Iterable[Pair], need: float) -> list[str]:
    found = sorted((contrast(theme[a], theme[b]), a, b) for a, b in pairs)
    return [f"{a} on {b} has {ratio:.2f}, needs {need}" for ratio, a, b in found if ratio < need]


def _unordered(theme: Theme) -> list[str]:
    scales = {"sequential": SEQUENTIAL, "rating": RATING}
    return [
        f"{name}: steps do not get darker or lighter in order"
        for name, steps in scales.items()
        if not _is_monotone([luminance(theme[step]) for step in steps])
    ]


def _is_monotone(values: list[float]) -> bool:
    return values in (sorted(values), sorted(values, reverse=True))


def _too_close(theme: Theme) -> list[str]:
    pairs = [*combinations(CATEGORIES, 2)]
    for scale in (SEQUENTIAL, RATING, DIVERGING):
        pairs += pairwise(scale)
    return [
        f"{a} and {b} are {distance(theme[a], theme[b], eye):.3f} apart ({eye}), need {APART}"
        for a, b in pairs
        for eye in ("normal", *DEFICIENCIES)
        if distance(theme[a], theme[b], eye) < APART
    ]


def main(arguments: list[str]) -> int:
    """Check both themes; 1 if anything fails."""
    css = Path(arguments[0] if arguments else TOKENS).read_text(encoding="utf-8")
    found = [(name, text) for name, theme in themes(css).items() for text in problems(name, theme)]
    for name, text in found:
        print(f"{name}: {text}")
    print(f"{len(TEXT)} pairs of text, {len(SHAPES)} of shapes in 2 themes; {len(found)} fail")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Colours of the light theme by the short names that classes in charts carry too.

The web takes them from the tokens of its style sheet (classes ``f-NAME`` and ``s-NAME``);
documents, which have no style sheet, take them from here. A test compares both.
"""

from typing import Final

COLOURS: Final[dict[str, str]] = {
    "none": "none",
    "ink": "#11262B",
    "ink2": "#3F5459",
    "ink3": "#55686C",
    "paper": "#F6F4EE",
    "surface": "#FFFFFF",
    "sunken": "#ECE9E0",
    "tint": "#E9F3F4",
    "night": "#07303A",
    "line": "#DAD6CA",
    "row": "#B9BDB6",
    "strong": "#738285",
    "lake": "#0B5666",
    "lake-line": "#8DBBC3",
    "lake-soft": "#D6E9EC",
    "onlake": "#FFFFFF",
    "larch": "#E39A1D",
    "larch-ink": "#7A4A00",
    "larch-line": "#C98514",
    "larch-soft": "#FBEBC8",
    "danger": "#A3242F",
    "good": "#25633F",
    "tier1": "#0B5666",
    "tier2": "#4F96A4",
    "tier3": "#738285",
    "cj": "#8A8A84",
    "q0": "#FFFFFF",
    "q1": "#E3F0F1",
    "q2": "#B9DADF",
    "q3": "#86BBC5",
    "q4": "#4F96A4",
    "q5": "#1F6E7F",
    "q6": "#07424F",
    "dn3": "#7A4305",
    "dn2": "#B9803A",
    "dn1": "#E6CFA5",
    "d0": "#F1EFE8",
    "dp1": "#B5D6DA",
    "dp2": "#4F96A4",
    "dp3": "#0A4C5A",
    "r1": "#DCE6F2",
    "r2": "#AFC6E2",
    "r3": "#7A9DCB",
    "r4": "#4570AB",
    "r5": "#1D437F",
    "c1": "#0B5666",
    "c2": "#382251",
    "c3": "#754905",
    "c4": "#7C78FA",
    "c5": "#928128",
    "c6": "#2C54CA",
    "c7": "#C96DA2",
}

LIGHT_TEXT_ON: Final = frozenset({"q5", "q6", "r4", "r5", "dn3", "dp3", "lake", "night", "tier1"})
"""Fills that carry white text; all others carry ink."""


def text_colour_on(fill: str) -> str:
    """Return the name of the text colour for a fill."""
    return "surface" if fill in LIGHT_TEXT_ON else "ink"

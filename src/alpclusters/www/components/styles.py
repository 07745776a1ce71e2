"""Join the style sheets into the one file that pages load.

The parts are what people read and edit; ``python -m alpclusters.www.components.styles``
writes ``static/css/site.css`` from them, and a test fails while the two differ.
"""

import re
from pathlib import Path
from typing import Final

CSS: Final = Path(__file__).resolve().parents[1] / "static" / "css"
PARTS: Final = (
    "tokens",
    "base",
    "layout",
    "navigation",
    "actions",
    "disclosure",
    "surfaces",
    "trail",
    "forms",
    "region_chooser",
    "tables",
    "cards",
    "charts",
    "plans",
    "directory",
    "evidence_pages",
    "logos",
    "duplicates",
    "network",
    "partners",
    "meetings",
    "synergies",
    "rhythm",
)
# When tables are cards: all on phones, those of five columns and more on tablets too, unless they
# stand in a box that scrolls, and two codings beside a document where a screen is not very wide. A
# style sheet itself could say so only by saying all rules three times.
CARDS: Final = ".ac-table.cards"
MANY_COLUMNS: Final = f"{CARDS}:has(thead th:nth-child(5)):not(.scroll > *)"
REPEATED: Final = {
    "cards": (
        ("@media (max-width: 39.99rem)", CARDS),
        ("@media (min-width: 40rem) and (max-width: 63.99rem)", MANY_COLUMNS),
        ("@media (min-width: 62rem) and (max-width: 89.99rem)", f".code-desk {CARDS}"),
    )
}
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined() -> str:
    """Return all parts without comments and indentation."""
    text = "\n".join(map(_part, PARTS))
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    head = "/* Written by alpclusters.www.components.styles from its neighbours: edit those. */"
    return "\n".join([head, *(line for line in lines if line)]) + "\n"


def _part(name: str) -> str:
    rules = (CSS / f"{name}.css").read_text(encoding="utf-8")
    if name not in REPEATED:
        return rules
    return "\n".join(
        f"{condition} {{\n{rules.replace(CARDS, which)}}}" for condition, which in REPEATED[name]
    )


def main() -> None:
    """Write the joined file."""
    (CSS / "site.css").write_text(joined(), encoding="utf-8")


if __name__ == "__main__":
    main()

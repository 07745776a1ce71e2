"""Join the style sheets into the one file that pages load.

The parts are what people read and edit. ``static/css/site.css`` is written from them when the
program starts and a part is newer; git ignores it, a wheel brings it.
"""

import os
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


def ensure_joined() -> None:
    """Write the joined file where a part, or this module, is newer.

    Written to a temporary name and renamed, so that a server that reads at this moment sees the
    old file or the new one.
    """
    target = CSS / "site.css"
    sources = [Path(__file__), *(CSS / f"{name}.css" for name in PARTS)]
    newest = max(source.stat().st_mtime for source in sources)
    if target.exists() and target.stat().st_mtime >= newest:
        return
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(joined(), encoding="utf-8")
    temporary.replace(target)


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

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
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined() -> str:
    """Return all parts without comments and indentation."""
    text = "\n".join((CSS / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    head = "/* Written by alpclusters.www.components.styles from its neighbours: edit those. */"
    return "\n".join([head, *(line for line in lines if line)]) + "\n"


def main() -> None:
    """Write the joined file."""
    (CSS / "site.css").write_text(joined(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The scripts a page needs, found by following their imports: all are asked for at once.

Without this a phone would learn of each script only after it has read the one before.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).resolve().parents[1] / "static"
_IMPORT: Final = re.compile(r'^(?:import|export)\b[^"]*?\bfrom "(\.[^"]+)";', re.MULTILINE)


@cache
def scripts_behind(name: str) -> tuple[str, ...]:
    """Return the names of all scripts that a script imports, near ones first.

    Parameters
    ----------
    name : str
        Of the first script below ``static/``; it is left out.
    """
    found = [STATIC / name]
    for path in found:
        text = path.read_text(encoding="utf-8")
        targets = [(path.parent / target).resolve() for target in _IMPORT.findall(text)]
        found += [target for target in dict.fromkeys(targets) if target not in found]
    return tuple(str(path.relative_to(STATIC)) for path in found[1:])

"""What lies in the folder of a computation: the case, the wish to cancel, at the end the mix."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

CASE: Final = "case.json"
CANCEL: Final = "cancel"
RESULT: Final = "mix.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the process is to compute."""

    case: dict[str, Any]
    rejected: tuple[str, ...] = ()
    with_extras: bool = True
    is_thorough: bool = False
    # Subjects to explain, instead of a mix to compute, with what the mix is worth and uses.
    explained: tuple[str, ...] = ()
    worth_ct: int = 0
    used: tuple[str, ...] = ()
    today: str = ""
    # The allocation whose chances are to be weighed, instead of either.
    weighed: tuple[dict[str, Any], ...] = ()
    # Several cases to be weighed together, instead of one.
    joint: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Write it for the process."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, folder: Path) -> "Asked":
        """Read it in the process."""
        data = json.loads((folder / CASE).read_text(encoding="utf-8"))
        for name in ("rejected", "explained", "used", "weighed"):
            data[name] = tuple(data[name])
        return cls(**data)


def put_result(folder: Path, text: str) -> None:
    """Write the mix under another name first: a reader finds all of it or none."""
    new = folder / "mix.new"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / RESULT)

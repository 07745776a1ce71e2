"""The tiny example of the documentation, with parts changed, read and prepared."""

import json
from pathlib import Path
from typing import Any

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.platform.funding.domain.territory import territory

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "funding"


def example(name: str = "tiny", **changes: Any) -> Case:
    """Read an example of the documentation with parts replaced."""
    data = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return read_case({**data, **changes}, territory=territory())


def partners(**own_ct: int) -> list[dict[str, Any]]:
    """Return the partners of the tiny example with own means."""
    data = json.loads((EXAMPLES / "tiny.json").read_text(encoding="utf-8"))
    return [
        {**one, **({"own_ct": own_ct[one["id"]]} if one["id"] in own_ct else {})}
        for one in data["partners"]
    ]


def problem(name: str = "tiny", **changes: Any) -> Problem:
    """Prepare an example."""
    return prepare(example(name, **changes), territory())

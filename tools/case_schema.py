"""Write the JSON Schema of funding cases that the documentation publishes.

python tools/case_schema.py
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from alpclusters.analysis.funding.case_files import case_schema  # noqa: E402

TARGET = ROOT / "docs" / "schema" / "case.schema.json"


def main() -> None:
    """Write the schema."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(case_schema(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

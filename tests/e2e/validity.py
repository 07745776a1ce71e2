"""The checker of HTML, over all pages that were opened."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tools.vendor import VendorError, fetched

# What the checker warns of -> why we leave it so.
WARNINGS: dict[str, str] = {
    "Section lacks heading": "a part of a page whose head stands in the chart or card it holds",
}
# It runs for seconds: optimising its code costs more than that saves (7 s of CPU time became 3).
# Code that is not optimised needs more stack.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]


def checker() -> list[str]:
    """Return how to start the checker of HTML; skip visibly where it cannot run."""
    java = shutil.which("java")
    try:
        jar = fetched("vnu-jar")
    except VendorError as error:
        jar, java = error, None
    if java is None:
        reason = f"HTML was not checked: Java or the checker is missing ({jar})"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return [java, *QUICK, "-jar", str(jar)]


def check_html(folder: Path) -> None:
    """Fail with what is wrong in the pages of a folder."""
    files = sorted(folder.glob("*.html"))
    assert files, "run the whole file: the pages are collected by the tests above"

    command = [*checker(), "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run(
        [*command, *map(str, files)], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    messages = json.loads(done.stdout)["messages"]
    found = Counter()
    where: dict[str, str] = {}
    for message in messages:
        text = f"{message.get('subType') or message['type']}: {message['message']}"
        if any(part in text for part in WARNINGS):
            continue
        found[text] += 1
        name, line = Path(message["url"]).name, message.get("lastLine")
        where.setdefault(text, f"{name}:{line}: {message.get('extract', '')[:120]!r}")

    if found:
        lines = [f"{n} x {text} ({where[text]})" for text, n in found.most_common()]
        pytest.fail("\n".join(lines), pytrace=False)

"""Work for the worker of tests."""

import os
import time
from pathlib import Path

from django.tasks import task


@task
def note(path: str) -> str:
    """Write a line."""
    with Path(path).open("a") as file:
        file.write("done\n")
    return "done"


@task
def begin_slowly(path: str) -> None:
    """The first time take long, the second time be done; say at once that it began."""
    file = Path(path)
    is_second = file.exists()
    with file.open("a") as lines:
        lines.write("begun\n")
    if not is_second:
        time.sleep(60)
    with file.open("a") as lines:
        lines.write("done\n")


@task
def end_the_worker() -> None:
    """End the process in the middle of the work, as the system does when memory is short."""
    os._exit(9)


@task
def fail() -> None:
    """Raise."""
    raise ValueError("nothing to do")

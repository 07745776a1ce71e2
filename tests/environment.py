"""Where the tests run: a data directory of their own, style sheets from the package.

Loaded with ``-p tests.environment`` before the settings are read.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from _pytest.runner import pytest_runtest_protocol as run_test

from alpclusters.platform.stack import with_room
from tests.known_key import write_known_key

# A tenth of the time went into looking for rings among a million objects that stay for the whole
# run (modules, models, the tests themselves): look there rarely, and not at those at all.
gc.set_threshold(5_000, 10, 100)

_home = tempfile.mkdtemp(prefix="alpclusters-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)

write_known_key(Path(_home))

# WhiteNoise warns where there is no folder to serve from.
Path(_home, "static").mkdir()

# The first process makes the place of tests/homes.py and removes it; workers inherit the name.
if "ALPCLUSTERS_TEST_HOMES" not in os.environ:
    _homes = tempfile.mkdtemp(prefix="alpclusters-homes-")
    atexit.register(shutil.rmtree, _homes, ignore_errors=True)
    os.environ["ALPCLUSTERS_TEST_HOMES"] = _homes

os.environ["ALPCLUSTERS_HOME"] = _home
os.environ["ALPCLUSTERS_STATIC"] = "finders"
os.environ["ALPCLUSTERS_COMPONENTS"] = "yes"
# The PostgreSQL of ./check keeps nothing over a power cut, so that it is fast.
os.environ["ALPCLUSTERS_LIVE_UNSAFE_DATABASE"] = "yes"
# Playwright keeps an event loop running in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in ("ALPCLUSTERS_ADDRESS", "ALPCLUSTERS_PORT", "ALPCLUSTERS_BIND", "ALPCLUSTERS_SMTP_URL"):
    os.environ.pop(name, None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run each test with room for its frames, as the site answers each request."""
    return with_room(run_test)(item, nextitem)


def pytest_collection_finish() -> None:
    """Take what is there now, and stays, out of the search for rings of objects."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Search once more for what was forgotten open; pytest would do it five times over."""
    gc.collect()
    gc.freeze()

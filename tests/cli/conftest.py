"""An installation for commands that are called in the process of the test."""

import pytest
from django.conf import settings

from alpclusters.platform.operation.prepare import make_folders
from alpclusters.platform.operation.reference import reference_digest
from tests.factories.measures import make_measure


@pytest.fixture
def prepared(db):  # noqa: ARG001 - rows are made
    """An installation with the reference data of this version; the command sees to the rest."""
    make_measure()
    stamp = settings.HOME / "run" / "reference-data.stamp"
    before = stamp.read_text(encoding="utf-8") if stamp.exists() else None
    make_folders(settings.HOME)
    digest = f"{reference_digest()} {settings.DATABASES['default']['NAME']}"
    stamp.write_text(digest, encoding="utf-8")
    yield
    stamp.unlink()
    if before is not None:
        stamp.write_text(before, encoding="utf-8")

"""The demonstration at real scale, built once for all tests of this folder and taken back."""

import pytest
from django.conf import settings
from django.db import transaction

from alpclusters.platform.operation.demonstration import create_demonstration
from alpclusters.platform.operation.reference import load_reference_data


@pytest.fixture(scope="module")
def project(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001 - the first makes the tables
    """Return the demonstration project with everything in it."""
    before = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("uploads"))
    # The tests work inside this transaction, each in a savepoint of its own.
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data()
        yield create_demonstration()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before

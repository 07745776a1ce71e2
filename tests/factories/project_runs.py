"""Imports of projects for tests: a file that was read, and one that was checked."""

import secrets

from django.conf import settings

from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import (
    ProjectChoices,
    check_run,
    ensure_project_source,
    read_list,
    start_run,
)
from alpclusters.platform.operation.tidying import imports_folder
from tests.factories import project_lists
from tests.factories.accounts import make_user


def make_read_projects(*, n: int = 2) -> ImportRun:
    """Upload an archive of CORDIS and read it."""
    folder = imports_folder(settings.HOME) / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = project_lists.write_few(folder / "list.zip", n)
    choices = ProjectChoices(kind="cordis", is_simulated=True)
    source = ensure_project_source("cordis")
    run = start_run(source, path, name="cordis.zip", by=make_user(), choices=choices)
    read_list(run)
    return run


def make_checked_projects(*, n: int = 2) -> ImportRun:
    """Upload an archive of CORDIS and look at its projects, without the worker."""
    run = make_read_projects(n=n)
    check_run(run)
    run.options["task"] = {"id": "00000000-0000-0000-0000-000000000000", "kind": "check"}
    run.save(update_fields=["options"])
    return run

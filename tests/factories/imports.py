"""Lists for tests: uploaded, checked, with what they say differently from people."""

import secrets

from django.conf import settings

from alpclusters.platform.actors.domain.importing import check_run, read_preview
from alpclusters.platform.actors.domain.uploads import begin_upload
from alpclusters.platform.actors.models import FieldProposal, ImportRun, ImportSource
from alpclusters.platform.operation.tidying import imports_folder
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation

ROWS = ("1;Simulated timber cluster;AT", "2;;AT")


def make_source(**changes: object) -> ImportSource:
    """Name a source."""
    key = f"source-{secrets.token_hex(4)}"
    return ImportSource.objects.create(**{"key": key, "name": f"Source {key}", **changes})


def make_upload(*, source: ImportSource | None = None, rows=ROWS) -> ImportRun:
    """Upload a list whose columns are guessed."""
    folder = imports_folder(settings.HOME) / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / "list.csv"
    path.write_text("\n".join(["Nr;Name;Land", *rows, ""]), encoding="utf-8")
    preview = read_preview(path, name="list.csv")
    owner = source or make_source()
    return begin_upload(owner, path, preview, name="list.csv", language="en", by=make_user())


def make_checked(**changes) -> ImportRun:
    """Upload a list and look at its rows, without the worker."""
    run = make_upload(**changes)
    check_run(run)
    run.options["task"] = {"id": "00000000-0000-0000-0000-000000000000", "kind": "check"}
    run.save(update_fields=["options"])
    return run


def make_proposal(run: ImportRun, **changes) -> FieldProposal:
    """Let a list say something else than a person."""
    organisation = make_organisation(town="Leoben", edited_fields=["town"])
    values = {"field": "town", "value": "Graz", **changes}
    return FieldProposal.objects.create(organisation=organisation, run=run, **values)

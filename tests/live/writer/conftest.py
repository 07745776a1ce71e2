"""A stage for the tests of the writer."""

from collections.abc import Iterator

import pytest

from tests.live.writer.stage import (
    Stage,
    Template,
    drop_stage,
    drop_template,
    make_stage,
    write_template,
)


@pytest.fixture(scope="session")
def template(
    tmp_path_factory,
    django_db_setup,  # noqa: ARG001 - made before
    django_db_blocker,
) -> Iterator[Template]:
    """The rows, made once."""
    with django_db_blocker.unblock():
        made = write_template(tmp_path_factory.mktemp("stage") / "template.sqlite3")
    yield made
    drop_template(made)


@pytest.fixture
def stage(template, tmp_path) -> Iterator[Stage]:
    """A database with two AlpCafés and a data directory of its own."""
    made = make_stage(tmp_path, template)
    yield made
    drop_stage(made)

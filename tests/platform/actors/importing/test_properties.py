"""For any table: counts add up, a second time changes nothing, a break makes no difference."""

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from alpclusters.platform.actors.domain.importing import (
    Choices,
    ensure_source,
    perform_run,
    start_run,
)
from alpclusters.platform.actors.domain.importing import supplies as chunks_module
from alpclusters.platform.actors.models import ImportRun, Organisation, Provenance
from tests.factories.lists import HEAD, write_list

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12
) | st.sampled_from(["Alp", "'=1", "A;B", 'A"B', "\n", "x" * 201])
ROW = st.tuples(
    st.sampled_from(["", "1", "2", "3", "z" * 121]),
    TEXT,
    st.sampled_from(["AT", "Slovenija", "", "?"]),
    TEXT,
    st.sampled_from(["", "AT22", "FR4", "Tirol"]),
)
COLUMNS = dict(zip(("external_id", "name", "country", "town", "region"), HEAD, strict=True))


def begin(path):
    choices = Choices(report_folder=str(path.parent / "report"))
    source = ensure_source("list")
    return start_run(source, path, name="a.csv", columns=COLUMNS, by=None, choices=choices)


def state():
    bodies = Organisation.objects.order_by("name", "town", "given_code").values_list(
        "name", "country", "town", "given_code", "source"
    )
    rows = Provenance.objects.order_by("external_id").values_list("external_id", "digest", "line")
    return list(bodies), list(rows), Organisation.history.count()


def in_vain(work, rows):
    """Run an example in a transaction that is taken back."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        work(write_list(Path(folder) / "a.csv", rows))
        transaction.set_rollback(True)


@pytest.mark.slow
@given(st.lists(ROW, min_size=1, max_size=8))
def test_counts_add_up_and_a_second_time_changes_nothing(rows):
    def work(path):
        first = perform_run(begin(path))
        before = state()
        second = perform_run(begin(path))

        assert first.read == first.created + first.updated + first.unchanged + first.rejected
        assert first.created == Organisation.objects.count()
        assert (second.created, second.updated) == (0, 0)
        assert (second.read, second.rejected) == (first.read, first.rejected)
        assert state() == before

    in_vain(work, rows)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(ROW, min_size=3, max_size=8), st.integers(1, 3))
def test_a_break_after_any_chunk_makes_no_difference(rows, n_chunks):
    found = []

    def whole(path):
        found.append((perform_run(begin(path)).counts, state()))

    def broken(path):
        asked = iter([False] * n_chunks + [True] * 99)
        run = begin(path)
        perform_run(run, cancelled=asked.__next__)
        run = ImportRun.objects.get(pk=run.pk)
        counts = {name: getattr(run, f"n_{name}") for name in found[0][0]}
        if run.state != ImportRun.State.DONE:
            counts = perform_run(run).counts
        found.append((counts, state()))

    before, chunks_module.CHUNK = chunks_module.CHUNK, 2
    try:
        in_vain(whole, rows)
        in_vain(broken, rows)
    finally:
        chunks_module.CHUNK = before

    assert found[0] == found[1]

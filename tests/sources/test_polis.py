"""The Polis export reader: what stands, what is refused and where."""

import csv

import numpy as np
import pytest

from alpclusters.analysis.errors import FileFormatError, InputError, RecordError, RecordsError
from alpclusters.sources.polis import SignConventionError, read_polis
from tests.factories.polis import COMMENTS, HEADER, VOTES, make_polis_export

pytestmark = pytest.mark.integration

# participants, statements, accepted, cast, standing, agree / pass / disagree, repeated, changed
REAL = {
    "klimarat-produktion-konsum": (1116, 522, 277, 61936, 61384, (9223, 13955, 38206), 379, 18),
    "15-per-hour-seattle": (339, 54, 31, 2995, 2872, (922, 592, 1358), 63, 7),
    "bg2050-volunteers": (126, 371, 316, 14341, 14283, (1621, 2656, 10006), 36, 6),
}


@pytest.mark.parametrize("folder", REAL)
def test_real_conversations_have_the_published_counts(shared, folder):
    export = read_polis(shared / "data" / "ratings" / folder)
    ratings = export.ratings()

    _, counts = np.unique(ratings.value, return_counts=True)
    found = (
        ratings.n_raters,
        len(ratings.measure_ids),
        len(export.accepted),
        ratings.cast,
        ratings.standing,
        tuple(counts.tolist()),
        ratings.n_repeated,
        ratings.n_changed,
    )
    assert found == REAL[folder]
    assert export.notes == ()
    assert export.licence.key == "CC-BY-4.0"


@pytest.mark.parametrize("folder", REAL)
def test_standing_votes_equal_the_matrix_of_the_export(shared, folder):
    """Second way: participants-votes.csv holds the server's own standing votes."""
    directory = shared / "data" / "ratings" / folder
    with (directory / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = {
        (int(row["participant"]), int(key)): int(value)
        for row in rows
        for key, value in row.items()
        if key.isdigit() and value
    }

    ratings = read_polis(directory).ratings()

    people, items = ratings.rater_ids, ratings.measure_ids
    found = {
        (people[rater], items[measure]): int(value)
        for rater, measure, value in zip(ratings.rater, ratings.measure, ratings.value, strict=True)
    }
    assert found == told


def test_latest_vote_stands_and_rejected_statements_leave_the_results(tmp_path):
    export = read_polis(make_polis_export(tmp_path))
    ratings = export.ratings()

    assert (ratings.cast, ratings.standing, ratings.n_changed) == (8, 7, 1)
    assert ratings.value.tolist() == [1, 0, 1, -1, 1, 1, 1]
    assert [item.id for item in export.accepted] == [0, 1]
    assert export.statements[1].text == "Second, with a comma\nand a line break"
    assert (export.topic, export.address, export.licence) == (
        "Fair pay",
        "https://pol.is/9demo",
        None,
    )


def test_export_without_comments_has_bare_statements_and_a_note(tmp_path):
    export = read_polis(make_polis_export(tmp_path, comments=()))

    assert [(item.id, item.moderation) for item in export.statements] == [
        (0, "unknown"),
        (1, "unknown"),
        (2, "unknown"),
    ]
    assert [note.code for note in export.notes] == ["polis.no_comments"]


def test_turned_sign_is_noticed(tmp_path):
    turned = [vote.rsplit(",", 1) for vote in VOTES]
    votes = [f"{head},{-int(vote)}" for head, vote in turned]

    with pytest.raises(SignConventionError) as caught:
        read_polis(make_polis_export(tmp_path, votes=votes))

    assert caught.value.values == {"turned": 3, "n": 3}


def test_counts_that_differ_from_the_votes_are_noted(tmp_path):
    comments = [line.replace("9,0,0,3,1", "9,0,0,4,1") for line in COMMENTS]

    export = read_polis(make_polis_export(tmp_path, comments=comments))

    assert [(note.code, dict(note.values)) for note in export.notes] == [
        ("polis.agrees_mismatch", {"n": 1})
    ]


@pytest.mark.parametrize("nothing", ["", "NaN", "NA", " null "])
def test_rows_without_a_vote_are_left_out_and_counted(tmp_path, nothing):
    votes = [*VOTES, f"1001,Thu,0,2,{nothing}"]

    export = read_polis(make_polis_export(tmp_path, votes=votes))

    told = read_polis(make_polis_export(tmp_path)).votes
    assert export.votes.vote.tolist() == told.vote.tolist()
    assert export.votes.voter.tolist() == told.voter.tolist()
    assert [(note.code, dict(note.values)) for note in export.notes] == [
        ("polis.votes_missing", {"n": 1})
    ]


DAMAGES = {
    "text in a number": ("1001,Thu,0,two,1", "table.not_a_whole_number", "D", "voter-id"),
    "vote that is none": ("1001,Thu,0,2,x", "polis.not_a_vote", "E", "vote"),
    "decimal": ("1001,Thu,0.5,2,1", "table.not_a_whole_number", "C", "comment-id"),
    "truncated line": ("1001,Thu,0", "table.too_few_fields", "D", "voter-id"),
    "too many fields": ("1001,Thu,0,2,1,1", "table.too_many_fields", "F", None),
    "open quotation mark": ('1001,"Thu,0,2,1', "table.bad_record", "A", None),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_row_is_refused_with_line_and_column(tmp_path, damage):
    row, code, column, field = DAMAGES[damage]
    votes = [VOTES[0], row, *VOTES[2:]]

    with pytest.raises(RecordError) as caught:
        read_polis(make_polis_export(tmp_path, votes=votes))

    where = caught.value.where
    assert caught.value.code == code
    assert (where.file, where.line, where.column, where.field) == ("votes.csv", 3, column, field)


@pytest.mark.parametrize("missing", ["timestamp", "comment-id", "voter-id", "vote"])
def test_missing_column_is_named_with_what_was_found(tmp_path, missing):
    header = ",".join("other" if name == missing else name for name in HEADER.split(","))

    with pytest.raises(FileFormatError) as caught:
        read_polis(make_polis_export(tmp_path, header=header))

    assert caught.value.code == "table.missing_column"
    assert (caught.value.where.line, caught.value.where.field) == (1, missing)
    assert caught.value.found == header.replace(",", ", ")


BYTES = {
    "empty": (b"", "file.empty"),
    "blank": (b"\n \n", "file.empty"),
    "header only": (HEADER.encode() + b"\n", "file.no_rows"),
    "NUL": (HEADER.encode() + b"\n1,T,0,1,1\n1,T,\0,2,1\n", "file.nul"),
    "bad encoding": (HEADER.encode() + b"\n1,M\xe4rz,0,1,1\n", "file.encoding"),
    "workbook": (b"PK\x03\x04rest", "file.wrong_kind"),
    "duplicate head": (b"timestamp,vote,vote\n1,1,1\n", "table.duplicate_head"),
    "empty head": (b"timestamp,,vote\n1,1,1\n", "table.empty_head"),
}


@pytest.mark.parametrize("kind", BYTES)
def test_damaged_file_is_refused_by_code(tmp_path, kind):
    content, code = BYTES[kind]
    make_polis_export(tmp_path)
    (tmp_path / "votes.csv").write_bytes(content)

    with pytest.raises(FileFormatError) as caught:
        read_polis(tmp_path)

    assert (caught.value.code, caught.value.where.file) == (code, "votes.csv")


def test_nul_and_bad_bytes_are_found_with_line_and_column(tmp_path):
    make_polis_export(tmp_path)
    (tmp_path / "votes.csv").write_bytes(HEADER.encode() + b"\n1,T,0,1,1\n1,M\xe4rz,0,2,1\n")

    with pytest.raises(FileFormatError) as caught:
        read_polis(tmp_path)

    assert (caught.value.where.line, caught.value.where.column, caught.value.found) == (
        3,
        "4",
        "e4",
    )


def test_many_errors_are_counted_and_at_most_fifty_kept(tmp_path):
    votes = [f"{i},T,0,{i},no" for i in range(80)]

    with pytest.raises(RecordsError) as caught:
        read_polis(make_polis_export(tmp_path, votes=votes))

    error = caught.value
    assert (len(error.errors), error.n_all, error.n_more) == (50, 80, 30)
    assert [single.where.line for single in error.errors[:3]] == [2, 3, 4]


def test_byte_order_mark_carriage_returns_and_blank_lines_are_read(tmp_path):
    make_polis_export(tmp_path)
    text = "\r\n".join([HEADER, *VOTES[:3], "", *VOTES[3:]])
    (tmp_path / "votes.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert read_polis(tmp_path).ratings().cast == 8


def test_missing_votes_file_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        read_polis(tmp_path)

    assert (caught.value.code, caught.value.where.file) == ("file.missing", "votes.csv")

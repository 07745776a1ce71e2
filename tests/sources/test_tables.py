"""The reader of long tables: spellings, scales, groups, refusals with line and column."""

import pytest

from alpclusters.analysis.errors import FileFormatError, InputError, RecordError, ScaleError
from alpclusters.sources.csv_tables import load_csv
from alpclusters.sources.tables import CANNOT_JUDGE_WORDS, read_rating_table

pytestmark = pytest.mark.integration

PLAIN = """participant,item,criterion,value,region
p1,Fair,effectiveness,4,AT33
p1,Fair,durability,cannot judge,AT33
p2,Fair,effectiveness,5,SI04
p2,Training,effectiveness,,SI04
p2,Fair,effectiveness,2,SI04
"""


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "ratings.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_long_table_becomes_one_rating_set_per_criterion(tmp_path):
    table = read_rating_table(written(tmp_path, PLAIN), scale=(1, 5))

    assert table.participants == ("p1", "p2")
    assert table.items == ("Fair", "Training")
    assert {name: (r.cast, r.standing) for name, r in table.criteria.items()} == {
        "effectiveness": (3, 2),
        "durability": (1, 1),
    }
    assert table.criteria["effectiveness"].value.tolist() == [4.0, 2.0]
    assert table.groups == {"region": {"p1": "AT33", "p2": "SI04"}}
    assert table.skipped == 1


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")],
)
def test_delimiters_and_encodings_are_found(tmp_path, delimiter, encoding):
    text = PLAIN.replace(",", delimiter).replace("Fair", "Größe")

    table = read_rating_table(written(tmp_path, text, encoding))

    assert table.items == ("Größe", "Training")
    assert [note.code for note in table.notes] == []


def test_western_bytes_are_read_with_a_visible_note(tmp_path):
    table = read_rating_table(written(tmp_path, PLAIN.replace("Fair", "Maß"), "cp1252"))

    assert table.items[0] == "Maß"
    assert table.notes[0].code == "encoding.guessed"
    assert "Maß" in table.notes[0].values["sample"]


@pytest.mark.parametrize("words", [*CANNOT_JUDGE_WORDS, "CANNOT-JUDGE", "k.A.", " Cj "])
def test_every_spelling_of_cannot_judge_is_kept_apart(tmp_path, words):
    table = read_rating_table(written(tmp_path, f"participant,item,value\np1,m,3\np2,m,{words}\n"))

    assert table.criteria[""].cannot[0].size == 1


def test_decimal_comma_and_minus_sign_are_numbers(tmp_path):
    text = "participant;item;value\np1;m;3,5\np2;m;−1\np3;m;+2.0\n"

    assert read_rating_table(written(tmp_path, text)).criteria[""].value.tolist() == [
        3.5,
        -1.0,
        2.0,
    ]


def test_latest_time_stands_for_milliseconds_and_iso_alike(tmp_path):
    text = (
        "participant,item,value,at\np1,m,1,2026-05-14T10:00:00+02:00\np1,m,5,2026-05-14T07:59:59Z\n"
    )

    table = read_rating_table(written(tmp_path, text), scale=(1, 5))

    assert table.criteria[""].value.tolist() == [1.0]
    assert table.last_at == 1778745600000


def test_columns_are_found_by_name_in_any_order_and_case(tmp_path):
    text = "Value, Item ,PARTICIPANT\n3,m,p1\n"

    assert read_rating_table(written(tmp_path, text)).participants == ("p1",)


def test_columns_that_do_not_divide_people_are_noted_and_left_aside(tmp_path):
    text = (
        "participant,item,value,remark,region\np1,a,3,first,AT\np1,b,3,second,AT\np2,a,4,third,SI\n"
    )

    table = read_rating_table(written(tmp_path, text))

    assert list(table.groups) == ["region"]
    assert [(note.code, dict(note.values)) for note in table.notes] == [
        ("table.columns_unused", {"columns": "remark"})
    ]


def test_participant_in_two_groups_is_refused_where_it_changes(tmp_path):
    text = "participant,item,value,region\np1,a,3,AT\np1,b,3,SI\n"

    with pytest.raises(RecordError) as caught:
        read_rating_table(written(tmp_path, text), groups=["region"])

    error = caught.value
    assert (error.code, error.where.line, error.where.column) == ("table.group_changes", 3, "D")
    assert (error.found, error.expected) == ("SI", "AT")


def test_wanted_group_column_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileFormatError) as caught:
        read_rating_table(written(tmp_path, PLAIN), groups=["country"])

    assert caught.value.where.field == "country"


def test_same_value_everywhere_is_a_scale_of_one_point(tmp_path):
    table = read_rating_table(written(tmp_path, "participant,item,value\np1,m,3\np2,m,3\n"))

    assert table.criteria[""].scale == (3.0,)


@pytest.mark.parametrize(
    ("row", "code", "line", "column"),
    [
        ("p9,Fair,effectiveness,drei,AT33", "table.not_a_number", 7, "D"),
        ("p9,Fair,effectiveness,1e999,AT33", "table.not_a_number", 7, "D"),
        ("NaN,Fair,effectiveness,3,AT33", "table.empty_name", 7, "A"),
        ("p9,Fair,effectiveness,7,AT33", "table.outside_scale", 7, "D"),
        (",Fair,effectiveness,3,AT33", "table.empty_name", 7, "A"),
        ("p9,,effectiveness,3,AT33", "table.empty_name", 7, "B"),
        ("p9,Fair", "table.too_few_fields", 7, "C"),
        ("p9,Fair,effectiveness,3,AT33,x", "table.too_many_fields", 7, "F"),
    ],
)
def test_damaged_row_is_refused_with_line_and_column(tmp_path, row, code, line, column):
    with pytest.raises(RecordError) as caught:
        read_rating_table(written(tmp_path, PLAIN + row + "\n"), scale=(1, 5))

    assert (caught.value.code, caught.value.where.line, caught.value.where.column) == (
        code,
        line,
        column,
    )


def test_line_numbers_count_lines_inside_quoted_texts(tmp_path):
    text = 'participant,item,value\np1,"two\nlines",3\n\np2,m,x\n'

    with pytest.raises(RecordError) as caught:
        read_rating_table(written(tmp_path, text))

    assert caught.value.where.line == 5


def test_file_cut_in_the_last_field_is_refused(tmp_path):
    with pytest.raises(RecordError) as caught:
        read_rating_table(written(tmp_path, "participant,item,value\np1,m,3\np2,m,"))

    assert (caught.value.code, caught.value.where.line) == ("table.cut_end", 3)


def test_scale_that_does_not_rise_is_refused(tmp_path):
    with pytest.raises(ScaleError):
        read_rating_table(written(tmp_path, PLAIN), scale=(5, 1))


def test_huge_field_and_control_characters_end_in_a_typed_error(tmp_path):
    for text in (f"participant,item,value\np,{'x' * 1_100_000},3\n", "a\x01,b\nc\n", "\x1b[31m"):
        with pytest.raises(InputError) as caught:
            read_rating_table(written(tmp_path, text))
        assert "\x1b" not in str(caught.value)


def test_provenance_names_the_bytes(tmp_path):
    table = load_csv(written(tmp_path, PLAIN), source="table")

    assert (table.provenance.file, table.provenance.n_rows) == ("ratings.csv", 5)
    assert len(table.provenance.sha256) == 64


@pytest.mark.parametrize("nothing", ["", "NaN", "NA", "na", "N/A", "null"])
def test_what_programs_write_for_nothing_is_no_answer_and_no_group(tmp_path, nothing):
    text = f"participant,item,value,role\np1,m,3,{nothing}\np2,m,{nothing},host\np3,m,4,host\n"

    table = read_rating_table(written(tmp_path, text))

    assert table.participants == ("p1", "p3")
    assert table.skipped == 1
    assert table.groups["role"] == {"p1": None, "p3": "host"}


@pytest.mark.parametrize(
    "head",
    [
        "Teilnehmer;Maßnahme;Wert;Kriterium;Region",
        "participant;mesure;valeur;critère;région",
        "Partecipante;Misura;Valore;Criterio;Regione",
        "Oseba;Ukrep;Ocena;Merilo;Regija",
        "Udeleženec;Trditev;Glas;Kriterij;Regija",
    ],
)
def test_heads_are_read_in_five_languages(tmp_path, head):
    text = f"{head}\np1;Holz;3;Wirkung;AT33\np2;Holz;4;Wirkung;SI04\n"

    table = read_rating_table(written(tmp_path, text))

    assert table.items == ("Holz",)
    assert list(table.criteria) == ["Wirkung"]
    assert table.regions == {"p1": "AT33", "p2": "SI04"}
    assert len(table.groups) == 1


def test_a_further_head_of_another_language_stays_a_group(tmp_path):
    text = "participant,item,value,person\np1,m,3,guest\np2,m,4,host\n"

    assert list(read_rating_table(written(tmp_path, text)).groups) == ["person"]


def test_all_missing_columns_are_named_at_once(tmp_path):
    with pytest.raises(FileFormatError) as caught:
        read_rating_table(written(tmp_path, "who,what,value\np1,m,3\n"))

    assert caught.value.where.field == "participant, item"


def many(stray):
    values = [1 + k % 5 for k in range(60)]
    rows = [f"p{k},m,{value}" for k, value in enumerate([*values, *stray])]
    return "participant,item,value\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("stray", ["-7", "55", "44"])
def test_a_stray_value_is_asked_about_with_its_line(tmp_path, stray):
    with pytest.raises(RecordError) as caught:
        read_rating_table(written(tmp_path, many([stray])))

    error = caught.value
    assert (error.code, error.found, error.expected) == ("table.stray_value", stray, "1 – 5")
    assert (error.where.file, error.where.line, error.where.field) == ("ratings.csv", 62, "value")


def test_values_that_may_be_of_the_scale_are_kept(tmp_path):
    rare_end = read_rating_table(written(tmp_path, many(["6"])))
    slider = "participant,item,value\n" + "".join(f"p{k},m,{k * 1.5}\n" for k in range(40))
    declared = read_rating_table(written(tmp_path, many(["9"])), scale=(1, 9))

    assert rare_end.criteria[""].scale == (1, 2, 3, 4, 5, 6)
    assert declared.criteria[""].scale[-1] == 9
    assert len(read_rating_table(written(tmp_path, slider)).participants) == 40

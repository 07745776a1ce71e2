"""Imports of organisations: what is stored, kept and told; again, cancelled, resumed."""

import csv
import json

import pytest
from django.utils import timezone

from alpclusters.analysis.errors import FileFormatError, InputError, StateError
from alpclusters.platform.actors.domain.importing import (
    Choices,
    check_run,
    ensure_source,
    guess_columns,
    perform_run,
    read_preview,
    read_report,
    start_run,
)
from alpclusters.platform.actors.domain.importing import supplies as chunks_module
from alpclusters.platform.actors.domain.importing.runs import unfinished_run
from alpclusters.platform.actors.models import (
    ClusterOrganisation,
    FieldProposal,
    Identifier,
    ImportRun,
    ImportSource,
    Organisation,
    Provenance,
)
from tests.factories.lists import HEAD, write_list, write_workbook
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROWS = [
    ["1", "Alp Holz", "AT", "Graz", "AT22"],
    ["2", "Alp Stahl", "SI", "Maribor", ""],
    ["3", "", "AT", "Wien", ""],
]


def begin(path, *, key="list", columns=None, is_public=False, **choices):
    source = ensure_source(key, is_public=is_public)
    preview = read_preview(path, name=path.name)
    wanted = {"report_folder": str(path.parent / "report"), **choices}
    return start_run(
        source,
        path,
        name=path.name,
        columns=columns or guess_columns(preview, source),
        by=None,
        choices=Choices(**wanted),
    )


def take_in(path, **options):
    return perform_run(begin(path, **options))


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def state():
    """Everything an import stores, without keys and times."""
    bodies = Organisation.objects.order_by("name", "town").values(
        "name", "country", "town", "type", "region__code", "given_code", "source", "is_listed"
    )
    rows = Provenance.objects.order_by("external_id").values_list(
        "external_id", "digest", "line", "organisation__name"
    )
    versions = Organisation.history.order_by("name", "history_type").values_list(
        "name", "history_type", "history_change_reason"
    )
    return list(bodies), list(rows), list(versions)


def test_every_row_is_created_or_rejected_and_has_source_and_version(tmp_path):
    make_region("AT22")
    path = write_list(tmp_path / "a.csv", ROWS)

    report = take_in(path, is_public=True)

    assert report.counts == {
        "read": 3, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    body = Organisation.objects.get(name="Alp Holz")
    assert (body.region.code, body.country, body.is_listed) == ("AT22", "AT", True)
    assert (body.status, body.source) == ("unverified", "list")
    assert body.provenance.get().external_id == "1"
    version = body.history.get()
    assert (version.history_type, version.history_change_reason) == ("+", "list: a.csv")
    assert version.name == "Alp Holz"
    assert version.history_date


def test_lists_of_accepted_and_rejected_rows_hold_the_original_columns(tmp_path):
    path = write_list(tmp_path / "a.csv", [*ROWS, ["4", "=HYPERLINK(1)", "AT", "x", ""]])

    report = take_in(path, language="de")

    accepted, (rejected,) = lines_of(report.accepted_file), lines_of(report.rejected_file)
    assert [row["outcome"] for row in accepted] == ["created", "created", "created"]
    assert accepted[2]["Name"] == "'=HYPERLINK(1)"
    assert (rejected["ID"], rejected["line"], rejected["field"]) == ("3", "4", "Name")
    assert rejected["reason"].startswith("Die Zelle ist leer.")
    assert report.rejected_file.read_bytes().startswith(b"\xef\xbb\xbf")
    written = json.loads((tmp_path / "report/report.json").read_text(encoding="utf-8"))
    assert written["read"] == 4
    assert read_report(tmp_path / "report") == report


def test_a_check_says_the_same_as_the_import_and_stores_nothing(tmp_path):
    run = begin(write_list(tmp_path / "a.csv", ROWS))

    checked = check_run(run)

    assert Organisation.objects.count() == 0
    assert ImportRun.objects.get().state == "checked"
    done = perform_run(ImportRun.objects.get())
    assert checked.counts == done.counts
    assert checked.is_dry
    assert [row.outcome for row in checked.first_rows] == ["created", "created", "rejected"]


def test_importing_again_changes_nothing_and_makes_no_version(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS)
    take_in(path)
    before = state()

    report = take_in(path)

    assert report.counts == {
        "read": 3, "created": 0, "updated": 0, "unchanged": 2, "rejected": 1,
    }  # fmt: skip
    assert state() == before


def test_a_changed_row_updates_its_body_by_its_id(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS)
    take_in(path)
    body = Organisation.objects.get(name="Alp Stahl")
    write_list(path, [ROWS[0], ["2", "Alp Stahl und Holz", "SI", "Celje", ""]])

    report = take_in(path)

    assert (report.updated, report.unchanged, report.created) == (1, 1, 0)
    made_at = body.created_at
    body.refresh_from_db()
    assert (body.name, body.town, body.created_at) == ("Alp Stahl und Holz", "Celje", made_at)
    assert list(body.history.order_by("history_id").values_list("history_type", "town")) == [
        ("+", "Maribor"),
        ("~", "Celje"),
    ]


def test_without_ids_a_body_is_found_by_name_country_and_town(tmp_path):
    head = ["Name", "Country", "Town", "Website"]
    path = write_list(tmp_path / "a.csv", [["Alp d.o.o.", "SI", "Celje", ""]], head=head)
    take_in(path)
    write_list(path, [["ALP  D.O.O.", "SI", "celje", "alp.example"]], head=head)

    report = take_in(path)

    assert (report.updated, Organisation.objects.get().website) == (1, "http://alp.example")
    assert any("name, country and town" in note for note in report.file_notes)


def test_repeats_in_one_file_count_as_unchanged_and_the_first_row_stands(tmp_path):
    path = write_list(tmp_path / "a.csv", [ROWS[0], ["1", "Other", "AT", "Linz", ""], ROWS[0]])

    report = take_in(path)

    assert (report.read, report.created, report.unchanged) == (3, 1, 2)
    assert report.notes["organisation.repeat"] == 2
    assert Organisation.objects.get().name == "Alp Holz"


def test_fields_a_person_set_stay_and_the_list_proposes(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS[:1])
    take_in(path)
    Organisation.objects.update(name="Our name", edited_fields=["name"])
    write_list(path, [["1", "Their name", "AT", "Leoben", ""]])

    take_in(path)

    body = Organisation.objects.get()
    assert (body.name, body.town) == ("Our name", "Leoben")
    proposal = FieldProposal.objects.get()
    assert (proposal.field, proposal.value, proposal.state) == ("name", "Their name", "proposed")


def test_a_refused_proposal_comes_again_only_with_something_new(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS[:1])
    take_in(path)
    Organisation.objects.update(edited_fields=["name"])
    states = []
    for name, town in (("B", "x"), ("B", "y"), ("C", "y")):
        write_list(path, [["1", name, "AT", town, ""]])
        take_in(path)
        states.append(FieldProposal.objects.get().state)
        FieldProposal.objects.update(state="refused", decided_at=timezone.now())

    assert states == ["proposed", "refused", "proposed"]


def test_a_list_that_is_published_later_lists_its_bodies_and_never_takes_them_away(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS[:1])
    take_in(path)
    seen = [Organisation.objects.get().is_listed]
    for is_public in (True, False):
        ImportSource.objects.update(is_public=is_public)
        take_in(path)
        seen.append(Organisation.objects.get().is_listed)

    assert seen == [False, True, True]


def test_an_empty_cell_takes_nothing_away(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS[:1])
    take_in(path)
    write_list(path, [["1", "Alp Holz", "AT", "", ""]])

    take_in(path)

    assert Organisation.objects.get().town == "Graz"


def test_another_list_finds_a_body_by_its_pic_and_fills_only_what_is_empty(tmp_path):
    head = ["ID", "Name", "Country", "PIC", "Town"]
    first = write_list(tmp_path / "a.csv", [["1", "Alp", "AT", "999905974", ""]], head=head)
    second = write_list(
        tmp_path / "b.csv", [["x", "ALP Inc", "AT", "999905974", "Graz"]], head=head
    )
    take_in(first, key="first")

    report = take_in(second, key="second")

    body = Organisation.objects.get()
    assert (report.updated, body.name, body.town) == (1, "Alp", "Graz")
    assert report.notes == {"organisation.matched": 1, "organisation.kept": 1}
    assert set(body.provenance.values_list("source__key", flat=True)) == {"first", "second"}


def test_two_rows_of_one_list_stay_two_bodies_even_with_one_number(tmp_path):
    head = ["ID", "Name", "Country", "PIC"]
    rows = [["1", "Alp", "AT", "999905974"], ["2", "Bau", "AT", "999905974"]]
    path = write_list(tmp_path / "a.csv", rows, head=head)

    report = take_in(path)

    assert (report.created, Identifier.objects.count()) == (2, 1)
    assert report.notes == {"identifier.taken": 1}


def test_a_merged_body_is_updated_where_it_went(tmp_path):
    path = write_list(tmp_path / "a.csv", ROWS[:2])
    take_in(path)
    kept, gone = Organisation.objects.order_by("name")
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    write_list(path, [ROWS[0], ["2", "Alp Stahl", "SI", "Ptuj", ""]])

    take_in(path)

    gone.refresh_from_db()
    assert gone.town == "Maribor"
    assert Organisation.objects.count() == 2


def test_cluster_organisations_get_a_profile_with_label_and_completeness(tmp_path):
    head = ["Name", "Typ", "Land", "NACE", "VZÄ", "KMU", "Label", "Beschreibung", "Ökosystem"]
    rows = [
        ["Holzcluster", "Cluster", "Austria", "16; Möbel", "1,5", "30", "Gold", "Kurz.", "digital"],
        ["Holzcluster", "Cluster", "Slovenija", "", "", "", "", "", ""],
        ["Universität", "Universität", "Österreich", "", "", "30", "", "", ""],
    ]  # fmt: skip
    path = write_list(tmp_path / "a.csv", rows, head=head)

    report = take_in(path, text_language="de")

    first, second = ClusterOrganisation.objects.order_by("pk")
    assert (first.sectors, first.sector_text, first.ecosystem) == (["16"], "Möbel", "digital")
    assert (float(first.staff_fte), first.n_sme, first.summary.inside("de")) == (1.5, 30, "Kurz.")
    assert first.labels.get().level == "gold"
    assert first.completeness > second.completeness
    assert first.slug == "holzcluster"
    assert second.slug.startswith("holzcluster-")
    assert first.history.get().history_type == "+"
    assert Organisation.objects.get(pk=first.organisation_id).helix == "intermediary"
    assert report.notes["organisation.no_profile"] == 1


def test_a_profile_is_updated_but_not_what_its_manager_set(tmp_path):
    head = ["ID", "Name", "Type", "Country", "SME", "Staff"]
    path = write_list(tmp_path / "a.csv", [["1", "C", "cluster", "AT", "10", "1"]], head=head)
    take_in(path)
    Organisation.objects.update(edited_fields=["n_sme"])
    ClusterOrganisation.objects.update(n_sme=12)
    write_list(path, [["1", "C", "cluster", "AT", "11", "2"]], head=head)

    take_in(path)

    row = ClusterOrganisation.objects.get()
    assert (row.n_sme, float(row.staff_fte)) == (12, 2.0)
    assert row.history.count() == 2


def test_type_and_country_can_be_chosen_for_the_whole_list(tmp_path):
    path = write_list(tmp_path / "a.csv", [["Alp"]], head=["Name"])

    take_in(path, default_type="cluster_organisation", default_country="CH", is_simulated=True)

    row = ClusterOrganisation.objects.get()
    assert (row.organisation.country, row.organisation.is_simulated) == ("CH", True)


def test_matched_columns_are_remembered_for_the_heads_of_the_source(tmp_path):
    path = write_list(tmp_path / "a.csv", [["Alp", "x"]], head=["Foo", "Bar"])
    take_in(path, columns={"name": "Foo", "town": "Bar"})

    source = ImportSource.objects.get()
    assert guess_columns(read_preview(path, name="a.csv"), source) == {"name": "Foo", "town": "Bar"}
    assert guess_columns(read_preview(path, name="a.csv")) == {}


def cut_off_after(n_chunks, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 2)
    asked = iter([False] * n_chunks + [True] * 99)
    return lambda: next(asked)


def test_a_cancelled_import_goes_on_and_ends_like_one_that_ran_through(tmp_path, monkeypatch):
    rows = [[str(n), f"Body {n}" if n % 4 else "", "AT", "Graz", ""] for n in range(9)]
    path = write_list(tmp_path / "a.csv", [*rows, rows[1]])
    run = begin(path)

    part = perform_run(run, cancelled=cut_off_after(2, monkeypatch))

    assert (part.is_complete, part.read) == (False, 4)
    assert ImportRun.objects.get().state == "cancelled"
    assert unfinished_run(begin(path)) == run
    whole = perform_run(ImportRun.objects.get(pk=run.pk))
    assert whole.counts == {
        "read": 10, "created": 6, "updated": 0, "unchanged": 1, "rejected": 3,
    }  # fmt: skip
    assert len(lines_of(whole.accepted_file)) == 7
    assert len(lines_of(whole.rejected_file)) == 3


def test_an_import_that_breaks_in_a_chunk_keeps_the_chunks_before_it(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 2)
    rows = [[str(n), f"Body {n}", "AT", "", ""] for n in range(5)]
    run = begin(write_list(tmp_path / "a.csv", rows))

    def break_late(done, _total):
        if done > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform_run(run, progress=break_late)

    run = ImportRun.objects.get()
    assert (Organisation.objects.count(), run.n_created, run.state) == (2, 2, "running")
    report = perform_run(run)
    assert (report.created, Organisation.objects.count()) == (5, 5)
    assert len(lines_of(report.accepted_file)) == 5


def test_somebody_who_waits_can_cancel_from_another_process(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    run = begin(write_list(tmp_path / "a.csv", ROWS))

    def want_cancel(_done, _total):
        ImportRun.objects.update(wants_cancel=True)

    assert perform_run(run, progress=want_cancel).read == 1


def test_a_done_import_a_second_worker_and_another_file_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    path = write_list(tmp_path / "a.csv", ROWS)
    run = begin(path)
    other = ImportRun.objects.get(pk=run.pk)
    perform_run(other, cancelled=iter([False, True]).__next__)

    with pytest.raises(StateError, match="elsewhere"):
        perform_run(run)
    perform_run(other)
    with pytest.raises(StateError, match="done"):
        perform_run(other)
    fresh = begin(path)
    write_list(path, ROWS[:1])
    with pytest.raises(InputError, match="other_file"):
        perform_run(fresh)
    assert ImportRun.objects.get(pk=fresh.pk).state == "failed"


def test_a_list_without_rows_fails_with_a_reason(tmp_path):
    run = begin(write_list(tmp_path / "a.csv", []))

    with pytest.raises(FileFormatError, match="no_rows"):
        check_run(run)

    run.refresh_from_db()
    assert (run.state, run.error["code"]) == ("failed", "file.no_rows")


def test_a_workbook_gives_the_same_as_a_text(tmp_path):
    take_in(write_list(tmp_path / "a.csv", ROWS))
    before = state()
    path = write_workbook(tmp_path / "a.xlsx", [HEAD, *ROWS])

    report = take_in(path)

    assert (report.unchanged, report.rejected) == (2, 1)
    assert state() == before


def test_notes_are_counted_by_kind_and_told_row_by_row(tmp_path):
    make_region("FRK2", first_vintage=2016)
    make_region("FR71", last_vintage=2013)
    from alpclusters.platform.territory.models import RegionChange  # noqa: PLC0415

    RegionChange.objects.create(
        from_vintage=2013, to_vintage=2016, level=2, from_code="FR71", to_code="FRK2",
        relation="recoded", is_exact=True,
    )  # fmt: skip
    rows = [
        ["1", "Alp", "FR", "Lyon", "FR71"],
        ["2", "Bau", "FR", "Nice", "FR99"],
        ["3", "Neiße", "DE", "Görlitz", "DED2D"],
    ]

    report = take_in(write_list(tmp_path / "a.csv", rows))

    assert report.notes == {
        "region.recoded": 1,
        "region.unknown_code": 1,
        "region.elsewhere": 1,
    }
    first, second, third = Organisation.objects.order_by("name")
    assert (first.region.code, first.given_code) == ("FRK2", "FR71")
    assert (third.region, third.given_code) == (None, "DED2D")
    assert first.recoding_note == "NUTS 2013 FR71 → 2021 FRK2"
    assert (second.region, second.given_code) == (None, "FR99")
    assert report.vintage == {"vintage": 2013, "n_codes": 3, "n_fitting": 1}
    assert report.first_rows[0].text == "FR71 (NUTS 2013) is FRK2 today."


def test_bodies_of_a_list_that_says_so_stay_invented(tmp_path):
    head = ["name", "country", "town", "is_simulated"]
    rows = [["Echt", "AT", "Graz", "False"], ["Erfunden", "AT", "Graz", "True"]]

    take_in(write_list(tmp_path / "own.csv", rows, head=head))

    stored = dict(Organisation.objects.values_list("name", "is_simulated"))
    assert stored == {"Echt": False, "Erfunden": True}


def test_number_of_a_real_body_in_an_invented_row_ties_the_two_never(tmp_path):
    head = ["name", "country", "town", "pic", "is_simulated"]
    real = [["Echt", "AT", "Graz", "999905974", ""]]
    invented = [["Erfunden", "AT", "Graz", "999905974", "True"]]

    take_in(write_list(tmp_path / "one.csv", real, head=head), key="one")
    take_in(write_list(tmp_path / "other.csv", invented, head=head), key="other")

    stored = dict(Organisation.objects.values_list("name", "is_simulated"))
    assert stored == {"Echt": False, "Erfunden": True}

"""The data package: read back, every schema, key and tie checked; nothing hidden is in it."""

import csv
import hashlib
import io
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from alpclusters.cli import main
from alpclusters.platform.evidence.domain.archive import keeping
from alpclusters.platform.evidence.domain.archive.keeping import ensure_package, kept_package
from alpclusters.platform.evidence.domain.archive.schemas import TABLES
from alpclusters.platform.evidence.domain.archive.writing import write_package
from alpclusters.platform.evidence.models import Coding, Settlement
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_measure, make_region
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_code,
    make_codebook,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
    make_programme,
    make_quotation,
    make_suggestion,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BASE = "https://evidence.example"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HIDDEN = "Hidden for now"


def package() -> bytes:
    out = io.BytesIO()
    write_package(out, base=BASE)
    return out.getvalue()


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"data/{name}.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def evidence(db):  # noqa: ARG001 - the database must be there
    """Two families of initiatives with everything, and beside each thing a hidden one."""
    book = make_codebook(note={"en": "First version"})
    make_code(book, "scope", "cross_border", label={"de": "grenzüberschreitend"}, example="A fair.")
    make_code(book, "audience", "smes")
    programme = make_programme("alpine-space-2014")
    first = make_initiative(
        "first", programme=programme,
        title={"de": "Größe, „Zitat“\nund =SUMME(A1)", "en": "Size"},
        start="2016-11-01", start_precision="month", budget_cents=252_196_400, countries="AT IT",
        sectors=["C28"], licence="CC BY 4.0",
    )  # fmt: skip
    second = make_initiative("second", follows=first, family=first.pk)
    first.family = first.pk
    first.save()
    hidden = make_initiative("hidden", is_published=False, title=HIDDEN, follows=first)
    make_participation(first, "Agency of the Test Region", region=make_region("AT32"), country="AT")
    make_participation(hidden, HIDDEN)
    coded = make_activity(
        first, name={"en": "Vouchers"}, scope="cross_border", audience=["smes"], state="settled",
        outcome_status="lasting", outcome_months=18, codebook=book, output_value=40.5,
    )  # fmt: skip
    coded.regions.add(make_region("AT32"), make_region("ITH1"))
    waiting = make_activity(first, name=HIDDEN, state="open")
    later = make_activity(second, outcome_status="ended", state="disputed")
    for place, activity in ((1, coded), (2, coded), (1, waiting), (1, later)):
        coder = make_user(email=f"{activity.pk}{place}@x.example")
        Coding.objects.create(
            activity=activity, place=place, coder=coder, codebook=book, began_at=NOW,
            values={"scope": "cross_border", "outcome_months": 18}, closed_at=NOW,
        )  # fmt: skip
    Settlement.objects.create(
        activity=coded, field="scope", value="cross_border", made_by=make_user(), made_at=NOW
    )
    lesson = make_lesson(
        "owners", statement={"sl": "Lastnik šteje"}, grading={"families": [{"family": first.pk}]}
    )
    draft = make_lesson("draft", statement=HIDDEN, is_published=False)
    make_bearing(coded, lesson)
    make_bearing(later, lesson, "contradicts")
    make_bearing(coded, draft)
    measure = make_measure("pilot")
    make_suggestion(lesson, measure, note="because")
    make_suggestion(draft, measure)
    report = make_document("report", initiatives=[first], year=2019)
    report.measures.add(measure)
    secret = make_document("secret", title=HIDDEN, initiatives=[hidden])
    make_quotation(report, activity=coded, page=3, words="forty vouchers")
    make_quotation(report, lesson=lesson, page=7, page_end=8)
    make_quotation(report, activity=waiting, words=HIDDEN)
    make_quotation(secret, activity=coded, words=HIDDEN)
    return {"first": first, "coded": coded, "report": report, "lesson": lesson}


def fits(value: str, field: dict) -> bool:
    """Read a value by its column as Table Schema says."""
    if value == "":
        return not field.get("constraints", {}).get("required")
    readers = {
        "string": str,
        "integer": int,
        "number": float,
        "year": int,
        "date": datetime.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
        "array": json.loads,
        "object": json.loads,
    }
    read = readers[field["type"]](value)
    kinds = {"array": list, "object": dict}
    among = field.get("constraints", {}).get("enum")
    return isinstance(read, kinds.get(field["type"], object)) and (not among or value in among)


def test_every_column_key_and_tie_holds(evidence):  # noqa: ARG001 - something must be there
    archive = opened(package())
    about = json.loads(archive.read("datapackage.json"))
    rows = {one["name"]: table(archive, one["name"]) for one in about["resources"]}

    assert [one["name"] for one in about["resources"]] == [schema.name for schema in TABLES]
    for resource in about["resources"]:
        name, schema = resource["name"], resource["schema"]
        content = archive.read(resource["path"])
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (
            resource["bytes"],
            resource["hash"],
        )
        assert rows[name], f"{name} is not tried"
        assert list(rows[name][0]) == [field["name"] for field in schema["fields"]]
        wrong = [
            (name, field["name"], row[field["name"]])
            for row in rows[name]
            for field in schema["fields"]
            if not fits(row[field["name"]], field)
        ]
        assert wrong == []
        keys = [tuple(row[part] for part in schema["primaryKey"]) for row in rows[name]]
        assert len(set(keys)) == len(keys)
        for tie in schema["foreignKeys"]:
            to = tie["reference"]
            known = {tuple(row[part] for part in to["fields"]) for row in rows[to["resource"]]}
            used = {tuple(row[part] for part in tie["fields"]) for row in rows[name]}
            assert {value for value in used if any(value)} - known == set()


def test_values_come_back_as_they_are(evidence):  # noqa: ARG001 - something must be there
    archive = opened(package())
    initiatives = {row["key"]: row for row in table(archive, "initiatives")}
    activity = table(archive, "activities")[0]

    assert initiatives["first"]["title_de"] == "Größe, „Zitat“\nund =SUMME(A1)"
    assert initiatives["first"]["budget_cents"] == "252196400"
    assert initiatives["first"]["eu_cents"] == ""
    assert initiatives["second"]["follows"] == initiatives["second"]["family"] == "first"
    assert json.loads(activity["regions"]) == ["AT32", "ITH1"]
    assert activity["key"] == "first/1"
    grading = json.loads(table(archive, "lessons")[0]["grading"])
    assert grading == {"families": [{"family": "first"}]}
    assert [row["words"] for row in table(archive, "quotations")] == ["forty vouchers", ""]


def test_hidden_things_and_people_are_not_in_it(evidence):  # noqa: ARG001 - hidden things too
    archive = opened(package())
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    assert HIDDEN not in everything
    assert "x.example" not in everything
    assert {row["initiative"] for row in table(archive, "activities")} == {"first", "second"}
    assert {row["lesson"] for row in table(archive, "bearings")} == {"owners"}


def test_codings_are_passed_on_only_when_settled_with_numbers_for_coders(evidence):  # noqa: ARG001
    rows = table(opened(package()), "codings")

    assert [(row["activity"], row["place"], row["coder"], row["field"]) for row in rows] == [
        ("first/1", "1", "1", "outcome_months"),
        ("first/1", "1", "1", "scope"),
        ("first/1", "2", "2", "outcome_months"),
        ("first/1", "2", "2", "scope"),
    ]


def test_same_content_makes_the_same_bytes_and_another_one_another_version(evidence):
    first, again = package(), package()
    evidence["first"].title = evidence["first"].title.put({"en": "Longer"})
    evidence["first"].save()
    changed = package()

    def version(content: bytes) -> str:
        return json.loads(opened(content).read("datapackage.json"))["version"]

    assert first == again
    assert version(first) != version(changed)


def test_files_are_in_it_only_where_their_licence_allows_it(evidence, tmp_path):
    content = b"%PDF-1.7 made up"
    digest = hashlib.sha256(content).hexdigest()
    place = f"documents/{digest}.pdf"
    (tmp_path / "documents").mkdir()
    (tmp_path / place).write_bytes(content)
    closed = make_document("closed", initiatives=[evidence["first"]], file=place, digest=digest)
    report = evidence["report"]
    report.file, report.digest, report.is_open = place, digest, True
    report.save()

    with override_settings(MEDIA_ROOT=tmp_path):
        archive = opened(package())

    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert files == ["files/report.pdf"]
    assert archive.read("files/report.pdf") == content
    named = {row["key"]: (row["file"], row["sha256"]) for row in table(archive, "documents")}
    assert named == {closed.key: ("", ""), "report": ("files/report.pdf", digest)}


def test_readme_and_codebook_are_in_five_languages(evidence):  # noqa: ARG001 - a codebook
    archive = opened(package())
    guides = [archive.read(f"README.{code}.md").decode() for code in ("de", "en", "fr", "it", "sl")]

    assert len({text.splitlines()[0] for text in guides}) == 5
    assert "grenzüberschreitend" in archive.read("codebook/codebook.de.md").decode()
    assert all(BASE in text for text in guides)


def test_addresses_are_those_of_the_pages(evidence):
    archive = opened(package())
    coded = table(archive, "activities")[0]

    assert coded["address"] == BASE + reverse("public:initiative", args=["first"]) + "#activity-1"
    for name, page, key in (
        ("lessons", "public:lesson", evidence["lesson"].key),
        ("documents", "public:source", "report"),
        ("measures", "public:measure", "pilot"),
    ):
        assert table(archive, name)[0]["address"] == BASE + reverse(page, args=[key])


def test_package_is_kept_until_something_changes(evidence, tmp_path):
    with override_settings(HOME=tmp_path):
        made = ensure_package(BASE, now=NOW)
        again = ensure_package(BASE, now=NOW + timedelta(hours=1))
        assert kept_package(BASE, now=NOW + timedelta(hours=25)) is None
        evidence["coded"].bearings.all().delete()
        assert kept_package(BASE, now=NOW) is None
        changed = ensure_package(BASE, now=NOW)
        # Somebody may still be reading the first one; after an hour it goes.
        assert made.path.exists()
        for path in (made.path, made.path.with_suffix(".json")):
            os.utime(path, (0, 0))
        evidence["lesson"].suggestions.all().delete()
        last = ensure_package(BASE, now=NOW)
        left = {path.stem for path in keeping.folder().iterdir()}

    assert again == made
    assert made.digest != changed.digest
    assert left == {changed.path.stem, last.path.stem}


def test_command_writes_a_package_whole_or_not_at_all(evidence, tmp_path, capsys):  # noqa: ARG001
    target = tmp_path / "evidence.zip"

    assert main(["export", "evidence", str(target), "--language", "en"]) == 0
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert line["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert line["rows"]["activities"] == 2
    assert target.read_bytes() == opened_again(str(settings.CONFIGURATION.address))
    assert main(["export", "evidence", str(tmp_path / "nowhere" / "x.zip")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["evidence.zip"]


def opened_again(base: str) -> bytes:
    out = io.BytesIO()
    write_package(out, base=base)
    return out.getvalue()

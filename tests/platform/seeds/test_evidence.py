"""Earlier initiatives, their sources, the codebook: complete, tied, in five languages."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.platform.seeds.tables import LANGUAGES, Row, rows, texts

pytestmark = pytest.mark.unit

INITIATIVES = rows("evidence/initiatives")
DOCUMENTS = rows("evidence/documents")
ACTIVITIES = rows("evidence/activities")
LESSONS = rows("evidence/lessons")
CODES = rows("evidence/codes")
PARTICIPATIONS = rows("evidence/participations")
PERIODS = {row["key"]: row["period"] for row in rows("evidence/programmes")}
COUNTRIES = {row["code"] for row in rows("territory/country_names")}
# Written for countries in codes of NUTS; participations have the ISO codes.
ISO = {"EL": "GR", "UK": "GB"}
# Above this number of partners the list of partners was retyped in full.
ONLY_LEAD = 1
ANY = "https://any.example"
DOCUMENT_KEYS = {row["key"] for row in DOCUMENTS}
KEYS = {row["key"] for row in INITIATIVES}
CODEBOOK = {
    "scope": 4,
    "audience": 5,
    "outcome_status": 4,
    "payer_after": 8,
    "source_type": 7,
    "context": 3,
    "success_factors": 11,
    "failure_reasons": 11,
}
LINES = {
    "innovation-express",
    "escp-4i",
    "escp-4x",
    "european-cluster-partnerships-excellence",
    "escp-s3",
    "euroclusters",
    "innosup-1",
    "eccp",
    "cip-wcc",
    "cip-call-2013",
}


def is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and "." in parts.netloc and " " not in text


def parts_of(initiative: Row) -> list[Row]:
    return [row for row in PARTICIPATIONS if row["initiative"] == initiative["key"]]


def test_there_are_114_initiatives_of_the_list_and_31_more_each_once() -> None:
    assert len(INITIATIVES) == len(KEYS) == 145


def test_every_initiative_activity_and_lesson_names_documents_that_are_there() -> None:
    for row in (*INITIATIVES, *ACTIVITIES, *LESSONS):
        named = row["documents"].split()
        assert named
        assert set(named) <= DOCUMENT_KEYS


def test_every_initiative_says_its_source_in_words() -> None:
    assert [row["key"] for row in INITIATIVES if not 0 < len(row["source"]) <= 500] == []


def test_countries_of_an_initiative_are_not_only_those_of_its_lead() -> None:
    assert [row["key"] for row in INITIATIVES if len(row["countries"].split()) == 1] == []


def test_countries_are_iso_codes_in_order_and_each_once() -> None:
    for row in INITIATIVES:
        codes = row["countries"].split()
        assert codes == sorted(set(codes)), row["key"]
        assert set(codes) <= COUNTRIES - set(ISO), row["key"]


def test_partners_come_from_the_countries_of_their_initiative() -> None:
    for row in INITIATIVES:
        named = {part["country"] for part in parts_of(row) if part["country"]}
        listed = set(row["countries"].split())
        assert named <= listed or not listed, row["key"]
        if len(parts_of(row)) > ONLY_LEAD:
            assert named == listed, row["key"]


def test_the_code_of_a_partner_lies_in_its_country_and_is_one_of_nuts() -> None:
    codes = {row["code"] for row in rows("territory/nuts_codes")}
    codes |= {row["code"] for row in rows("territory/nuts_elsewhere")}
    for row in PARTICIPATIONS:
        if row["nuts"]:
            assert row["nuts"] in codes, row
            assert ISO.get(row["nuts"][:2], row["nuts"][:2]) == row["country"], row


def test_a_partner_is_named_once_in_an_initiative() -> None:
    named = Counter((row["initiative"], row["name"].casefold()) for row in PARTICIPATIONS)

    assert max(named.values()) == 1


def test_an_initiative_ends_after_its_start_and_starts_while_its_programme_runs() -> None:
    for row in INITIATIVES:
        start, end, period = row["start"], row["end"], PERIODS.get(row["programme"], "")
        assert not (start and end) or start[: len(end)] <= end[: len(start)], row["key"]
        if start and period:
            # Money of a period may be bound up to two years after it.
            first, last = (int(year) for year in period.split("-"))
            assert first <= int(start[:4]) <= last + 2, row["key"]


def test_amounts_are_plain_numbers_and_union_money_is_part_of_the_budget() -> None:
    for row in INITIATIVES:
        for field in ("budget", "eu"):
            whole, _, cents = row[field].partition(".")
            assert not row[field] or (whole.isdigit() and len(cents) in {0, 2}), row["key"]
        if row["budget"] and row["eu"]:
            assert float(row["eu"]) <= float(row["budget"]), row["key"]


def test_a_page_is_one_document_and_not_two() -> None:
    addresses = Counter(row["address"] for row in DOCUMENTS if row["address"])

    assert max(addresses.values()) == 1
    assert "fasi-escp4i" not in DOCUMENT_KEYS


def test_every_document_is_found_by_an_address_or_a_place() -> None:
    assert [row["key"] for row in DOCUMENTS if not (row["address"] or row["locator"])] == []
    assert [row["key"] for row in DOCUMENTS if not is_address(row["address"] or ANY)] == []


def test_a_document_has_a_known_language_and_a_possible_year() -> None:
    assert {row["language"] for row in DOCUMENTS} <= {*LANGUAGES, "cs", "hu", "mul", ""}
    assert all(1990 <= int(row["year"]) <= 2026 for row in DOCUMENTS if row["year"])


def test_each_of_the_26_types_of_measures_is_described_in_a_document() -> None:
    types = {row["key"] for row in rows("measures/measure_types")}

    assert {key for row in DOCUMENTS for key in row["measures"].split()} == types


def test_only_programmes_and_calls_are_programme_lines() -> None:
    assert {row["key"] for row in INITIATIVES if row["kind"] == "programme_line"} == LINES


def test_families_are_declared_by_what_continues_what() -> None:
    follows = {row["key"]: row["follows"] for row in INITIATIVES if row["follows"]}

    assert set(follows.values()) <= KEYS
    assert follows["bioxclusters-plus"] == "bioxclusters"
    assert follows["ardia-net"] == "s3-4alpclusters"
    assert follows["cloe-2"] == "cloe-1"
    assert (follows["eucles"], follows["esca"]) == ("esca", "ecei")
    assert (follows["stardust"], follows["bsr-stars"]) == ("bsr-stars", "bsr-innonet")
    assert follows["adpack2"] == "adpack"


def test_where_sources_differ_the_note_names_both() -> None:
    notes = {row["key"]: row["note_en"] for row in INITIATIVES}

    assert "31 August 2013" in notes["alpclusters-2020"]
    assert "October 2014" in notes["clustrat"]
    assert "2009 to 2012" in notes["clusterpolisee"]
    assert all(year in notes["eccp"] for year in ("29 September 2010", "since 2015"))
    assert "Slovenia" in notes["nena"]
    assert "June 2021" in notes["danube-s3-cluster"]
    assert "April 2020" in notes["clusters3"]
    assert all(count in notes["ecei"] for count in ("13", "14"))


def test_a_lead_is_named_once_and_partners_belong_to_initiatives_of_the_list() -> None:
    leads = Counter(row["initiative"] for row in PARTICIPATIONS if row["role"] == "lead")

    assert {row["initiative"] for row in PARTICIPATIONS} <= KEYS
    assert set(leads.values()) == {1}
    assert sum(row["initiative"] == "alpclusters-2020" for row in PARTICIPATIONS) == 7


def test_the_codebook_has_all_codes_with_four_texts_in_five_languages() -> None:
    assert Counter(row["field"] for row in CODES) == CODEBOOK
    for row in CODES:
        for field in ("label", "definition", "example", "counter_example"):
            assert all(texts(row, field)), (row["key"], field)


def test_names_of_codes_fit_on_a_button_and_differ_within_a_field() -> None:
    for language in LANGUAGES:
        names = Counter((row["field"], row[f"label_{language}"]) for row in CODES)
        assert max(names.values()) == 1
        assert max(len(row[f"label_{language}"]) for row in CODES) <= 45


@pytest.mark.parametrize("table", ["activities", "demonstration_activities"])
def test_activities_use_codes_of_the_codebook_and_types_of_the_catalogue(table: str) -> None:
    known = {(row["field"], row["key"]) for row in CODES}
    known |= {("measure_type", row["key"]) for row in rows("measures/measure_types")}
    fields = {"measure_type", *CODEBOOK}

    for row in rows(f"evidence/{table}"):
        for field in fields & set(row):
            assert {(field, key) for key in row[field].split()} <= known, row


def test_what_no_source_says_is_unknown_or_empty() -> None:
    for row in ACTIVITIES:
        assert row["outcome_status"]
        if row["outcome_status"] == "unknown":
            assert (row["outcome_months"], row["payer_after"]) == ("", "unknown")


def test_lessons_rest_on_activities_that_are_there() -> None:
    there = {(row["initiative"], row["number"]) for row in ACTIVITIES}

    for row in rows("evidence/bearings"):
        assert (row["initiative"], row["number"]) in there
        assert row["lesson"] in {lesson["key"] for lesson in LESSONS}
    for lesson in LESSONS:
        assert all(texts(lesson, "statement"))
        assert lesson["measures"]

"""The proof sheet: every limit, what is unverified, how to check it; never a bad mix as good."""

import datetime as dt
import io
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.mix.certificate import METHOD
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import (
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Panel,
    Paragraph,
    RowGroup,
    Table,
    plain,
    tables,
    walk,
)
from alpclusters.reports.funding import build_proof, build_report, write_mix_file
from alpclusters.reports.funding.front import closed_calls
from alpclusters.reports.funding.limits import ceilings_of, folded_rows
from alpclusters.reports.funding.rules_used import rules_used, statements
from alpclusters.reports.funding.scenarios import binding_rows
from alpclusters.reports.funding.subject import METHODS, MixSubject, euro
from alpclusters.reports.funding.timeline import in_cents
from tests.reports.funding.mixes_made import DIGEST, TINY, case_of, changed, mix_of

pytestmark = pytest.mark.integration

DAY = dt.date(2026, 11, 26)


@pytest.fixture(scope="module")
def case():
    return case_of()


@pytest.fixture(scope="module")
def mix(case):
    return mix_of(case)


def proof(case, mix, language="en"):
    return build_proof(case, mix, language, day=DAY)


def whole(case, mix, language="en"):
    """Everything by itself, as the workbook has it."""
    return build_proof(case, mix, language, day=DAY, is_whole=True)


def named(document, name):
    return next(table for table in tables(document) if table.name == name)


def headings(document):
    return [block.text for block in walk(document.blocks) if isinstance(block, Heading)]


def words_of_pages(data):
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_every_limit_of_the_check_is_listed_once(case, mix):
    document = whole(case, mix)

    rows = [*named(document, "Limits").value_rows, *named(document, "Numbers").value_rows]

    assert len(rows) == len(mix["check"]["ceilings"]) > 10


def test_limits_stand_by_relative_room_and_those_without_use_last(case, mix):
    ceilings = ceilings_of(MixSubject(case, mix, "en"))
    in_use = [ceiling for ceiling in ceilings if ceiling.used_ct]

    shares = [ceiling.slack_ct / ceiling.limit_ct for ceiling in in_use]

    assert shares == sorted(shares)
    assert tuple(in_use) == ceilings[: len(in_use)]


def test_rows_of_a_limit_hold_limit_used_and_room_in_euros(case, mix):
    rows = named(whole(case, mix), "Limits").value_rows

    cap = next(row for row in rows if "Grant Y" in plain(row[0]) and "Ceiling" in plain(row[0]))

    assert cap[1:5] == (30_000, 30_000, 0, 1.0)
    assert plain(cap[5]) == "terms of the case"


def test_limits_are_grouped_by_how_tight_they_are(case, mix):
    groups = [
        row.title for row in named(whole(case, mix), "Limits").rows if isinstance(row, RowGroup)
    ]

    assert groups == ["Used up or nearly", "In use"]


def test_grants_and_own_money_add_up_to_the_costs(case, mix):
    table = named(whole(case, mix), "Grants")

    for _name, cost, *grants, own, rate in (*table.value_rows, table.total):
        assert float(cost) == pytest.approx(sum(map(float, grants)) + float(own), abs=1e-9)
        assert rate == pytest.approx(sum(map(float, grants)) / float(cost))
    assert [float(total) for total in table.total[1:2]] == [180_000]


def test_tight_and_unverified_limits_put_a_band_on_the_sheet(case, mix):
    bands = [
        block
        for block in walk(proof(case, mix).blocks)
        if isinstance(block, Panel) and block.title == "Unverified and tight"
    ]

    assert len(bands) == 1


def test_no_band_where_the_tight_limits_are_verified(case, mix):
    check = {**mix["check"]}
    check["ceilings"] = [{**one, "status": "verified"} for one in check["ceilings"]]

    titles = [
        block.title
        for block in walk(proof(case, changed(mix, check=check)).blocks)
        if isinstance(block, Panel)
    ]

    assert titles == [""]


@pytest.mark.parametrize(
    ("limit", "used", "tight"), [(100, 95, False), (100, 96, True), (0, 0, False)]
)
def test_tight_means_less_than_five_per_cent_left(case, mix, limit, used, tight):
    ceiling = ceilings_of(MixSubject(case, mix, "en"))[0]
    one = replace(
        ceiling,
        limit_ct=limit,
        used_ct=used,
        slack_ct=limit - used,
        is_by_construction=False,
    )

    assert one.is_tight is tight


def test_bound_certificate_inputs_and_versions_stand_on_it(case, mix):
    paragraphs = [block for block in walk(proof(case, mix).blocks) if isinstance(block, Paragraph)]

    words = " ".join(plain(block.text) for block in paragraphs)

    for wanted in (DIGEST, mix["case_sha256"], "HiGHS 1.16.0", "seed 1", "€165,500"):
        assert wanted in words


def test_amounts_of_a_table_have_cents_all_or_none():
    whole, cents = (
        Table(
            (Column("Who"), Column("a", "number"), Column("b", "number"), Column("c", "percent")),
            (("one", euro(500), euro(amount), 0.25), RowGroup("others")),
            total=("sum", euro(500), euro(amount), None),
        )
        for amount in (12_300, 12_340)
    )

    assert in_cents(whole) == whole
    assert [column.decimals for column in in_cents(cents).columns] == [None, 2, 2, None]


def test_levels_are_money_counts_and_a_quarter(case, mix):
    levels = [
        {"name": "net_grants", "value": 165_499.97, "bound": 165_500.0, "proved": True},
        {"name": "offers", "value": 4.0, "bound": None, "proved": False},
        # Paid in full in the third quarter: all grants, two quarters after the first.
        {"name": "last_repayment", "value": 2.0 * granted(mix), "bound": None, "proved": False},
    ]

    rows = named(whole(case, changed(mix, levels=levels)), "Levels").value_rows

    assert [row[1:] for row in rows] == [
        ("€165,499.97", "€165,500", "yes"),
        ("4", "–", "no"),
        ("3.0", "–", "no"),
    ]


def granted(mix) -> float:
    return sum(part["grant_ct"] for part in mix["partners"]) / 100


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_method_of_the_certificate_is_said_in_each_language(case, mix, language):
    certificate = {**mix["certificate"], "method": METHOD}
    document = proof(case, changed(mix, certificate=certificate), language)

    words = " ".join(plain(b.text) for b in walk(document.blocks) if isinstance(b, Paragraph))

    assert translator(language).gettext(METHODS[METHOD]) in words
    assert METHOD not in words


def test_rule_book_of_each_used_offer_stands_on_it(case, mix):
    rows = named(whole(case, mix), "Rule-books").value_rows

    assert [(row[1], row[2]) for row in rows] == [(dt.date(2024, 12, 1), "RB-2021")] * 4


def write(case, mix, ending, language="en", kind="proof"):
    return write_mix_file(case, mix, kind=kind, ending=ending, language=language, day=DAY)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_each_page_says_simulated_and_no_legal_advice(case, mix, language):
    document = proof(case, mix, language)

    pages = words_of_pages(write(case, mix, "pdf", language))

    assert 1 < len(pages) <= 3
    for page in pages:
        assert document.foot_note.rstrip(".") in page
        assert "simul" in page.lower()
    assert "%(" not in " ".join(pages)


def test_notice_is_the_sentence_of_each_language():
    notes = {code: proof(case_of(), mix_of(case_of()), code).foot_note for code in LANGUAGE_CODES}

    assert notes["de"] == "Entscheidungshilfe, keine Rechtsberatung."
    assert notes["sl"] == "Pomoč pri odločanju, ne pravni nasvet."
    assert len(set(notes.values())) == 5


def test_same_mix_gives_the_same_bytes(case, mix):
    for ending in ("pdf", "docx", "xlsx"):
        assert write(case, mix, ending) == write(case, mix, ending)


def test_workbook_keeps_numbers_as_numbers(case, mix):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(write(case, mix, "xlsx")))
    rows = next(
        rows
        for rows in (book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:])
        if any("Grants by partner and source" in str(cell) for row in rows for cell in row)
    )

    total = next(row for row in rows if row[0] == "Sum")
    assert total[1] == 180_000
    assert sum(total[2:6]) == pytest.approx(179_999.97)


def test_document_opens_with_the_used_offers_and_the_partners(case, mix):
    from docx import Document

    document = Document(io.BytesIO(write(case, mix, "docx")))

    heads = [table.rows[0].cells[0].text for table in document.tables]
    assert [head for head in heads if head in {"Offer", "Partner"}] == ["Offer", "Partner"]


def test_mix_that_fails_its_check_is_not_shown_as_one(case):
    bad = mix_of(case, (*TINY[:-1], Cell("Z", "b2", 3_000_000, 1_200_000)))

    document = proof(case, bad)

    assert bad["status"] == "failed"
    assert document.draft
    assert "Violations" in headings(document)
    assert "Who is paid what from where" not in headings(document)
    assert [table.name for table in tables(document)] == []
    assert [table.name for table in tables(whole(case, bad))] == ["Result", "Levels"]


def test_infeasible_wishes_are_explained(case, mix):
    infeasible = {
        "missing": [{"group": "own_means", "subject": "partner:A", "missing_ct": 1_240_000}],
        "reason": [
            {"group": "own_means", "subject": "partner:A"},
            {"group": "floor", "subject": "offer:X"},
            {"group": "wish", "subject": "wish:9"},
        ],
    }
    empty = {
        "objective": None,
        "bound": None,
        "gap": None,
        "allocation": [],
        "infeasible": infeasible,
    }
    check = {**mix["check"], "ceilings": [], "violations": []}

    document = proof(case, changed(mix, status="infeasible", check=check, **empty))

    lists = [block for block in walk(document.blocks) if isinstance(block, Bullets)]
    bullets = [plain(item) for block in lists for item in block.items]
    assert bullets[:4] == [
        "own means: Simulated agency A: €12,400 short",
        "own means: Simulated agency A",
        "least amount of an offer: Cooperation grant X (simulated)",
        "wish: 9",
    ]


def test_mix_without_any_offer_is_a_sentence_and_not_an_empty_table(case):
    empty = mix_of(case, ())

    document = proof(case, changed(empty, status="optimal"))

    assert "Grants" not in [table.name for table in tables(document)]
    assert words_of_pages(write(case, changed(empty, status="optimal"), "pdf"))


def test_open_questions_and_assumptions_are_named(case, mix):
    asked = changed(
        mix,
        open=[{"offer": "V", "partners": ["A"]}],
        assumptions=[{"offer": "X", "partner": "B", "fields": ["partner.employees"]}],
    )

    document = proof(case, asked)

    assert {"Open questions", "Assumptions"} <= set(headings(document))


def sentences(document):
    return [
        (block.label, plain(block.blocks[0].text).replace("\xa0", " "))
        for block in document.blocks
        if isinstance(block, LabelledPart)
    ]


def test_first_page_says_what_to_apply_for_by_when_and_what_it_brings(case, mix):
    dated = replace(
        case,
        offers=tuple(
            replace(offer, closes=DAY + dt.timedelta(days=n), applied_on=None)
            for n, offer in enumerate(case.offers, start=10)
        ),
    )

    what, when, worth = sentences(proof(dated, mix))

    assert [label for label, _ in (what, when, worth)] == ["Apply for", "By when", "What it brings"]
    assert what[1].startswith("Hand in 4 applications: Cooperation grant X (simulated);")
    assert "closes first, on 6 December 2026" in when[1]
    for wanted in ("€179,999.97 for 2 partners", "no mix of this case can be worth more than",
                   "not certain are the decisions of the bodies"):  # fmt: skip
        assert wanted in worth[1]
    assert words_of_pages(write(dated, mix, "pdf"))[0].count("Hand in 4 applications") == 1


@pytest.mark.parametrize("kind", ["proof", "report"])
def test_no_document_asks_to_apply_for_what_is_closed(case, mix, kind):
    over = replace(
        case,
        offers=tuple(
            replace(one, closes=DAY - dt.timedelta(days=1), applied_on=None) for one in case.offers
        ),
    )

    document = (build_proof if kind == "proof" else build_report)(over, mix, "en", day=DAY)

    (_, what), (_, when), (_, worth), *_ = sentences(document)
    panel = next(one for one in walk(document.blocks) if isinstance(one, Panel) and one.title)
    assert what.startswith("Closed, so that nobody can apply now: Cooperation grant X")
    assert "Hand in" not in what
    assert when.startswith("Usable only if it opens again: Cooperation grant X")
    assert "(closed on 25 Nov 2026)" in when
    assert "179,999.97 of it counts only if calls that are closed open again" in worth
    assert panel.title == "This mix uses 4 calls that are closed"
    others = [table for table in tables(document) if table.name != "Days"]
    assert not any(DAY - dt.timedelta(days=1) in row for one in others for row in one.value_rows)


def test_what_was_handed_in_before_the_call_closed_is_not_closed(case, mix):
    closes, applied = DAY - dt.timedelta(days=1), DAY - dt.timedelta(days=9)
    done = replace(
        case,
        offers=tuple(replace(one, closes=closes, applied_on=applied) for one in case.offers),
    )

    (_, what), (_, when), _worth = sentences(proof(done, mix))

    assert what.startswith("Handed in already, as the case says: Cooperation grant X")
    assert when == "Everything is handed in."
    assert closed_calls(MixSubject(done, mix, "en"), today=DAY) == ()


def test_one_closed_call_among_others_is_told_apart(case, mix):
    first = MixSubject(case, mix, "en").used[0].id
    days = {first: DAY - dt.timedelta(days=1)}
    over = replace(
        case,
        offers=tuple(
            replace(one, closes=days.get(one.id, DAY + dt.timedelta(days=5)), applied_on=None)
            for one in case.offers
        ),
    )

    (_, what), (_, when), _worth = sentences(proof(over, mix))
    used = named(proof(over, mix), "Used offers").value_rows

    assert what.startswith("Hand in 3 applications")
    assert "now: Cooperation grant X" in what
    assert when.startswith("The call “")
    name = plain(used[0][0]).replace("\xa0", " ")
    assert name.endswith("closed on 25 Nov 2026; usable only if it opens again")
    assert [row[1] == "–" for row in used] == [True, False, False, False]


def test_limits_of_several_costs_stand_in_one_row_and_nothing_is_lost(case, mix):
    subject = MixSubject(case, mix, "en")
    ceilings = ceilings_of(subject)

    rows = folded_rows(subject, ceilings)

    assert len(rows) < len(ceilings)
    assert sorted(c.subject + c.rule for row in rows for c in row.ceilings) == sorted(
        c.subject + c.rule for c in ceilings
    )
    costs = next(row for row in rows if len(row.ceilings) > 1 and "cost" in row.whom)
    assert costs.used == sum(one.used_ct for one in costs.ceilings)


def test_a_passed_limit_is_never_folded(case, mix):
    check = {**mix["check"]}
    check["ceilings"] = [{**one, "slack_ct": -1} for one in check["ceilings"]]
    subject = MixSubject(case, changed(mix, check=check), "en")

    assert len(folded_rows(subject, ceilings_of(subject))) == len(check["ceilings"])


def test_what_binds_says_what_a_little_more_of_it_would_bring(case, mix):
    found = {"kind": "loosen", "subject": "offer:Y", "amount": 300_000, "day": None}
    reasons = {
        "limit:case.cap|offer:Y": {
            "state": "done",
            "obstacles": [],
            "ways": [{**found, "worth_ct": 60_000}],
        }
    }

    rows = named(proof(case, changed(mix, reasons=reasons)), "What binds").value_rows

    said = {plain(row[0]).split(" (simulated)")[0]: row[3] for row in rows}
    assert (
        said["Ceiling of the offer Grant Y for public bodies"] == "€3,000 more: the mix gains €600"
    )
    assert "not computed" in said.values()


def test_short_list_of_reasons_names_all_that_an_offer_asks_for_and_lacks(case, mix):
    other = case.offers[0].id
    nothing = {"day": None, "rule": "", "act": "", "article": ""}
    lacking = [
        {"kind": kind, "subject": other, "needed": needed, "found": 2, **nothing}
        for kind, needed in (("quarter", None), ("partners", 4), ("countries", 3))
    ]
    reasons = {f"offer:{other}": {"state": "done", "obstacles": lacking, "ways": []}}

    document = proof(case, changed(mix, reasons=reasons))

    said = [
        "".join(run.text for run in item)
        for block in walk(document.blocks)
        if isinstance(block, Bullets)
        for item in block.items
        if not isinstance(item, str)
    ]
    [text] = [one for one in said if "No cost lies in the time" in one]
    assert "It needs 4 partners; it fits 2." in text
    assert "It needs partners from 3 countries; they are from 2." in text


def test_each_rule_says_when_it_was_last_checked_and_leads_to_its_article(case, mix):
    rows = rules_used(MixSubject(case, mix, "en"), today=DAY)
    later = rules_used(MixSubject(case, mix, "en"), today=DAY + dt.timedelta(days=800))

    assert rows
    assert all(one.url.startswith("https://eur-lex.europa.eu/eli/reg/") for one in rows)
    assert any("#art_" in one.url for one in rows)
    assert {one.checked for one in rows if one.rule == "DF-3"} == {"not recorded"}
    assert all(one.is_old for one in later)
    table = named(proof(case, mix), "Rules behind the limits")
    assert [row[1][0].link for row in table.value_rows] == [one.url for one in rows]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_minimum_says_at_least_and_a_number_by_itself_is_marked_as_one(case, mix, language):
    least = translator(language).gettext("at least %(value)s") % {"value": ""}
    floors = [one for one in mix["check"]["ceilings"] if one["kind"] == "floor"]
    roomy = [{**one, "used_ct": 3 * one["limit_ct"], "slack_ct": one["limit_ct"]} for one in floors]
    found = {**mix, "check": {**mix["check"], "ceilings": roomy}}

    read = named(proof(case, found, language), translator(language).gettext("Limits"))
    document = whole(case, found, language)
    mark = translator(language).gettext("minimum, to be reached")
    listed = [row for table in tables(document) for row in table.value_rows if mark in str(row[0])]

    assert floors
    assert all(str(row[2]).startswith(least.strip()) for row in read.value_rows)
    assert len(listed) == len(floors)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_each_rule_says_in_our_words_what_its_paragraph_says_and_how_sure_that_is(
    case, mix, language
):
    rows = rules_used(MixSubject(case, mix, language), today=DAY)
    table = named(
        whole(case, mix, language), translator(language).gettext("Rules behind the limits")
    )
    ours = translator(language).gettext("in our own words, unverified").partition(",")[0]

    assert [row[4] for row in table.value_rows] == [one.says for one in rows]
    assert all(f"({ours}" in one.says and one.says.endswith(")") for one in rows)


def test_a_limit_of_aid_names_the_article_that_sets_its_intensity(case, mix):
    ceilings = ceilings_of(MixSubject(case, mix, "en"))
    setting = {one.set_by for one in ceilings if one.set_by}

    rules = {one.rule for one in rules_used(MixSubject(case, mix, "en"), today=DAY)}

    assert setting
    assert setting <= rules


def test_sheet_for_reading_leaves_the_words_of_rules_to_the_workbook(case, mix):
    table = named(proof(case, mix), "Rules behind the limits")

    assert "What it says" not in [column.title for column in table.columns]


def test_below_what_binds_each_paragraph_behind_it_stands_once(case, mix):
    rows = binding_rows(MixSubject(case, mix, "en"))
    found = statements([row.first for row in rows], "en")

    blocks = list(walk(proof(case, mix).blocks))
    at = next(n for n, one in enumerate(blocks) if "behind these limits says" in _words(one))

    assert [plain(item) for item in blocks[at + 1].items] == [
        f"{one.law}: {one.says}" for one in found
    ]
    assert found
    assert len({one.says for one in found}) == len(found)


def _words(block):
    return plain(block.text) if isinstance(block, Paragraph) else ""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.analysis.errors import FileFormatError, InputError, StateError
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.documents.adding import (
    add_document,
    add_upload,
    begin_reading,
    change_document,
    delete_document,
    revert,
    versions,
    visible_quotations,
)
from alpclusters.platform.evidence.domain.documents.files import (
    drop_unused_files,
    file_path,
    page_picture,
    pictures_folder,
    place_words,
)
from alpclusters.platform.evidence.domain.documents.quoting import (
    find_words,
    places_of,
    quote,
    unquote,
)
from alpclusters.platform.evidence.domain.documents.reading import page_of
from alpclusters.platform.evidence.models import Coding, Document, DocumentPage
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.reports.writers.pdf import compile_typst
from tests.factories.accounts import make_user_with
from tests.factories.background import work_off
from tests.factories.evidence import (
    NOW,
    make_activity,
    make_codebook,
    make_document,
    make_initiative,
    make_lesson,
)
from tests.factories.measures import make_measure
from tests.factories.written import make_pdf

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REPORT = """#set document(title: "Report")
#set page(width: 12cm, height: 16cm, numbering: "i")
#set text(lang: "de", font: "Source Sans 3", hyphenate: true)
#set par(justify: true)
= Abschlussbericht (simuliert)
Die grenzüberschreitende Zusammenarbeit der Clusterorganisationen wurde fortgeführt, weil die
Mitglieder die Kooperationsveranstaltungen und Technologietransferzentren selbst bezahlten.
#pagebreak()
#counter(page).update(1)
#set page(numbering: "1")
Zwei Jahre danach bestand das Netzwerk noch."""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def coder():
    return make_user_with(Role.EVIDENCE_CODER)


@pytest.fixture
def upload(tmp_path, coder):
    def put(data, *, document=None, name="report.pdf"):
        path = tmp_path / "incoming"
        path.write_bytes(data)
        document = document or add_document(title="Final report", by=coder)
        add_upload(document, path, name=name, by=coder)
        work_off()
        return Document.objects.get(pk=document.pk)

    return put


def make_coding(activity, book, coder, place):
    values = {"place": place, "codebook": book, "values": {}, "began_at": NOW}
    return Coding.objects.create(activity=activity, coder=coder, **values)


def test_report_of_our_own_typesetter_is_read_page_by_page(upload):
    document = upload(compile_typst("main.typ", {"main.typ": REPORT}, output="pdf"))

    pages = list(document.pages.values_list("number", "label", "text"))
    assert (document.state, document.n_pages, document.error) == ("read", 2, {})
    assert [page[:2] for page in pages] == [(1, "i"), (2, "1")]
    assert "die Mitglieder die Kooperationsveranstaltungen und Technologietransferzentren" in (
        pages[0][2].replace("\n", " ")
    )
    assert pages[1][2] == "Zwei Jahre danach bestand das Netzwerk noch.\n1"


def test_file_is_named_by_what_it_holds_and_only_the_owner_reads_it(upload):
    document = upload(make_pdf(["Text"]))

    path = file_path(document)
    assert document.file == f"documents/{document.digest}.pdf"
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o600


def test_document_that_is_no_pdf_says_why_and_leaves_no_page(upload):
    document = upload(b"%PDF-1.7 but nothing more")

    assert (document.state, document.error["code"]) == ("failed", "pdf.broken")
    assert document.pages.count() == 0


def test_file_of_no_known_kind_is_refused_before_it_is_stored(upload, tmp_path, coder):
    document = add_document(title="x", by=coder)

    with pytest.raises(FileFormatError, match=r"document\.unknown_kind"):
        upload(b"MZ\x00\x01", document=document)

    document.refresh_from_db()
    assert (document.state, document.file) == ("no_file", "")
    assert not (tmp_path / "uploads" / "documents").exists()


def test_same_file_is_recognised_and_the_document_that_has_it_named(upload):
    first = upload(make_pdf(["Same"]))

    with pytest.raises(StateError) as caught:
        upload(make_pdf(["Same"]))

    assert (caught.value.code, caught.value.values) == ("document.known", {"key": first.key})


def test_reading_can_begin_again_and_makes_no_page_twice(upload):
    document = upload(make_pdf(["a"] * 30))
    DocumentPage.objects.filter(document=document, number__gt=10).delete()

    begin_reading(document)
    work_off()

    document.refresh_from_db()
    assert (document.state, document.n_pages, document.pages.count()) == ("read", 30, 30)


def test_picture_of_a_page_is_drawn_once_and_lies_outside_the_backup(upload, tmp_path):
    document = upload(make_pdf(["a", "b"]))

    path = page_picture(document, 2)
    path.write_bytes(b"kept")

    assert page_picture(document, 2).read_bytes() == b"kept"
    assert not path.is_relative_to(tmp_path / "uploads")
    assert page_picture(document, 3) is None


def test_page_that_cannot_be_drawn_is_not_tried_again(upload):
    document = upload(make_pdf(["a"]))
    stored = file_path(document)
    good = stored.read_bytes()
    stored.write_bytes(b"%PDF-broken")

    assert page_picture(document, 1) is None
    stored.write_bytes(good)

    assert page_picture(document, 1) is None


def test_text_document_has_no_pictures(upload):
    document = upload(b"Wer zahlt danach?", name="notes.txt")

    assert (document.state, page_picture(document, 1)) == ("read", None)
    assert page_of(document, 1).text == "Wer zahlt danach?"


def test_words_are_found_in_any_case_and_over_ends_of_lines(upload):
    document = upload(make_pdf(["Nothing", "WHO\npays after? Who pays \u2013 nobody."]))

    hits = find_words(document, "who  pays")

    assert (hits.n, hits.n_pages) == (2, 1)
    assert (hits.pages[0].number, hits.pages[0].words) == (2, "WHO pays")
    assert find_words(document, "pays - nobody").n == 1
    assert find_words(document, "  ").n == 0


@pytest.mark.parametrize("words", ["(", "[a", "a*b", "\\"])
def test_signs_of_patterns_are_looked_for_as_they_are(words):
    assert places_of(f"before {words} after", words) == [(7, 7 + len(words))]


def test_place_of_a_quotation_names_printed_page_and_leaf(upload, coder):
    document = upload(make_pdf(["a", "b", "c"], labels="0 << /S /r >> 1 << /S /D /St 9 >>"))
    activity = make_activity(make_initiative())

    quotation = quote(document, page=2, page_end=3, words="b c", activity=activity, by=coder)

    labels = dict(document.pages.values_list("number", "label"))
    assert place_words(quotation, labels) == "p. 9 (leaf 2) to p. 10 (leaf 3)"


def test_same_place_is_quoted_once_by_a_person(upload, coder):
    document = upload(make_pdf(["Who pays"]))
    lesson = make_lesson()

    first = quote(document, page=1, words="Who  pays", lesson=lesson, by=coder)
    second = quote(document, page=1, words="Who pays", lesson=lesson, by=coder)

    assert first == second


def test_coder_sees_where_the_other_one_looked_only_when_both_have_closed(upload, coder):
    document = upload(make_pdf(["Who pays"]))
    activity, other = make_activity(make_initiative()), make_user_with(Role.EVIDENCE_CODER)
    book = make_codebook()
    codings = [make_coding(activity, book, one, place) for place, one in ((1, coder), (2, other))]
    mine, theirs = (quote(document, page=1, activity=activity, by=by) for by in (coder, other))
    lesson = quote(document, page=1, lesson=make_lesson(), by=other)

    before = visible_quotations(document, coder.pk)
    for coding in codings:
        coding.closed_at = NOW
        coding.save()

    assert set(before) == {mine, lesson}
    assert set(visible_quotations(document, coder.pk)) == {mine, theirs, lesson}


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("quotation.no_page", {"page": 0}),
        ("quotation.no_page", {"page": 3}),
        ("quotation.pages_turned", {"page": 2, "page_end": 1}),
        ("quotation.pages_turned", {"page_end": 2}),
        ("quotation.too_long", {"page": 1, "words": "a" * 301}),
        ("quotation.not_on_page", {"page": 2, "words": "Who pays"}),
    ],
)
def test_place_that_is_not_there_is_refused(upload, coder, code, place):
    document = upload(make_pdf(["Who pays", "Nobody"]))

    with pytest.raises(InputError) as caught:
        quote(document, activity=make_activity(), by=coder, **place)

    assert caught.value.code == code


def test_quotation_rests_under_exactly_one_thing(upload, coder):
    document = upload(make_pdf(["Who pays"]))

    with pytest.raises(InputError, match=r"quotation\.of_what"):
        quote(document, page=1, by=coder)


def test_document_is_deleted_with_its_file_only_while_nothing_quotes_it(
    upload, coder, django_capture_on_commit_callbacks
):
    document = upload(make_pdf(["Who pays"]))
    path, picture = file_path(document), page_picture(document, 1)
    quotation = quote(document, page=1, activity=make_activity(), by=coder)
    with pytest.raises(StateError, match=r"document\.is_quoted"):
        delete_document(document, by=coder)
    with pytest.raises(StateError, match=r"document\.is_quoted"):
        upload(make_pdf(["Another file"]), document=document)

    unquote(quotation, coder)
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document, by=coder)

    assert not Document.objects.filter(pk=document.pk).exists()
    assert not path.exists()
    assert not picture.exists()


def test_another_file_takes_the_place_of_the_first(upload):
    document = upload(make_pdf(["first"]))
    path = file_path(document)

    document = upload(make_pdf(["second"]), document=document)

    assert [page.text for page in document.pages.all()] == ["second"]
    assert not path.exists()


def test_history_tells_who_changed_what_and_brings_it_back(coder):
    about = make_initiative()
    document = add_document(title="Report", by=coder, initiatives=[about])

    assert change_document(document, {"title": "Final report", "year": 2019}, by=coder)
    assert not change_document(document, {"year": 2019}, by=coder)
    newest, first = versions(document)
    assert {c.field: (c.before, c.after) for c in newest.changes} == {
        "title": ("Report", "Final report"),
        "year": (None, 2019),
    }
    assert newest.made_by == str(coder)
    assert revert(document, version=first.number, by=coder)

    document.refresh_from_db()
    assert (document.title, document.year) == ("Report", None)
    assert list(document.initiatives.all()) == [about]


def test_keys_of_documents_are_never_given_twice_nor_those_of_pages(coder):
    keys = [add_document(title=title, by=coder).key for title in ("Report", "Report", "New", "—")]

    assert keys == ["report", "report-2", "new-2", "document"]


def test_files_without_a_document_and_old_pictures_are_tidied(upload):
    document = upload(make_pdf(["kept"]))
    kept, picture = file_path(document), page_picture(document, 1)
    orphan = Path(kept).with_name("0" * 64 + ".pdf")
    fresh = Path(kept).with_name("1" * 64 + ".pdf")
    orphan.write_bytes(b"x")
    fresh.write_bytes(b"x")
    now = datetime.now(UTC)
    long_ago = (now - timedelta(days=40)).timestamp()
    for path in (orphan, kept, picture):
        os.utime(path, (long_ago, long_ago))

    assert drop_unused_files(now) == 2

    assert (kept.exists(), fresh.exists(), orphan.exists()) == (True, True, False)
    assert list(pictures_folder().glob("*/*")) == []


# --- who sees one ---------------------------------------------------------------------------------


def test_a_visitor_sees_no_document_that_only_a_draft_measure_names():
    draft, shown = make_measure(is_published=False), make_measure(is_published=True)
    hidden, public = make_document(), make_document()
    hidden.measures.set([draft])
    public.measures.set([draft, shown])

    assert set(visible_documents(AnonymousUser())) == {public}
    assert hidden in visible_documents(make_user_with(Role.EVIDENCE_CODER))

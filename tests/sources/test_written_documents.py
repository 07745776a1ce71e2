import io
import zipfile

import pypdf
import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.reports.errors import phrase
from alpclusters.sources.children import ChildError, read_with_child
from alpclusters.sources.pdf_text import clean_pages
from alpclusters.sources.written_documents import (
    PART,
    WrittenPage,
    draw_page,
    kind_of,
    read_pages,
)
from tests.factories.written import make_bomb, make_docx, make_pdf

pytestmark = pytest.mark.unit


def locked(data, **passwords):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(**passwords, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.fixture
def at(tmp_path):
    def put(data):
        path = tmp_path / "document"
        path.write_bytes(data)
        return path

    return put


def code_of(path):
    with pytest.raises(FileFormatError) as caught:
        read_pages(path, kind_of(path, name="report.pdf"), name="report.pdf")
    return caught.value.code


def test_pdf_gives_text_and_printed_label_of_each_page(at):
    data = make_pdf(
        ["Foreword", "Who pays after the end?\nThe members."],
        labels="0 << /S /r >> 1 << /S /D /St 7 >>",
    )

    found = read_pages(at(data), "pdf", name="report.pdf")

    assert found.n_pages == 2
    assert found.pages == (
        WrittenPage(1, "i", "Foreword"),
        WrittenPage(2, "7", "Who pays after the end?\nThe members."),
    )


def test_some_pages_are_read_without_the_others(at):
    found = read_pages(at(make_pdf(["one", "two", "three"])), "pdf", name="x", first=2, last=2)

    assert (found.n_pages, [page.text for page in found.pages]) == (3, ["two"])


def test_picture_of_a_page_is_a_thousand_pixels_wide(at):
    picture = draw_page(at(make_pdf(["a", "b"])), 2, name="x")

    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")
    assert (picture.width, picture.height) == (1000, 1416)


def test_page_of_the_longest_shape_makes_a_limited_picture(at):
    picture = draw_page(at(make_pdf(box=(0, 0, 20, 14_000))), 1, name="x")

    assert picture.height <= 3000


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("file.empty", b""),
        ("document.unknown_kind", b"MZ\x00\x01 a program"),
        ("document.old_office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64),
        ("pdf.broken", b"%PDF-1.7\n" + b"\xff\x00 no objects" * 50),
        ("pdf.encrypted", locked(make_pdf(), user_password="secret")),
        ("pdf.too_many_pages", make_pdf(["x"] * 501)),
        ("pdf.page_size", make_pdf(box=(0, 0, 200_000, 100))),
        ("pdf.page_size", make_pdf(box=(0, 0, 0.1, 0.1))),
        ("word.broken", b"PK\x03\x04 no archive"),
        ("word.broken", make_docx(part=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')),
        ("document.no_text", make_docx([[""]])),
    ],
)
def test_document_that_cannot_be_read_safely_is_refused_with_one_reason(at, code, data):
    path = at(data)

    assert code_of(path) == code


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_refusal_names_the_file_and_a_remedy(at, language):
    with pytest.raises(FileFormatError) as caught:
        read_pages(at(b"%PDF-1.7 broken"), "pdf", name="bericht.pdf")

    text = phrase(caught.value, language)

    assert "bericht.pdf" in text
    assert text.count(".") >= 3  # of the name, of what is wrong, of what to do


def test_document_with_a_password_for_changes_only_is_read(at):
    data = locked(make_pdf(["Open to all"]), user_password="", owner_password="own")

    assert read_pages(at(data), "pdf", name="x").pages[0].text == "Open to all"


def test_scripts_and_actions_of_a_document_are_not_run(at, tmp_path):
    target = tmp_path / "made-by-script"
    action = f"/OpenAction << /S /Launch /F ({target}) >> /AA << /O << /S /JavaScript /JS (x) >> >>"

    found = read_pages(at(make_pdf(["Harmless"], catalogue=action)), "pdf", name="x")

    assert found.pages[0].text == "Harmless"
    assert not target.exists()


def test_page_that_unfolds_without_end_is_given_up(at):
    path = at(make_bomb(40))

    with pytest.raises(ChildError) as caught:
        read_with_child("pdf_sandbox", path, "picture", "1", "0", wall_clock_s=0.7)

    assert caught.value.is_late


def test_word_document_is_divided_where_its_pages_end(at):
    path = at(make_docx([["First page.", "More of it."], ["Second page."]]))

    found = read_pages(path, kind_of(path, name="x.docx"), name="x.docx")

    assert [page.text for page in found.pages] == ["First page.\nMore of it.", "Second page."]


def test_word_document_with_macros_is_refused(at):
    path = at(make_docx())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")

    assert code_of(path) == "word.macros"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_usual_encodings(at, encoding):
    path = at("Förderung für Cluster\f<script>alert(1)</script>".encode(encoding))

    found = read_pages(path, kind_of(path, name="x.txt"), name="x.txt")

    assert [(page.number, page.text) for page in found.pages] == [
        (1, "Förderung für Cluster"),
        (2, "<script>alert(1)</script>"),
    ]


def test_long_text_without_pages_is_cut_between_words(at):
    words = "member " * (PART // 2)

    found = read_pages(at(words.encode()), "txt", name="x.txt")

    assert len(found.pages) == 4
    assert all(len(page.text) <= PART for page in found.pages)
    assert " ".join(page.text for page in found.pages) == words.strip()


def test_divided_words_are_joined_as_the_same_text_writes_them():
    pages = [
        "A cross-border offer for everybody in it.",
        "Another cross\ufffeborder offer, long\ufffelasting coope\ufffe\nration: Alpine\ufffeSea.",
    ]

    assert clean_pages(pages)[1] == (
        "Another cross-border offer, longlasting cooperation: Alpine-Sea."
    )


def test_lines_of_a_column_run_on_and_lists_do_not():
    lines = """The network went on after the end of the
funding because its members paid for it.
Reasons:
- an owner was named for each of the tasks
- money of members"""

    (text,) = clean_pages([lines.replace("\n", "\r\n")])

    assert (
        text
        == """The network went on after the end of the funding because its members paid for it.
Reasons:
- an owner was named for each of the tasks
- money of members"""
    )


def test_characters_that_control_something_are_left_out():
    assert clean_pages(["a\x00b\x1b[31mc\ud800"]) == ["ab[31mc"]

"""Foreign DOCX templates: filled in a child, wrong tags named with their paragraph."""

import io
import time
import zipfile

import pytest
from docx import Document  # noqa: TID253 - what is read back

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources import children
from alpclusters.sources.word_templates import fill_template

pytestmark = pytest.mark.integration
VALUES = {"plan": {"title": "A <plan> & more"}, "actions": [{"code": "X1"}, {"code": "X2"}]}


def template(*lines):
    docx = Document()
    for line in lines:
        docx.add_paragraph(line)
    return saved(docx)


def saved(docx):
    out = io.BytesIO()
    docx.save(out)
    return out.getvalue()


def filled(*lines, mark=""):
    return Document(io.BytesIO(fill_template(template(*lines), VALUES, name="t.docx", mark=mark)))


def texts(docx):
    return [paragraph.text for paragraph in docx.paragraphs]


def with_part(name, content):
    out = io.BytesIO(template("words"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def refused(data):
    with pytest.raises(FileFormatError) as error:
        fill_template(data, VALUES, name="t.docx")
    return error.value


def test_values_loops_and_signs_of_xml_are_filled_in():
    found = filled("{{ plan.title }}", "{%p for a in actions %}", "{{ a.code }}", "{%p endfor %}")

    assert texts(found) == ["A <plan> & more", "X1", "X2"]


def test_tag_that_word_tore_into_pieces_is_one_tag():
    docx = Document()
    paragraph = docx.add_paragraph()
    for piece in ("{{ pl", "an.ti", "tle }}"):
        paragraph.add_run(piece).bold = piece == "an.ti"

    found = Document(io.BytesIO(fill_template(saved(docx), VALUES, name="t.docx")))

    assert texts(found) == ["A <plan> & more"]


def test_simulated_plan_is_marked_in_each_page_head():
    found = filled("words", mark="Example data (simulated)")

    assert found.sections[0].header.paragraphs[0].text == "Example data (simulated)"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Budget: {{ plan.budget }}", "template.unknown_name"),
        ("Budget: {{ nothing.here }}", "template.unknown_name"),
        ("Budget: {{ plan.title", "template.syntax"),
        ("Budget: {% for a in %}", "template.syntax"),
        ("Budget: {% include 'x' %}", "template.syntax"),
        ("Budget: {{ 1 / 0 }}", "template.syntax"),
        ("Budget: {{ plan.__class__.__mro__ }}", "template.forbidden_tag"),
        ("Budget: {{ ''.__class__.__base__.__subclasses__() }}", "template.forbidden_tag"),
    ],
)
def test_wrong_tag_is_named_with_its_paragraph(line, code):
    error = refused(template("First", "{{ plan.title }}", line, "Last"))

    assert error.code == code
    assert "Budget" in error.expected
    assert "First" not in error.expected
    assert error.where.file == "t.docx"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "template.not_docx"),
        (b"%PDF-1.7", "template.not_docx"),
        (b"PK\x03\x04 nothing", "template.not_docx"),
        (b"x" * 10_000_001, "template.too_large"),
    ],
)
def test_what_is_no_docx_is_refused(data, code):
    assert refused(data).code == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/vbaProject.bin", b"x", "template.forbidden_part"),
        ("word/embeddings/sheet.xlsx", b"x", "template.forbidden_part"),
        (
            "word/_rels/extra.xml.rels",
            (
                b'<Relationships><Relationship Type="http://x/attachedTemplate" '
                b'Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
            ),
            "template.forbidden_part",
        ),
        ("word/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "template.not_docx"),
        ("word/extra.xml", b"<a>", "template.not_docx"),
    ],
)
def test_parts_that_run_or_load_something_are_refused(name, content, code):
    assert refused(with_part(name, content)).code == code


def test_bomb_of_zeros_is_refused():
    out = io.BytesIO(template("words"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/extra.txt", b"0" * 61_000_000)

    assert refused(out.getvalue()).code == "template.too_large"


def test_endless_tag_ends_the_child_alone(monkeypatch):
    # Ten seconds otherwise, which it would use up.
    monkeypatch.setattr(children, "WALL_CLOCK_S", 0.8)
    line = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"

    began = time.monotonic()
    assert refused(template(line)).code == "template.crashed"
    assert time.monotonic() - began >= 0.8


@pytest.mark.slow
def test_greedy_tag_ends_the_child_alone():
    line = "{% for a in range(9) %}{{ 'x' * 400000000 }}{% endfor %}"

    assert refused(template(line)).code == "template.crashed"

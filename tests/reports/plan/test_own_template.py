"""A plan in the template of a ministry."""

import io
import re
from pathlib import Path

import pytest
from docx import Document  # noqa: TID253 - what is read back

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.errors import error_lines
from alpclusters.reports.plan import fill_own_template, sample_template, template_values
from tests.reports.plan.subjects import full_subject, subject_of_demonstration

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def words_of(data):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def template(*lines):
    docx = Document()
    for line in lines:
        docx.add_paragraph(line)
    out = io.BytesIO()
    docx.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_sample_template_is_filled_in_every_language(language):
    subject = full_subject(language)

    filled = fill_own_template(
        sample_template(language), subject, language=language, name="sample.docx"
    )

    words = words_of(filled)
    assert f"Plan {language}" in words
    assert "E1" in words
    assert "X1" in words
    assert "{" not in words


def test_every_documented_list_can_be_walked():
    lines = [
        (
            "{% for a in actions %}{{ a.code }} {{ a.status }} "
            "{% for c in a.costs %}{{ c.amount }} "
            "{% endfor %}{% for i in a.indicators %}{{ i.name }}: {{ i.value }}/{{ i.target }} "
            "{% endfor %}{% for r in a.risks %}{{ r.text }}{% endfor %}{% endfor %}"
        ),
        "{% for m in money %}{{ m.planned }} {% endfor %}",
        (
            "{% for f in findings %}{{ f.code }} {{ f.estimate }} {{ f.interval }} {{ f.n }}"
            "{% endfor %}"
        ),
    ]

    found = fill_own_template(
        template(*lines), full_subject("de"), language="de", name="ministry.docx"
    )

    words = words_of(found)
    for shown in ("12.500", "Regions", "1/4", "60.000\u00a0CHF", "3,8"):
        assert shown in words


def test_simulated_plan_says_so_on_each_page():
    filled = fill_own_template(
        template("{{ plan.title }}"), subject_of_demonstration("sl"), language="sl", name="t.docx"
    )

    head = Document(io.BytesIO(filled)).sections[0].header.paragraphs[0].text
    assert head == "Simulirani primer"


def test_wrong_name_is_told_with_its_paragraph_in_words():
    with pytest.raises(FileFormatError) as error:
        fill_own_template(
            template("Titel", "Betrag: {{ plan.betrag }}"),
            full_subject("de"),
            language="de",
            name="ministry.docx",
        )

    lines = " ".join(error_lines(error.value, "de"))
    assert "ministry.docx" in lines
    assert "betrag" in lines
    assert "Betrag:" in lines


def test_manual_lists_exactly_the_names_a_tag_may_use():
    values = template_values(full_subject("en"), "en")
    action = values["actions"][0]
    lists = ("players", "milestones", "costs", "funding", "risks", "indicators")
    expected = {
        "plan": set(values["plan"]),
        "actions": set(action) - set(lists),
        **{f"actions[].{name}": set(action[name][0]) for name in lists},
        **{
            name: set(values[name][0])
            for name in ("recommendations", "findings", "money", "open_points")
        },
    }
    page = (ROOT / "docs" / "user" / "plan-documents.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (`(?:plan|actions|recomm|find|money|open)[^|]*) \| (.*) \|$", page, re.MULTILINE
    )
    documented = {
        re.findall(r"`([^`]+)`", names)[0]: set(re.findall(r"`([^`]+)`", held))
        for names, held in rows
    }
    assert documented == expected

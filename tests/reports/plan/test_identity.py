"""Two prints that differ in anything never bear one identity, and say of when each part is."""

import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from docx.api import Document as DocxDocument  # noqa: TID253 - reading back is tested
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import IndicatorValue, ProgressReport
from alpclusters.reports.blocks import Document, Heading, KeyFigure, KeyFigures, Paragraph
from alpclusters.reports.captions import (
    cover_facts,
    digest_sentences,
    file_name,
    foot_text,
    grouped,
)
from alpclusters.reports.identity import canonical_document, document_digest
from alpclusters.reports.plan import (
    build_plan_document,
    build_plan_workbook,
    build_summary_document,
    fill_own_template,
    own_digest,
    read_subject,
    template_values,
)
from tests.factories.evaluation import NOW
from tests.reports.plan.subjects import TODAY, full_plan, full_subject

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GOLDEN = "5142ad79e68ad9674009107f899ebbaf49e975ac6982f9212e1ddc6cb80a3c48"
SMALL = Document(
    title="Plän",
    language="de",
    kind="plan",
    date=date(2026, 12, 1),
    blocks=(Heading("A", level=1), KeyFigures((KeyFigure("1,5", "Anteil"),))),
)


def spaced(text):
    return text.replace("\u00a0", " ")


def docx_of(*lines):
    docx, out = DocxDocument(), io.BytesIO()
    for line in lines:
        docx.add_paragraph(line)
    docx.save(out)
    return out.getvalue()


def built(subject, build=build_plan_document):
    return build(subject, language="en")


def test_golden_digest_of_a_small_document_is_that_of_any_sum_program():
    text = canonical_document(SMALL)

    assert text == (
        '{"Document":{"blocks":[{"Heading":{"level":1,"text":"A"}},{"KeyFigures":{"items":'
        '[{"KeyFigure":{"label":"Anteil","value":"1,5"}}]}}],"date":"2026-12-01","kind":"plan",'
        '"language":"de","title":"Pl\\u00e4n"}}'
    )
    by_hand = hashlib.sha256(b"alpclusters-document-v1\n" + text.encode()).hexdigest()
    assert document_digest(SMALL) == by_hand == GOLDEN


def test_a_heading_is_not_the_paragraph_of_the_same_words():
    heading, paragraph = (replace(SMALL, blocks=(kind("A"),)) for kind in (Heading, Paragraph))

    assert document_digest(heading) != document_digest(paragraph)


def test_what_has_no_canonical_form_is_refused_and_not_left_out():
    with pytest.raises(TypeError, match="object"):
        document_digest(replace(SMALL, blocks=(Paragraph(object()),)))


# --- changes of a plan: each changes the identity of every print ------------------------------

SHARES = st.floats(0, 1).map(lambda share: round(share, 2))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)


def change_text(record, words):
    return replace(record, title=record.title | {"en": words})


def change_action(record, **changes):
    first, *others = record.actions
    return replace(record, actions=(replace(first, **changes), *others))


def change_report(record, share):
    status = replace(record.actions[0].status, progress=share)
    return change_action(record, status=status)


def change_words(record, words):
    return change_action(record, description=record.actions[0].description | {"en": words})


def change_value(record, share):
    line = record.actions[0].indicators[0]
    value = replace(line.values[-1], value=Decimal(str(share)) + 5)
    return change_action(record, indicators=(replace(line, values=(*line.values[:-1], value)),))


def change_day(record, days):
    return replace(record, today=TODAY + timedelta(days=days))


CHANGES = st.one_of(
    st.tuples(st.just(change_text), TEXTS),
    st.tuples(st.just(change_words), TEXTS),
    st.tuples(st.just(change_report), SHARES),
    st.tuples(st.just(change_value), SHARES),
    st.tuples(st.just(change_day), st.integers(0, 3000)),
)


@pytest.mark.parametrize("build", [build_plan_document, build_plan_workbook])
def test_prints_of_different_content_never_share_hash_foot_or_name_of_file(build):
    subject = full_subject()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(one=CHANGES, other=CHANGES)
    def holds(one, other):
        prints = [
            built(replace(subject, record=change(subject.record, to)), build)
            for change, to in (one, other)
        ]
        is_same = canonical_document(prints[0]) == canonical_document(prints[1])
        for told in (document_digest, foot_text, lambda d: file_name(d, "pdf")):
            assert (told(prints[0]) == told(prints[1])) is is_same
        if one[0] is other[0] and one[1] != other[1]:
            assert not is_same

    holds()


@pytest.mark.parametrize("build", [build_plan_document, build_plan_workbook])
@pytest.mark.parametrize("what", ["report", "value", "done", "responsible"])
def test_a_report_a_value_an_end_or_a_text_gives_a_new_identity(build, what):
    plan = full_plan()
    before = built(read_subject(plan, today=TODAY, language="en"), build)
    action = plan.actions.order_by("code").first()

    match what:
        case "report":
            ProgressReport.objects.create(
                action=action, confirmed_on=TODAY, progress=0.6, reported_at=NOW, text="Faster"
            )
        case "value":
            IndicatorValue.objects.create(
                indicator=action.indicators.get(), refers_to=TODAY, value=2, status="confirmed",
                reported_at=NOW,
            )  # fmt: skip
        case "done":
            plan.actions.filter(pk=action.pk).update(done_on=TODAY)
        case "responsible":
            plan.actions.filter(pk=action.pk).update(responsible="Another body")
    after = built(read_subject(plan, today=TODAY, language="en"), build)

    assert document_digest(before) != document_digest(after)
    assert file_name(before, "pdf") != file_name(after, "pdf")


def test_the_same_plan_on_the_same_day_is_the_same_print():
    plan = full_plan()
    prints = [built(read_subject(plan, today=TODAY, language="en")) for _ in range(2)]

    assert document_digest(prints[0]) == document_digest(prints[1])


# --- what is said on it -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(
    "build", [build_plan_document, build_summary_document, build_plan_workbook]
)
def test_a_print_says_of_when_the_text_is_and_of_when_status_and_reports_are(build, language):
    subject = full_subject(language)
    document = build(subject, language=language)

    assert (document.version, document.text_on, document.date) == ("1.0", date(2026, 7, 1), TODAY)
    assert "2026" in foot_text(document)
    assert "2026-12-01" in file_name(document, "pdf")
    days = [value for _, value in cover_facts(document)[1]]
    assert len(days) == len(set(days)) == 3


def test_the_foot_names_the_print_and_the_cover_has_the_whole_hash():
    document = built(full_subject())
    digest = document_digest(document)

    assert spaced(foot_text(document)) == (
        f"As of 1 December 2026 · Hash {digest[:4]} {digest[4:8]} {digest[8:12]}"
    )
    assert digest_sentences(document) == [f"Hash of this document (SHA-256): {grouped(digest)}"]


def test_the_last_kept_report_stands_in_the_document_with_its_hash():
    plan = full_plan()
    take_snapshot(plan, now=NOW)
    kept = take_snapshot(plan, now=NOW)
    subject = read_subject(plan, today=TODAY, language="en")
    document = built(subject)

    assert spaced(digest_sentences(document)[1]) == (
        f"Last kept report: number 2 of 1 July 2026, hash (SHA-256): {grouped(kept.digest)}"
    )
    assert grouped(kept.digest) in canonical_document(built(subject, build_summary_document))


def test_own_templates_have_the_days_and_the_hashes_too():
    plan = full_plan()
    kept = take_snapshot(plan, now=NOW)
    subject = read_subject(plan, today=TODAY, language="en")

    values = template_values(subject, "en")["plan"]

    days = [spaced(values[name]) for name in ("date", "status_date", "report_date")]
    assert days == ["1 July 2026", "1 December 2026", "1 July 2026"]
    assert (values["report"], values["report_digest"]) == ("1", kept.digest)


def test_a_filled_template_bears_the_hash_of_template_and_values():
    subject = full_subject()
    template = docx_of("{{ plan.digest }}")
    later = replace(subject, record=replace(subject.record, today=TODAY + timedelta(days=1)))

    digests = {
        own_digest(data, one, language)
        for data in (template, docx_of("{{ plan.digest }}!"))
        for one in (subject, later)
        for language in ("en", "sl")
    }

    assert len(digests) == 8
    filled = fill_own_template(template, subject, language="en", name="x.docx")
    words = [p.text for p in DocxDocument(io.BytesIO(filled)).paragraphs]
    assert words == [own_digest(template, subject, "en")]

"""The political action plan as a document: DOCX, PDF, HTML, XLSX from one reading."""

from alpclusters.reports.plan.document import build_plan_document, build_summary_document
from alpclusters.reports.plan.files import ENDINGS, note_handed_out, write_plan_file
from alpclusters.reports.plan.own_template import (
    fill_own_template,
    own_digest,
    sample_template,
    template_values,
)
from alpclusters.reports.plan.reading import PlanSubject, read_subject
from alpclusters.reports.plan.workbook import build_plan_workbook

__all__ = [
    "ENDINGS",
    "PlanSubject",
    "build_plan_document",
    "build_plan_workbook",
    "build_summary_document",
    "fill_own_template",
    "note_handed_out",
    "own_digest",
    "read_subject",
    "sample_template",
    "template_values",
    "write_plan_file",
]

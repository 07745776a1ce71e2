"""The files of a plan by ending, for whoever writes or hands them out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from alpclusters.platform.policy.domain.monitoring.snapshots import Printed, note_document
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.blocks import Document
from alpclusters.reports.identity import document_digest
from alpclusters.reports.plan.document import build_plan_document, build_summary_document
from alpclusters.reports.plan.reading import PlanSubject
from alpclusters.reports.plan.workbook import build_plan_workbook
from alpclusters.reports.writers.docx import write_docx
from alpclusters.reports.writers.html import write_html
from alpclusters.reports.writers.pdf import write_pdf
from alpclusters.reports.writers.xlsx import write_xlsx


def _html(document: Document) -> bytes:
    return write_html(document).encode()


WRITERS: Final[Mapping[str, Callable[[Document], bytes]]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "html": _html,
    "xlsx": write_xlsx,
}
ENDINGS: Final = tuple(WRITERS)


def write_plan_file(
    subject: PlanSubject, *, ending: str, language: str, is_summary: bool = False
) -> bytes:
    """Return one file of a plan.

    Parameters
    ----------
    subject : PlanSubject
        Read in the same language.
    ending : {'docx', 'pdf', 'html', 'xlsx'}
    language : str
    is_summary : bool, default False
        The one page of the summary instead of the whole plan; a workbook is always whole.
    """
    if ending == "xlsx":
        return write_xlsx(build_plan_workbook(subject, language=language))
    build = build_summary_document if is_summary else build_plan_document
    return WRITERS[ending](build(subject, language=language))


# --- A document that is handed out is noted with its hash, so that whoever holds it can look it up


def note_handed_out(
    plan: ActionPlan, document: Document, *, now: datetime, digest: str = ""
) -> None:
    """Note a document of a plan that leaves the machine.

    Parameters
    ----------
    plan : ActionPlan
    document : Document
    now : datetime
    digest : str, optional
        Where the same was filled into the template of others, the hash of that.
    """
    told = Printed(
        digest=digest or document_digest(document),
        name=document.short_title or document.title,
        language=document.language,
        version=document.version,
        text_on=document.text_on,
        as_of=document.date,
    )
    note_document(plan, told, now=now)

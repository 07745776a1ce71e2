"""A document that is handed out is noted with its hash, so that whoever holds it can look it up."""

from datetime import datetime

from alpclusters.platform.policy.domain.monitoring.snapshots import Printed, note_document
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.blocks import Document
from alpclusters.reports.identity import document_digest


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

"""Whether a case can be computed: the reader's own word on it, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.case_files import CaseError, CaseFault, case_warnings, read_case
from alpclusters.platform.funding.domain.territory import territory


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A case as it can be read, or why it cannot.

    Attributes
    ----------
    case : Case or None
        None while there are faults.
    faults : tuple of CaseFault
        Each with its place in the document.
    n_more : int
        Faults beyond those listed.
    missing : tuple of str
        What a mix needs and the document lacks: ``partners``, ``lines``, ``offers``.
    warnings : tuple of CaseFault
        What a reader should know though nothing is wrong.
    """

    case: Case | None
    faults: tuple[CaseFault, ...] = ()
    n_more: int = 0
    missing: tuple[str, ...] = ()
    warnings: tuple[CaseFault, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Say whether a mix can be computed."""
        return self.case is not None and not self.missing


def check_case(document: Mapping[str, Any]) -> CaseReport:
    """Read a document as the computation does; nothing is raised for a bad one.

    Parameters
    ----------
    document : mapping
        ``FundingCase.data``.
    """
    missing = tuple(kind for kind in ("partners", "lines", "offers") if not document.get(kind))
    try:
        case = read_case(document, territory=territory())
        return CaseReport(case, missing=missing, warnings=case_warnings(case))
    except CaseError as error:
        return CaseReport(None, error.faults, error.n_more, missing)

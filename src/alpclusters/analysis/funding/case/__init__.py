"""What is asked: partners, costs, offers, and how they hang together."""

from alpclusters.analysis.funding.case.faults import CaseError, CaseFault
from alpclusters.analysis.funding.case.reading import read_case
from alpclusters.analysis.funding.case.schema import case_schema
from alpclusters.analysis.funding.case.warnings import case_warnings, refuse_large
from alpclusters.analysis.funding.case.writing import case_data, case_digest

__all__ = [
    "CaseError",
    "CaseFault",
    "case_data",
    "case_digest",
    "case_schema",
    "case_warnings",
    "read_case",
    "refuse_large",
]

"""A case in a file: read, checked as a whole, described and written."""

from alpclusters.analysis.funding.case_files.faults import CaseError, CaseFault
from alpclusters.analysis.funding.case_files.reading import case_warnings, read_case, refuse_large
from alpclusters.analysis.funding.case_files.schema import case_schema
from alpclusters.analysis.funding.case_files.writing import case_data, case_digest

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

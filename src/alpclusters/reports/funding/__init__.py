"""Documents of a funding mix: the proof sheet and the report, from a case and its ``mix.json``."""

from alpclusters.reports.funding.files import mix_file_document, write_mix_file
from alpclusters.reports.funding.proof import build_proof
from alpclusters.reports.funding.report import build_report

__all__ = ["build_proof", "build_report", "mix_file_document", "write_mix_file"]

"""Documents of a funding mix: the proof sheet and the report, from a case and its ``mix.json``."""

from alpclusters.reports.funding.report import (
    build_proof,
    build_report,
    mix_file_document,
    write_mix_file,
)

__all__ = ["build_proof", "build_report", "mix_file_document", "write_mix_file"]

"""Errors of votes and memberships; the base is in `alpclusters.analysis.errors`."""

from alpclusters.analysis.errors import AnalysisError


class VoteError(AnalysisError):
    """A vote that is none of 1, 0, -1 and missing; ratings must be thresholded first."""


class LabelError(AnalysisError):
    """A group label that is no whole number from -1 on; -1 means "not placed"."""

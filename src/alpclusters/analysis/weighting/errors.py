"""Errors of weighting that no other method raises."""

from alpclusters.analysis.errors import AnalysisError


class MarginError(AnalysisError):
    """Shares that cannot be: negative, no number, or not adding up to 1 within 0.01."""

"""Errors of ranking that no other method raises."""

from alpclusters.analysis.errors import AnalysisError


class WeightError(AnalysisError):
    """A weight that is zero, negative, missing or no number, or weights that do not add up."""


class TooLargeError(AnalysisError):
    """More columns and raters than the joint fit takes; ``expected`` names what works instead."""

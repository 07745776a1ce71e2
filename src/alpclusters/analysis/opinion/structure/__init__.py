"""Camps or gradient: whether people fall apart before anything is called a group."""

from alpclusters.analysis.opinion.structure.results import Structure, Verdict
from alpclusters.analysis.opinion.structure.verdict import opinion_structure

__all__ = ["Structure", "Verdict", "opinion_structure"]

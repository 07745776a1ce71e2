"""Vectors of texts, so that a need in one language finds a profile in another."""

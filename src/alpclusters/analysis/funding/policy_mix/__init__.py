"""Budgets by instrument, theme and region: diversity, gaps, overlap and complementarity."""

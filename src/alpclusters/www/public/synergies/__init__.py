"""Synergy map and policy mix: what strategies share, and where the money is."""

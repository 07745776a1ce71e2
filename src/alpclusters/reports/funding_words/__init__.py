"""Funding in words: conditions, reasons, rules and what a check found, for pages and documents."""

"""Bodies that stand behind a recommendation or a plan: asking them, what they decide, the log."""

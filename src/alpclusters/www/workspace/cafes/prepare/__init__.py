"""The preparation of a live AlpCafé: one screen for each step."""

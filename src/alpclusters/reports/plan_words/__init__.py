"""Plans in words: status, strength, coverage and figures, for pages and documents."""

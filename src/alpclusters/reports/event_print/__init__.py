"""Everything that an AlpCafé needs on paper."""

"""Keep the catalogue of funding: entries, proposals, history."""

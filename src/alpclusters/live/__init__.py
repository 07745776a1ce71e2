"""The live process of an AlpCafé: takes what phones send, keeps it, and tells everybody."""

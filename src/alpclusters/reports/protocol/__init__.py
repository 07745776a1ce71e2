"""The protocol of an AlpCafé as a document."""

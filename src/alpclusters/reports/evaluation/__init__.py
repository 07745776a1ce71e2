"""The evaluation of an AlpCafé or of votes as a document and as files."""

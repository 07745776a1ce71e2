"""What public pages, the workspace and the AlpCafé share: words, addresses, letters."""

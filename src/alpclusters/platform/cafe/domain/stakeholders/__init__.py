"""Who of the map was invited and came, where bodies sit, and who is missing at the table."""

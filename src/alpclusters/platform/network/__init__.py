"""Links between organisations, what survives the funding, and who should meet whom."""

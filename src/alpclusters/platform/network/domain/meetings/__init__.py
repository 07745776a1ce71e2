"""Bilateral meetings at an AlpCafé or a fair: invited, wished for, planned, sent, held."""

"""Consultations: texts that stand still while people comment, and an answer to every comment."""

"""Organisations come with the project they are partners of; there is no table of their own yet."""


def load_seeds() -> None:
    """Store nothing: partnership/domain/seeding.py brings the organisations it names."""

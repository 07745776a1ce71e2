"""The real catalogue from ``seeds/*.csv``: what funding.md states, with what says so."""

from alpclusters.platform.funding.domain.seeding.loading import load_catalogue, load_seeds

__all__ = ["load_catalogue", "load_seeds"]

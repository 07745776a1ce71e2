"""AlpClusters: from earlier initiatives to rated measures to a joint action plan."""

__version__ = "0.2.0"

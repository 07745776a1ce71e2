"""The verbs of the network."""

"""The page of one action in the workspace."""

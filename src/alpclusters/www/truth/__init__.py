"""The check of everything that is published: every number leads to the rows it counts."""

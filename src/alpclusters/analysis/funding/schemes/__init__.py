"""Joint calls over schemes that exist, and what keeps a region out."""

"""Joint calls over schemes of regions, the schemes themselves, and budgets from a table."""

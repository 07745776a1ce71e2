"""Who matters to a project: mapped, judged, involved, and who is missing at the table."""

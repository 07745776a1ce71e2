"""Who matters to a project: mapped and judged, and who else should be."""

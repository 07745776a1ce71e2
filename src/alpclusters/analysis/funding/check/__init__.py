"""The independent proof of a mix, in whole cents; shares no code with the optimiser."""

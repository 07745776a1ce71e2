"""Several cases of one project weighed together: asked for, computed by the worker, kept."""

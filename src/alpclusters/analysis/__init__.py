"""The analysis library: pure functions on arrays, results that carry their conventions."""

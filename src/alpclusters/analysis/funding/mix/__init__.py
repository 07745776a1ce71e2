"""The best mix of offers for a case, with a bound that anybody can recompute."""

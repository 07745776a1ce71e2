"""Measurements of the program, one file each: ``python -m benchmarks NAME [--small]``."""

"""The network measured: ties read, counted in windows, stored once, shown everywhere."""

"""Measurements: programs to run, not tests. Each prints ratios from one run, and the machine."""

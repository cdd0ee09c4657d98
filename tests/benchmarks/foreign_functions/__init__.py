"""Costs by the family, each with its right gradient; importing this fills the list of families."""

from tests.benchmarks.foreign_functions import (
    algebra,
    disturbed,
    edges,
    kinks,
    likelihoods,
    networks,
    science,
    smooth,
    steep,
)

__all__ = [
    "algebra",
    "disturbed",
    "edges",
    "kinks",
    "likelihoods",
    "networks",
    "science",
    "smooth",
    "steep",
]

"""How near two results of one computation are, and the step of a quick slope."""

__all__ = ["CENTRAL_STEP", "ROUNDING_ALONE"]

# A part of a number. Two ways to compute the same number in float64 differ by rounding alone, and
# by less than this. Chosen: one rounding changes 1e-16, and a sum of a thousand terms loses at most
# 1e-13; two different formulas are hardly ever this close.
ROUNDING_ALONE = 1e-9
# The step of a central difference, for numbers of size 1: about the cube root of the unit
# round-off, 1.1e-16. Truncation and rounding are about equal there.
CENTRAL_STEP = 1e-5

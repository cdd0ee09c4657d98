"""Pictures that carry the idea of a lesson, drawn from the numbers of a real run.

Read in this order: ``picture`` (what a notebook shows), ``diagram`` (neurons and arrows), then a
file for each kind of picture: ``network_and_matrices`` (lesson 1), ``secant_and_tangent`` (lesson
2), ``forward_and_back`` (lesson 3), ``claims_and_bars`` (lesson 4), ``claims_against_slopes``
(lesson 5), ``growth`` (lesson 6), ``flow`` (boxes with arrows, lessons 7 and 8).
"""

from gradcheck.pictures.claims_against_slopes import draw_claims_against_slopes
from gradcheck.pictures.claims_and_bars import draw_claims_and_bars
from gradcheck.pictures.flow import Arrow, Box, draw_flow
from gradcheck.pictures.forward_and_back import draw_forward_and_back
from gradcheck.pictures.growth import draw_growth
from gradcheck.pictures.network_and_matrices import draw_network_and_matrices
from gradcheck.pictures.picture import Picture
from gradcheck.pictures.secant_and_tangent import draw_secant_and_tangent

__all__ = [
    "Arrow",
    "Box",
    "Picture",
    "draw_claims_against_slopes",
    "draw_claims_and_bars",
    "draw_flow",
    "draw_forward_and_back",
    "draw_growth",
    "draw_network_and_matrices",
    "draw_secant_and_tangent",
]

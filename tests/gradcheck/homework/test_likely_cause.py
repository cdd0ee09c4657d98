"""A mistake and a place to look at, as a report prints them."""

from gradcheck.homework.likely_cause import LikelyCause


def test_a_place_is_not_called_a_mistake() -> None:
    mistake = LikelyCause("factor-two", "Twice.")
    assert mistake.sentence == "Likely mistake: Twice. (factor-two)"
    place = LikelyCause("passing-back", "No known mistake fits.", is_mistake=False)
    assert place.sentence == "No known mistake fits."
    assert place.to_dict() == {"name": "passing-back", "evidence": "No known mistake fits."}

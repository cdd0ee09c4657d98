"""What step-sweep says below its tables, and in place of its figure."""

from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import Curve, DtypeSweep
from gradcheck.sweep.notes import curve_notes, kink_notes, reference_note, sweep_text

U = {"float64": 2.0**-53, "float32": 2.0**-24}


def swept(dtype: str, *curves: Curve) -> DtypeSweep:
    return DtypeSweep(dtype, U[dtype], curves, 0.0, 7e-17, 0, zero_gradient=False)


def v_shaped(scheme: str, *, best: int = 1) -> Curve:
    errors = [1e-2, 1e-2, 1e-2]
    errors[best] = 1e-8
    return Curve(scheme, (2.0**-2, 2.0**-24, SCHEMES[scheme].epsilon / 8), tuple(errors), 1e-8)


FLAT = Curve("complex", (2.0**-4, 2.0**-200), (1e-3, 1e-16), None)


def test_both_arms_are_explained_with_the_orders_of_the_schemes() -> None:
    why, best = curve_notes([swept("float64", v_shaped("forward"), v_shaped("central"))])
    assert why.startswith("Why a V: two errors add up.")
    assert "like h, h^2 for forward, central." in why
    assert why.endswith("like u/h.")
    assert "u = 1.1e-16: forward 6.0e-08 (theory 1.0e-08), central 6.0e-08" in best


def test_a_scheme_that_is_best_at_the_widest_step_has_no_right_arm() -> None:
    *_, note = curve_notes([swept("float64", v_shaped("forward"), v_shaped("central", best=0))])
    assert note.startswith("No right arm: central, best at the widest step.")


def test_a_shorter_dtype_is_compared_by_its_first_scheme() -> None:
    short = Curve("forward", (2.0**-2, SCHEMES["forward"].epsilon), (1e-3, 0.25), 1e-4)
    *_, note = curve_notes([swept("float64", v_shaped("forward")), swept("float32", short)])
    assert "In float32, with u = 6.0e-08, the error of forward is at least 1.0e-03" in note
    assert "(float64: 1.0e-08); at the step for float64 it is 2.5e-01." in note
    assert note.endswith("checks in float64, whatever the dtype of the network.")


def test_the_complex_step_alone_has_no_v() -> None:
    (note,) = curve_notes([swept("float64", FLAT), swept("float32", FLAT)])
    assert note.startswith("The complex step has no left arm")
    assert note.endswith("1.0e-16 at the step 2^-200.")


def test_the_reference_says_what_an_error_is_and_how_exact_it_is() -> None:
    first = swept("float64", FLAT)
    note = reference_note(first, "five-point", 70, 1_074, ("complex",))
    assert "over 70 of 1,074 entries" in note
    assert "the five-point scheme in float64" in note
    assert "the reference changes by 7.0e-17" in note
    assert "Left out: complex, which needs analytic activations." in note
    assert "Left out" not in reference_note(first, "complex", 70, 1_074, ())


def test_kinks_are_counted_if_entries_were_left_out() -> None:
    assert len(kink_notes(0)) == 1
    assert kink_notes(1)[1].startswith("1 entry at a kink left out")
    assert kink_notes(2_000)[1].startswith("2,000 entries at a kink left out")


def test_a_figure_in_words_names_the_smallest_error_of_each_curve() -> None:
    assert sweep_text([swept("float64", v_shaped("forward"), FLAT)]) == (
        "Error of numerical gradients against the relative step. float64, forward: smallest error "
        "1.0e-08 at 2^-24; float64, complex: smallest error 1.0e-16 at 2^-200."
    )

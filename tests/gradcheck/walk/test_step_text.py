"""A step, and the explanation of an entry, as text for a screen of 80 columns."""

import re
from dataclasses import replace

import numpy as np
import pytest

from gradcheck.walk.chain import OneEntry
from gradcheck.walk.one_entry import explained
from gradcheck.walk.step_text import entry_text, step_text
from gradcheck.walk.walk_step import Term, WalkStep
from tests.gradcheck.walk.problems import passes_of

STEP = WalkStep(
    1,
    "z",
    0,
    "equation (25)",
    "A task. " * 20,
    "z1 = w1 a0",
    "z = w @ a",
    (Term("", "z", np.eye(2)),),
)


def test_a_step_has_its_title_its_equation_its_task_and_its_matrices() -> None:
    lines = step_text(STEP).splitlines()
    assert lines[0] == f"{'Layer 1, forward: z':<65}[equation (25)]"
    assert " ".join(lines[1:3]) == STEP.task.strip()
    assert lines[3:5] == ["    z1 = w1 a0", "    z = w @ a"]
    assert lines[-3].startswith("z (2, 2)")
    assert max(map(len, lines)) <= 80


def test_a_step_without_an_equation_has_its_title_alone() -> None:
    assert step_text(replace(STEP, book="")).splitlines()[0] == "Layer 1, forward: z"


def test_a_long_equation_stands_on_a_line_of_its_own() -> None:
    lines = step_text(
        replace(STEP, book="the other part of BP2; step 1 of layer 10 receives it, and no other")
    )
    assert lines.splitlines()[0] == "Layer 1, forward: z"
    assert lines.splitlines()[1].endswith("no other]")
    assert max(map(len, lines.splitlines())) <= 80


@pytest.mark.parametrize(
    ("upstream", "name", "letter"), [(1, "weights [2, 1]", "w"), (None, "biases [2, 0]", "b")]
)
def test_formulas_call_a_weight_w_and_a_bias_b(
    upstream: int | None, name: str, letter: str
) -> None:
    text = entry_text(explained(passes_of(3, 4, 2), OneEntry(1, 2, upstream)))
    assert text.startswith(f"Layer 1 {name} = ")
    assert f"  sum: dC/d{letter} by backprop " in text
    assert f"  C({letter} + h) " in text
    assert f"  (C({letter}+h) - C({letter})) / h " in text


def test_examples_and_paths_are_counted() -> None:
    one = entry_text(explained(passes_of(3, 4, 2, examples=1), OneEntry(2, 1, 0)))
    assert "\n  example 1 " not in one
    assert "other path" not in one  # the last layer: one path from the cost
    five = entry_text(explained(passes_of(3, 4, 2, examples=5), OneEntry(1, 1, 0)))
    assert "Factors, example 1, its largest path" in five
    assert "  the other path " in five
    assert "  example 5 " in five
    assert "other examples" not in five
    six = entry_text(explained(passes_of(3, 4, 2, examples=6), OneEntry(1, 1, 0)))
    assert "  2 other examples " in six
    assert "  example 5 " not in six


def test_the_verdict_is_shown_beside_both_gradients() -> None:
    found = explained(passes_of(3, 4, 2), OneEntry(1, 2, 1))
    assert f"{found.backprop:.6g}" in entry_text(found)
    assert "  agree" in entry_text(found)
    unmoved = entry_text(replace(found, moved_cost=found.cost))
    assert re.search(r"  \(C\(w\+h\) - C\(w\)\) / h +0$", unmoved, re.M)

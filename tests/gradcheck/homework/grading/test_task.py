"""What a class was asked to hand in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.homework.grading.task import Earned, Task
from gradcheck.homework.process.limits import Limits
from gradcheck.homework.reference import Reference
from gradcheck.homework.submission import Submission
from tests.gradcheck.homework.grading.handmade import part_task, task_of

PART = part_task()


@pytest.mark.parametrize(
    "changed",
    [
        {"points": 9.0},
        {"earned": Earned()},
        {"digits": 3.0},
        {"seeds": (0, 1)},
        {"sample": 5},
        {"is_assigned": True},
        {"reference": Reference("tanh", "sigmoid", "quadratic")},
        {"how": replace(PART.how, class_name="Net")},
        {"how": replace(PART.how, sizes=(4, 2))},
        {"how": replace(PART.how, cost="quadratic")},
        {"how": replace(PART.how, format="tape")},
        {"how": replace(PART.how, shapes={"x": (2,)})},
        {"how": replace(PART.how, drawn_examples=3)},
        {"how": replace(PART.how, limits=Limits(memory=1))},
    ],
    ids=str,
)
def test_the_facts_change_with_what_the_grade_depends_on(changed: dict[str, Any]) -> None:
    assert replace(PART, **changed).facts() != PART.facts()


def test_the_facts_do_not_change_with_the_submission_or_the_order_of_shapes() -> None:
    other = replace(PART, how=replace(PART.how, path=Path("elsewhere")))
    assert other.facts() == PART.facts()
    shapes = {"x": (2,), "w": (3,)}
    one = replace(PART, how=replace(PART.how, shapes=shapes))
    reversed_shapes = dict(reversed(shapes.items()))
    assert replace(PART, how=replace(PART.how, shapes=reversed_shapes)).facts() == one.facts()


def test_the_points_of_all_parts_are_added() -> None:
    assert task_of(PART, part_task(points=2.5), part_task(points=None)).points == 12.5
    assert task_of(part_task(points=None)).points is None


def test_a_task_of_one_class_has_its_seed_and_no_points() -> None:
    how = Submission(Path("here"), "Network", seed=7)
    task = Task.of(how, sample=3)
    (part,) = task.parts
    assert (part.how, part.seeds, part.sample) == (how, (7,), 3)
    assert task.points is None

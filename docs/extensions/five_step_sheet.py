"""The sheet to hand out: the five steps of backprop on one page of A4, as PDF."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_sheet", "write_sheet"]

# Inches.
A4 = (8.27, 11.69)
LEFT, RIGHT = 0.09, 0.91  # the margins, as parts of the width
BLUE = "#0072B2"
# Points: read at arm's length.
TITLE, HEAD, TEXT, FORMULA, CODE = 25.0, 16.0, 13.0, 16.0, 11.5


@dataclass(frozen=True)
class Step:
    """A step of backprop through a layer.

    Attributes:
        name: what it does.
        formula: in the notation of TeX.
        code: the line of code.
        shape: of the result.
        why: one sentence.

    """

    name: str
    formula: str
    code: str
    shape: str
    why: str


STEPS = (
    Step(
        "Receive",
        r"$\dfrac{\partial C}{\partial a^{\mathrm{down}}}$",
        "gradient_wrt_downstream_activations",
        "(down, m)",
        "In the last layer, with the quadratic cost, this is (a - y) / m.",
    ),
    Step(
        "Through the activation",
        r"$\dfrac{\partial C}{\partial z} = "
        r"\dfrac{\partial C}{\partial a^{\mathrm{down}}} \cdot \sigma'(z)$",
        "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z)",
        "(down, m)",
        "Entry by entry: each a depends on its own z only.",
    ),
    Step(
        "The weights",
        r"$\dfrac{\partial C}{\partial w} = "
        r"\dfrac{\partial C}{\partial z}\;(a^{\mathrm{up}})^T$",
        "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T",
        "(down, up)",
        "All examples use the same weight: the product adds their parts.",
    ),
    Step(
        "The biases",
        r"$\dfrac{\partial C}{\partial b} = \sum \,\dfrac{\partial C}{\partial z}$",
        "gradient_wrt_biases = gradient_wrt_z.sum(axis=1, keepdims=True)",
        "(down, 1)",
        "The sum over the examples. Not the mean: step 1 has divided by m.",
    ),
    Step(
        "Pass it on",
        r"$\dfrac{\partial C}{\partial a^{\mathrm{up}}} = w^T \,\dfrac{\partial C}{\partial z}$",
        "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
        "(up, m)",
        "Back along the same arrows. This is step 1 of the layer before.",
    ),
)
FORWARD = "Forward: z = weights @ upstream_activations + biases   a = sigmoid(z)"
WORDS = "m: examples in the mini-batch.   up, down: neurons before and in the layer.   C: the cost."
CHECK = r"$\dfrac{\partial C}{\partial w} \approx \dfrac{C(w + \varepsilon) - C(w)}{\varepsilon}$"
QUESTIONS = (
    "Does every gradient have the shape of its array?",
    "Is the derivative taken at z, and in every layer?",
    "Is 1/m there once, and only once?",
)


def draw_sheet() -> "Figure":
    """The sheet as a figure that is a page of A4."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=A4)
    figure.text(LEFT, 0.945, "Backprop: five steps for each layer", fontsize=TITLE, weight="bold")
    figure.text(LEFT, 0.912, FORWARD, fontsize=CODE, family="monospace")
    figure.text(LEFT, 0.889, WORDS, fontsize=10.5, color="#333333")
    top, height = 0.868, 0.127
    for number, step in enumerate(STEPS):
        _draw_step(figure, number + 1, step, top - number * height)
    _draw_check(figure, top - len(STEPS) * height)
    return figure


def _line(figure: "Figure", y: float) -> None:
    from matplotlib.lines import Line2D

    figure.add_artist(Line2D([LEFT, RIGHT], [y, y], color=BLUE, linewidth=1.5))


def _draw_step(figure: "Figure", number: int, step: Step, top: float) -> None:
    _line(figure, top)
    figure.text(
        LEFT, top - 0.026, f"{number}  {step.name}", fontsize=HEAD, weight="bold", color=BLUE
    )
    figure.text(RIGHT, top - 0.026, f"shape {step.shape}", fontsize=TEXT, ha="right")
    figure.text(0.63, top - 0.056, step.formula, fontsize=FORMULA, ha="center", va="center")
    figure.text(LEFT, top - 0.0985, step.code, fontsize=CODE, family="monospace")
    figure.text(LEFT, top - 0.1185, step.why, fontsize=TEXT)


def _draw_check(figure: "Figure", top: float) -> None:
    _line(figure, top)
    figure.text(LEFT, top - 0.028, "Check it", fontsize=HEAD, weight="bold", color=BLUE)
    figure.text(LEFT, top - 0.066, CHECK, fontsize=FORMULA, va="center")
    figure.text(0.55, top - 0.058, "change one entry by ε,", fontsize=TEXT)
    figure.text(0.55, top - 0.076, "compute the cost again", fontsize=TEXT)
    command = "gradcheck verify --net homework.py"
    figure.text(LEFT, top - 0.114, command, fontsize=TEXT, family="monospace", weight="bold")
    for row, question in enumerate(QUESTIONS):
        figure.text(LEFT, top - 0.144 - 0.022 * row, f"☐  {question}", fontsize=TEXT)


def write_sheet(path: Path) -> None:
    """Write the sheet as a PDF of one page."""
    about = {"Title": "Backprop: five steps for each layer", "CreationDate": None}
    draw_sheet().savefig(path, format="pdf", metadata=about)

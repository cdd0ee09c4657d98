"""The forms in which a student's function may take its arguments."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.homework.argument_names import ROLES, is_auxiliary
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.pairs.argument_roles import (
    arguments_of,
    given_arguments,
    without_values,
)
from gradcheck.homework.understanding.pairs.drawn_values import Kind, Pack, Values
from gradcheck.homework.understanding.pairs.function_names import LOSS_WORDS, NamedPair, words_of
from gradcheck.homework.understanding.pairs.layer_kinds import (
    ANY_LAYER,
    ANY_LOSS,
    LayerKind,
    kind_named,
)
from gradcheck.homework.understanding.pairs.layer_shapes import Form

__all__ = ["Forms", "NoShapes", "forms_for", "kind_of", "no_shapes", "with_settings"]


class NoShapes(StudentError):
    """No shapes are known that suit a function."""


@dataclass(frozen=True)
class Forms:
    """The forms that are tried for a pair of functions.

    Attributes:
        forms: in their order.
        is_binding: whether the first form in which forward works must be the right one.
        of_sequences: forms that are tried where backward does not work in that one.

    """

    forms: Sequence[Form]
    is_binding: bool
    of_sequences: Sequence[Form] = ()


def forms_for(pair: NamedPair, shapes: Mapping[str, tuple[int, ...]]) -> Forms:
    """The forms that are tried for a pair of functions.

    Args:
        pair: the two functions.
        shapes: of the arguments, as the user says them.

    """
    found = _forms_for(pair, shapes)
    if not pair.settings:
        return found
    forms, others = (
        [with_settings(form, pair) for form in each] for each in (found.forms, found.of_sequences)
    )
    return replace(found, forms=forms, of_sequences=others)


def with_settings(form: Form, pair: NamedPair) -> Form:
    """A form with the settings of a pair in it."""
    return replace(form, settings={**form.settings, **dict(pair.settings)})


def _forms_for(pair: NamedPair, shapes: Mapping[str, tuple[int, ...]]) -> Forms:
    names = [each.name for each in arguments_of(pair.forward)]
    own = {name: shapes[name] for name in names if name in shapes}
    if own:
        return Forms(_forms_of(own), is_binding=False)
    kind = kind_of(pair)
    if kind.is_known and not any(_is_given(pair, form) for form in kind.forms):
        # An example is relu_forward(x, w, b), which does more than its name says.
        return Forms(ANY_LAYER.forms, is_binding=False)
    return Forms(kind.forms, kind.is_known, kind.of_sequences)


def kind_of(pair: NamedPair) -> LayerKind:
    """What kind of layer a pair is, by its name."""
    known = kind_named(pair.stem)
    if known is not None:
        return known
    return ANY_LOSS if LOSS_WORDS & set(words_of(pair.forward_name)) else ANY_LAYER


def _forms_of(shapes: Mapping[str, tuple[int, ...]]) -> list[Form]:
    """The forms that shapes given by the user may mean: with class numbers as targets, or not."""
    plain: dict[str, Values | Pack] = {
        # Running variances are above 0: a square root is taken of them.
        name: Values(shape, Kind.NEAR_ONE if is_auxiliary(name) else Kind.REAL)
        for name, shape in shapes.items()
    }
    forms = [Form(plain)]
    below = max((shape[-1] for shape in shapes.values() if len(shape) > 1), default=0)
    labelled = [name for name in shapes if re.fullmatch(ROLES["y"], name, re.IGNORECASE)]
    if labelled and below:
        changed = {name: Values(shapes[name], Kind.LABELS, below) for name in labelled}
        forms.insert(0, Form({**plain, **changed}))
    return forms


def _is_given(pair: NamedPair, form: Form) -> bool:
    """Whether a form has a value for each argument of forward."""
    try:
        given_arguments(pair.forward, form, np.random.default_rng(0))
    except StudentError:
        return False
    return True


def no_shapes(pair: NamedPair, raised: StudentError | None = None) -> NoShapes:
    """The refusal of a pair that no form suits, with what would help.

    Args:
        pair: the two functions.
        raised: what forward raised with the shapes that were tried; None if nothing.

    """
    names = without_values(pair.forward)
    example = ",".join(f"{name}=4x5" if k == 0 else f"{name}=5" for k, name in enumerate(names))
    line = (
        f"no shapes are known that suit {pair.forward_name}({', '.join(names)}); give them, such "
        f"as --arrays {example}"
    )
    if raised is None:
        return NoShapes(line)
    return NoShapes(f"{line}. With the shapes that were tried, {raised.line}", raised.traceback)

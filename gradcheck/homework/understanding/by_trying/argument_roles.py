"""What an argument of a student's function is for, by its name."""

import re
from enum import Enum, auto

from gradcheck.homework.understanding.student_words import in_english

__all__ = ["Role", "role_of"]


class Role(Enum):
    """What an argument is for."""

    INPUTS = auto()
    TARGETS = auto()
    OUTPUT = auto()
    CACHE = auto()
    PARAMETERS = auto()
    EXAMPLES = auto()  # inputs and targets together
    RATE = auto()  # the learning rate
    ROUNDS = auto()  # epochs
    COUNT = auto()  # examples in a mini-batch
    STRENGTH = auto()  # of regularisation
    STATE = auto()  # of a recurrent network, before the first step
    KEEP = auto()  # the probability that dropout keeps a neuron
    MOMENTUM = auto()
    SWITCH = auto()  # printing and plotting
    SIZES = auto()
    ARRIVING = auto()  # a gradient from downstream: code of a single layer


# The first pattern that matches the whole name, in lower case, counts.
PATTERNS = {
    Role.RATE: r"(learning|learn|l|lr|training)_?rate|lr\d?|eta|alpha|rate|step(_?size)?|tasa.*|l",
    Role.ROUNDS: r"(n_?|num_?|max_?|nb_?)?(epochs?|iter(ation)?s?|iters|rounds|steps|times)(_?num)?"
    r"|max_?it|nepochs|it|i|number_?of_?\w*(epochs?|iterations?|iters)",
    Role.COUNT: r"(mini_?)?batch_?(size|count|len)|n_?(examples|samples|records)|m|n|size|count"
    r"|num_?(examples|samples)|minibatch_?size",
    Role.STRENGTH: r"reg|lambda(_?\w*)|lambd|lmbda|lam|lamb|lmda|l2(_?\w*)?|(weight_?)?decay"
    r"|reg(ulari[sz]ation)?(_?\w*)?",
    Role.KEEP: r"keep_?prob\w*",
    Role.MOMENTUM: r"momentum|mu|beta\d?|gamma",
    Role.SWITCH: r"verbose|debug|print\w*|plot\w*|show\w*|shuffle|display\w*|log\w*|graph\w*"
    r"|one_?hot",
    Role.STATE: r"h_?prev|prev_?h|h_?0|h_?init|hidden_?(state|prev|init\w*)|prev_?hidden(_?state)?"
    r"|c_?prev|prev_?c|c_?0|c_?init|cell_?(state|prev|init\w*)|prev_?cell(_?state)?",
    Role.ARRIVING: r"do|d_?out\w*|grad\w*|err(or)?s?|(err|error|delta)_\w+|deltas?\d*|upstream\w*"
    r"|d_?(a|z|y|h|l|loss|x)\d*(_?(prev|curr|last|l))?|\w+_(grad|gradient|error|delta|err)",
    Role.CACHE: r"\w*caches?|memory|store|activations?|activs|intermediates?|fwd|state\w*"
    r"|values|results?",
    Role.PARAMETERS: r"param(eter)?s?|model|theta|wts|net(work)?|nn|p",
    Role.SIZES: r"layers?_?(dims?|sizes?)|sizes|dims|(n|num|no)_?(of_?)?(labels|class(es)?|features"
    r"|inputs?|outputs?|hidden\w*|hid|in|out)"
    r"|(input|hidden|output|hid|in|out)_?(layer)?_?(size|dim|units|nodes|neurons)",
    Role.TARGETS: r"\w*(target|label|desired|expect|true|truth|correct|answer|actual|wish)\w*"
    r"|y|ys|y_?(train|batch|test|val|i|one_?hot|onehot|mb)|t|train_?y|d|yb|one_?hot_?y|training_?y"
    r"|t_?(batch|train)|\w*_y|classes|dev_?y|real",
    Role.EXAMPLES: r"training_?(data|set|examples)?|train(ing)?_?data|mini_?batch(es)?|dataset"
    r"|examples|pairs|data_?set|trainset",
    Role.OUTPUT: r"al|a_?\d|o|out\w*|\w*output\w*|y_?_?hat\w*|y_?pred\w*|\w*pred\w*|a_?last|a_?out"
    r"|prob\w*|scores?|a|y_?out|hat_?y|y_",
    Role.INPUTS: r"x|xs|\w*input\w*|data|features?|x_?\w*|images?|samples?|train_?x|a0|inp|batch"
    r"|\w*_x|img|vector|row|example|values?|training_?x",
}
COMPILED = {role: re.compile(pattern) for role, pattern in PATTERNS.items()}


def role_of(name: str) -> Role | None:
    """What an argument of this name is for; None if the name says nothing.

    >>> role_of("learning_rate"), role_of("y_true"), role_of("AL"), role_of("foo")
    (<Role.RATE: 7>, <Role.TARGETS: 2>, <Role.OUTPUT: 3>, None)
    """
    plain = in_english(name).strip("_").lower()
    return next((role for role, each in COMPILED.items() if each.fullmatch(plain)), None)

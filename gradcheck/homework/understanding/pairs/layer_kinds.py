"""Kinds of layers that are known by their names, each with the forms of its arguments."""

import re
from dataclasses import dataclass

from gradcheck.homework.understanding.pairs.layer_shapes import (
    ANY_ARRAYS,
    ATTENTION,
    CHANNELS,
    CONVOLUTION,
    CONVOLUTION_AND_CHANNELS,
    CONVOLUTION_AND_POOLING,
    DENSE,
    DENSE_AND_FEATURES,
    DROPOUT,
    EMBEDDING,
    ENCODER_BLOCK,
    FEATURES,
    FEED_FORWARD,
    GATED,
    GATED_STEP,
    GROUPS,
    MULTI_HEAD,
    ONE_RESIDUAL,
    POOLING,
    PREDICTIONS,
    RECURRENT,
    RECURRENT_STEP,
    ROWS_SCALED,
    SCORES,
    SELF_ATTENTION,
    TEMPORAL_DENSE,
    TEMPORAL_FEATURES,
    TEMPORAL_SCORES,
    TWO_CONVOLUTIONS,
    TWO_LAYERS,
    UNARY,
    UPDATING_STEP,
    Form,
)

__all__ = ["ANY_LAYER", "ANY_LOSS", "LayerKind", "kind_named"]


@dataclass(frozen=True)
class LayerKind:
    """A kind of layer.

    Attributes:
        stem: matches the whole name of the function, without ``forward`` or ``backward``.
        forms: in the order in which they are tried.
        is_known: whether the name says what the function does: then the first form in which
            forward works decides, and backward must work in it too.
        has_means: whether the gradients of the parameters may be means over the examples (columns)
            although the gradient of the input is not, as in a well-known course.
        of_sequences: forms with sequences, which are tried where backward does not work with the
            others: it may be written for them alone.

    """

    stem: str
    forms: tuple[Form, ...]
    is_known: bool = True
    has_means: bool = False
    of_sequences: tuple[Form, ...] = ()


# The first kind whose stem matches counts.
KINDS = (
    LayerKind(
        r"(affine|linear|dense|fc|fully_connected|matmul|inner_product)",
        DENSE,
        has_means=True,
        of_sequences=TEMPORAL_DENSE,
    ),
    LayerKind(
        r"(affine|linear|dense|fc|fully_connected)_?(re_?lu|leaky_?re_?lu|sigmoid|tanh|activation)",
        DENSE,
    ),
    LayerKind(
        r"(affine|linear|dense|fc)_?(bn|batch_?norm|ln|layer_?norm|norm)(_?re_?lu)?(_?dropout)?",
        DENSE_AND_FEATURES,
    ),
    LayerKind(r"conv(olution|2d)?_?(re_?lu)?_?(max_?)?pool(ing)?", CONVOLUTION_AND_POOLING),
    LayerKind(
        r"conv(olution|2d)?_?(bn|batch_?norm)(_?re_?lu)?",
        CONVOLUTION_AND_CHANNELS,
    ),
    LayerKind(r"conv(olution|olutional)?_?(2d|layer)?(_?re_?lu)?(_(strides|step))?", CONVOLUTION),
    LayerKind(r"(max|avg|average|mean)?_?pool(ing)?_?(2d|layer)?(_(re)?shape)?", POOLING),
    LayerKind(r"spatial_?(batch_?norm(alization)?|bn)(2d)?|batch_?norm_?2d", CHANNELS),
    LayerKind(r"(spatial_?)?(quick_?)?group_?norm(alization)?(_quick)?", GROUPS),
    LayerKind(
        r"(batch|layer)_?norm(ali[sz]ation)?(_?1d)?|bn|ln",
        FEATURES,
        of_sequences=TEMPORAL_FEATURES,
    ),
    LayerKind(r"rms_?norm(ali[sz]ation)?", ROWS_SCALED),
    LayerKind(r"(inverted_?)?drop_?out", DROPOUT),
    LayerKind(r"(vanilla_)?(rnn|recurrent)_(step|cell)", RECURRENT_STEP),
    LayerKind(r"(vanilla_)?(rnn|recurrent)(_(sequence|seq|layer|over_time|unrolled))?", RECURRENT),
    LayerKind(r"lstm_(step|cell)", GATED_STEP),
    LayerKind(r"lstm(_(sequence|seq|layer|over_time|unrolled))?", GATED),
    LayerKind(r"gru_(step|cell)|gru", UPDATING_STEP),
    LayerKind(r"(word_?)?embeddings?", EMBEDDING),
    LayerKind(r"temporal_?(affine|linear|dense)", TEMPORAL_DENSE),
    LayerKind(
        r"(sdp_|scaled_)?(dot_product_)?(self_|cross_)?attention", (*ATTENTION, *SELF_ATTENTION)
    ),
    LayerKind(r"multi_?head_?(self_?)?attention|mha|mhsa", MULTI_HEAD),
    LayerKind(r"(transformer_?)?encoder(_?block)?|transformer(_?block)?", ENCODER_BLOCK),
    # The stem of feed_forward: forward is a word for the direction.
    LayerKind(r"feed|(position_?wise_?)?(feed|ffn?|mlp)", FEED_FORWARD, is_known=False),
    LayerKind(
        r"res(idual|net)?_?(block|unit|layer)?|identity_block|skip(_connection)?",
        (*TWO_LAYERS, *ONE_RESIDUAL, *TWO_CONVOLUTIONS),
    ),
    LayerKind(r"temporal_softmax(_cross_entropy)?(_loss)?", TEMPORAL_SCORES),
    LayerKind(
        r"(softmax|svm|hinge|multiclass_svm|max_margin)_?(with_)?(cross_entropy|ce|logits|log)?"
        r"(_loss)?",
        SCORES,
    ),
    LayerKind(r"(mse|l2|mean_squared_error|squared_error|quadratic)(_loss|_cost)?", PREDICTIONS),
    LayerKind(
        r"((binary|categorical)_)?(cross_entropy|bce|ce|cce|nll|log)(_loss|_cost)?", PREDICTIONS
    ),
)
ELEMENTWISE = LayerKind(
    r"re_?lu6?|(leaky|p)_?re_?lu|sigmoid|logistic|tanh|elu|selu|gelu|swish|silu|softplus|softsign|"
    r"mish|identity|sin|sine|square|exp|softmax|log_softmax|flatten",
    UNARY,
)
# For functions of other names.
ANY_LAYER = LayerKind(
    "",
    ANY_ARRAYS,
    is_known=False,
)
ANY_LOSS = LayerKind("", (*SCORES, *PREDICTIONS, *TEMPORAL_SCORES), is_known=False)


def kind_named(stem: str) -> LayerKind | None:
    """The kind of layer that a name says; None if it says none.

    Args:
        stem: the name without the words for the direction, such as ``affine_relu``.

    >>> kind_named("max_pool") is not None, kind_named("highway") is None
    (True, True)
    """
    plain = re.sub(r"_?(naive|fast|alt|vectori[sz]ed|layer|im2col|loop|v2)(?=_|$)", "", stem)
    for kind in (ELEMENTWISE, *KINDS):
        if re.fullmatch(kind.stem, plain.strip("_")):
            return kind
    return None

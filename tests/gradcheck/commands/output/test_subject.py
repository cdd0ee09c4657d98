"""The network and the mini-batch in words."""

from typing import Any

from gradcheck.commands.output.subject import subject_text

SUBJECT: dict[str, Any] = {
    "network": {"sizes": [784, 30, 10], "activation": "tanh", "cost": "quadratic", "parameters": 9},
    "device": "cpu",
    "dtype": "float32",
    "batch_size": 7,
    "seed": 3,
    "data": "random dense inputs",
}


def test_everything_is_said_in_a_sentence() -> None:
    assert subject_text(SUBJECT, ", checked in float64") == (
        "784-30-10 network, tanh, quadratic cost, 9 parameters, float32, checked in float64; "
        "mini-batch of 7: random dense inputs, seed 3"
    )


def test_a_gpu_is_mentioned() -> None:
    assert "float32 on the GPU; " in subject_text({**SUBJECT, "device": "gpu"})
    assert "GPU" not in subject_text(SUBJECT)

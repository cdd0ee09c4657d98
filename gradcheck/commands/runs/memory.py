"""Whether a computation fits into the memory."""

from gradcheck.show.numbers import as_typed
from nets.arrays import place
from nets.errors import BadInput
from nets.shapes import parameter_count

__all__ = [
    "COMPARISON_ARRAYS",
    "SWEEP_ARRAYS",
    "TRAINING_ARRAYS",
    "VERIFY_ARRAYS",
    "expect_memory",
]

# How many float64 arrays as large as all parameters a command holds at once. Counted from the
# arrays named here and rounded up, not measured. Too few, and work begins that does not fit; too
# many, and work is refused that would fit.
# Parameters, promoted parameters, gradients, slopes on both sides, error bars and their parts.
VERIFY_ARRAYS = 12
# Parameters before and after a step, gradients, and what a check of a sample holds.
TRAINING_ARRAYS = 8
# Parameters, gradients, and the two sides of the batched engine.
COMPARISON_ARRAYS = 10
# Parameters in both dtypes, both engines' copies of them, and gradients.
SWEEP_ARRAYS = 10
# How many float64 numbers each neuron needs for each example, counted in the same way: inputs,
# what forward keeps, gradients and their parts.
NUMBERS_FOR_A_NEURON = 10
BYTES = 8  # of a float64 number
# Bytes: 16 MiB. Python and NumPy use more than this themselves, so every computer that runs them
# has it. Asking the system would only delay the start.
SURELY_FREE = 2**24


def expect_memory(
    sizes: tuple[int, ...], batch_size: int, arrays: int, device: str = "cpu"
) -> None:
    """Check, before anything is allocated, that a computation fits into the memory.

    Args:
        sizes: of the network.
        batch_size: examples in the mini-batch.
        arrays: how many float64 arrays as large as all parameters there will be at once.
        device: ``cpu`` or ``gpu``. Memory on this computer is needed for both: the parameters are
            drawn there, and the results come back to it.

    Raises:
        BadInput: it does not fit, or there is no such device.

    """
    numbers = arrays * parameter_count(sizes) + NUMBERS_FOR_A_NEURON * sum(sizes) * batch_size
    needed = BYTES * numbers
    if needed <= SURELY_FREE and device == "cpu":
        return
    free = {"here": place("cpu").free_memory()}
    if device == "gpu":
        free["on the GPU"] = place("gpu").free_memory()
    for where, available in free.items():
        if available is not None and needed > available:
            raise BadInput(
                f"a network of sizes {as_typed(sizes)} with a batch of {batch_size} needs about "
                f"{_gigabytes(needed)} of memory, but {_gigabytes(available)} are free {where}; "
                "use smaller layers or a smaller batch"
            )


def _gigabytes(size: int) -> str:
    tenths = (size + 5 * 10**7) // 10**8  # a whole number can be too large for a float
    return f"{tenths // 10:,}.{tenths % 10} GB"

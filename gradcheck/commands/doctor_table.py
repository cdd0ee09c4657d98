"""What doctor found and what it advises, as tables."""

from gradcheck.cluster.join import INSTALL
from gradcheck.commands.doctor_advice import advice_for
from gradcheck.commands.doctor_facts import Facts
from gradcheck.commands.doctor_software import Blas, Package
from gradcheck.show.text import Part, Sentence, Table

__all__ = ["doctor_parts"]


def doctor_parts(facts: Facts) -> list[Part]:
    """A table of what was found, and one of what is missing or could be better."""
    rows = (*_software_rows(facts), *_machine_rows(facts), *_package_rows(facts))
    found = Table("What this computer has", ("", "found"), rows, left=2)
    advice = tuple((each.about, each.line) for each in advice_for(facts))
    if not advice:
        return [found, Sentence("COMPLETE Nothing is missing.", "bold green")]
    return [found, Table("What is missing or could be better", ("", "what to do"), advice, left=2)]


def _software_rows(facts: Facts) -> list[tuple[str, str]]:
    blas = [_blas_text(each) for each in facts.blas] or [f"{facts.built_with}, no details known"]
    return [
        ("Python", f"{facts.python}, {facts.system}"),
        ("gradcheck", facts.gradcheck or "runs from its source, not installed"),
        ("NumPy", facts.numpy),
        *(("BLAS", text) for text in blas),
    ]


def _machine_rows(facts: Facts) -> list[tuple[str, str]]:
    """The processor, the GPU, where the output goes and where data is kept."""
    gpus = facts.driver.gpus if facts.driver is not None else ()
    usable = "not usable"
    if facts.gpu_free_memory is not None:
        usable = f"usable, {_gibibytes(facts.gpu_free_memory)} free"
    return [
        ("processor", f"{facts.cores} cores"),
        ("memory", _memory_text(facts)),
        ("CuPy", facts.cupy or "not installed"),
        ("NVIDIA driver", _driver_text(facts)),
        *(("GPU", f"{gpu.name}, {_gibibytes(gpu.memory)}") for gpu in gpus),
        ("--device gpu", usable),
        ("isolation", "none" if facts.isolation_trouble else "bubblewrap, for grade"),
        ("--cluster", _cluster_text(facts)),
        ("output", _output_text(facts)),
        ("data", _data_text(facts)),
    ]


def _package_rows(facts: Facts) -> list[tuple[str, str]]:
    rows = []
    for extra in dict.fromkeys(package.extra for package in facts.packages):
        some = [package for package in facts.packages if package.extra == extra]
        rows.append((f"extra {extra}" if extra else "packages", _packages_text(some)))
    return rows


def _blas_text(blas: Blas) -> str:
    kernels = f", {blas.architecture} kernels" if blas.architecture else ""
    threads = f"{blas.threads} thread{'s' if blas.threads > 1 else ''}"
    return f"{blas.library} {blas.version or ''}{kernels}, {threads}"


def _driver_text(facts: Facts) -> str:
    if facts.driver is None:
        return "none"
    return f"{facts.driver.version} for CUDA up to {facts.driver.cuda_text}".strip()


def _cluster_text(facts: Facts) -> str:
    if facts.distributed is None:
        return f"not usable: {INSTALL}"
    return f"usable, Dask's distributed {facts.distributed}"


def _output_text(facts: Facts) -> str:
    terminal = facts.terminal
    kind = f"{terminal.columns} columns" if terminal.is_terminal else "no terminal, 80 columns"
    colour = "in colour" if terminal.colour else "no colour"
    return f"{terminal.encoding}, {kind}, {colour}"


def _data_text(facts: Facts) -> str:
    if facts.data_folder is None:
        return "nothing can be downloaded; --data takes your own files"
    missing = "" if facts.data_folder.exists() else " (does not exist yet)"
    return f"{facts.data_folder}{missing}"


def _packages_text(packages: list[Package]) -> str:
    return ", ".join(f"{package.name} {package.version or 'missing'}" for package in packages)


def _memory_text(facts: Facts) -> str:
    if facts.memory is None or facts.free_memory is None:
        return "not known: psutil is missing"
    return f"{_gibibytes(facts.memory)}, {_gibibytes(facts.free_memory)} free"


def _gibibytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GiB"

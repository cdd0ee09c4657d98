"""What was found, as ``gradcheck doctor`` shows it."""

from gradcheck.commands.doctor_facts import Facts, Package
from gradcheck.show.text import Part, Sentence, Table

__all__ = ["doctor_parts"]


def doctor_parts(facts: Facts) -> list[Part]:
    """A table of what is there, and one of what would bring what is not."""
    found = Table("What is there", ("", "here"), tuple(_rows(facts)), left=2)
    if not facts.advice:
        return [found, Sentence("COMPLETE Nothing is missing.", "bold green")]
    lines = tuple((advice.about, advice.line) for advice in facts.advice)
    return [found, Table("What would bring the rest", ("for", "do"), lines, left=2)]


def _rows(facts: Facts) -> list[tuple[str, str]]:
    rows = [
        ("Python", f"{facts.python}, {facts.system}"),
        ("gradcheck", facts.gradcheck or "run from its source, not installed"),
        ("NumPy", facts.numpy),
    ]
    for blas in facts.blas:
        kernels = f", {blas.architecture} kernels" if blas.architecture else ""
        threads = f"{blas.threads} thread{'s' if blas.threads > 1 else ''}"
        rows.append(("BLAS", f"{blas.library} {blas.version or ''}{kernels}, {threads}"))
    if not facts.blas:
        rows.append(("BLAS", f"{facts.built_with}, which tells no more of itself"))
    rows += [
        ("processor", f"{facts.cores} cores"),
        ("memory", f"{_gibibytes(facts.memory)}, {_gibibytes(facts.free_memory)} free"),
        ("CuPy", facts.cupy or "not installed"),
        ("NVIDIA driver", _driver_text(facts)),
    ]
    for gpu in facts.driver.gpus if facts.driver is not None else ():
        rows.append(("GPU", f"{gpu.name}, {_gibibytes(gpu.memory)}"))
    usable = "not usable"
    if facts.gpu_free_memory is not None:
        usable = f"usable, {_gibibytes(facts.gpu_free_memory)} free"
    rows.append(("--device gpu", usable))
    terminal = facts.terminal
    kind = f"{terminal.columns} columns" if terminal.is_terminal else "no terminal, 80 columns"
    colour = "in colour" if terminal.colour else "no colour"
    rows.append(("output", f"{terminal.encoding}, {kind}, {colour}"))
    if facts.data_folder is not None:
        there = "" if facts.data_folder.exists() else " (not there yet)"
        rows.append(("data", f"{facts.data_folder}{there}"))
    else:
        rows.append(("data", "none is downloaded; --data takes your own"))
    for extra in dict.fromkeys(package.extra for package in facts.packages):
        some = [package for package in facts.packages if package.extra == extra]
        rows.append((f"extra {extra}" if extra else "packages", _packages_text(some)))
    return rows


def _driver_text(facts: Facts) -> str:
    if facts.driver is None:
        return "none"
    return f"{facts.driver.version} for CUDA up to {facts.driver.cuda_text}".strip()


def _packages_text(packages: list[Package]) -> str:
    return ", ".join(f"{package.name} {package.version or 'missing'}" for package in packages)


def _gibibytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GiB"

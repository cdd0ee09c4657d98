"""Load a student's file: run it as Python would, or else read its definitions only."""

import ast
import importlib
import linecache
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from gradcheck.homework.finding import Finding, oddity
from gradcheck.homework.loading.definitions import definitions_of, is_plain
from gradcheck.homework.loading.import_paths import import_paths
from gradcheck.homework.loading.missing_imports import stand_ins, usable_modules
from gradcheck.homework.loading.missing_names import (
    count_of_missing,
    fill_missing_names,
    give_modules,
)
from gradcheck.homework.loading.missing_texts import opened
from gradcheck.homework.loading.older_names import give_older_names, older_names_in
from gradcheck.homework.loading.python_2 import import_python_2, with_lists
from gradcheck.homework.loading.source import Source, read_source
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.loading.time_limit import TookTooLong, stopped_after
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.student_text import MORE_TIME

__all__ = ["load_module"]

# Seconds for the value of one variable, where a file is read for its definitions only. Chosen:
# making an array of parameters takes milliseconds.
VALUE_SECONDS = 2.0


def load_module(caller: Caller, seconds: float | None = None) -> StudentModule:
    """Load a student's file.

    Args:
        caller: guards the run; its ``path`` is the file.
        seconds: that running it may take, before it is read for its definitions only; None for any
            time.

    Raises:
        Unread: the file is neither Python 3 nor a notebook of it.

    """
    source = read_source(caller.path)
    tree = _parsed(caller, source)
    give_older_names()
    import_python_2()
    module = _new_module(caller, source, tree)
    failure: StudentError | None = None
    findings = [*source.findings, *older_names_in(tree), *give_modules(tree, vars(module))]
    try:
        with (
            usable_modules(),
            caller.calling(f"importing {caller.path.name}"),
            _limited(caller, seconds),
        ):
            exec(compile(tree, str(caller.path), "exec", dont_inherit=True), vars(module))
    except StudentError as error:
        of_package = _from_package(caller, module, error, seconds)
        if of_package is not None:
            return StudentModule(
                caller.path, vars(of_package), of_package.__name__, tuple(findings), None
            )
        failure = error
        module = _new_module(caller, source, tree)
        give_modules(tree, vars(module))
        findings += _read_definitions(caller, tree, module, failure)
        findings += fill_missing_names(caller.path, tree, vars(module))
        findings += count_of_missing(tree, vars(module))
    return StudentModule(caller.path, vars(module), module.__name__, tuple(findings), failure)


def _from_package(
    caller: Caller, module: ModuleType, error: StudentError, seconds: float | None
) -> ModuleType | None:
    """The module as its package imports it, where the two import each other; None if that fails.

    Then Python begins with the package, and not with the file.
    """
    if not module.__package__ or not isinstance(error.__cause__, ImportError):
        return None
    name = f"{module.__package__}.{caller.path.stem}"
    for other in [key for key, each in sys.modules.items() if each is module]:
        del sys.modules[other]
    try:
        with (
            usable_modules(),
            caller.calling(f"importing {name}", quietly=True),
            _limited(caller, seconds),
        ):
            return importlib.import_module(name)
    except StudentError:
        return None


def _parsed(caller: Caller, source: Source) -> ast.Module:
    """The syntax tree of the file.

    Raises:
        Unread: it is no Python 3; the line says which line of the file, and what is wrong there.
        StudentError: Python cannot read it, as with brackets in brackets a thousand times.

    """
    name = caller.path.name
    try:
        with caller.calling(f"reading {name} as Python 3"):
            return ast.parse(source.code, str(caller.path))
    except StudentError as error:
        wrong = error.__cause__
        if not isinstance(wrong, SyntaxError):
            raise
        line = "" if wrong.lineno is None else f", line {wrong.lineno}"
        raise Unread(f"{name}{line} is not Python 3: {wrong.msg}", error.traceback) from error


@contextmanager
def _limited(caller: Caller, seconds: float | None) -> Iterator[None]:
    """``stopped_after``, with an error that says what to do."""
    try:
        with stopped_after(seconds):
            yield
    except TookTooLong as error:
        raise StudentError(
            f"importing {caller.path.name} took longer than {seconds:g} seconds and was stopped "
            f"(an endless loop?){MORE_TIME}"
        ) from error


def _new_module(caller: Caller, source: Source, tree: ast.Module) -> ModuleType:
    """An empty module for the file, under a name of its own, able to import what it needs.

    The name is not ``__main__``: so code under ``if __name__ == "__main__"``, which often trains
    the network, does not run.
    """
    path, text = caller.path, source.text
    # A traceback shows the lines that ran, even if the file is deleted by then.
    linecache.cache[str(path)] = (len(text), None, text.splitlines(keepends=True), str(path))
    module = ModuleType(f"submission_{path.stem}")
    module.__file__ = str(path)
    if source.is_python_2:
        vars(module)["__builtins__"] = with_lists()
    found = import_paths(path, tree, caller.top)
    if found.package:
        module.__package__ = found.package
    sys.modules[module.__name__] = module
    for name in _import_names(path, (*found.first, *found.last)):
        # Files that this one imports may import it in turn: they must find the same classes.
        sys.modules[name] = module
    for folder in reversed(found.first):
        sys.path.insert(0, str(folder))
    sys.path += [str(folder) for folder in found.last if str(folder) not in sys.path]
    sys.argv[:] = [str(path)]
    return module


def _import_names(path: Path, folders: Iterable[Path]) -> list[str]:
    """The names under which other files import a file inside a package, such as ``nn.layers``."""
    parts = [path.with_suffix("").relative_to(folder).parts for folder in folders]
    return [".".join(each) for each in parts if len(each) > 1 and all(map(str.isidentifier, each))]


def _read_definitions(
    caller: Caller, tree: ast.Module, module: ModuleType, failure: StudentError
) -> list[Finding]:
    """Run the definitions alone, each for itself; what fails is left out."""
    skipped, invented = [], list[str]()
    names = vars(module)
    names["open"] = stand_in = opened(invented)
    with usable_modules(), stand_ins(caller.path.parent) as missing:
        for statement in definitions_of(tree):
            one = ast.Module([statement], type_ignores=[])
            seconds = None if is_plain(statement) else VALUE_SECONDS
            try:
                what = f"line {statement.lineno} of {caller.path.name}"
                with caller.calling(what), stopped_after(seconds):
                    exec(compile(one, str(caller.path), "exec", dont_inherit=True), names)
            except StudentError:
                skipped.append(str(statement.lineno))
        # Libraries look for parts of Python that other systems have. These do not count as missing.
        absent = sorted({name.partition(".")[0] for name in missing} - sys.stdlib_module_names)
    if names.get("open") is stand_in:
        del names["open"]
    text = (
        f"{caller.path.name} was read for its definitions only (functions, classes, imports, "
        f"constants), because it could not be run: {failure.line.rstrip('.')}."
    )
    if absent:
        text += f" Not installed here: {', '.join(absent)}."
    if invented:
        text += f" An invented text was read in place of {', '.join(dict.fromkeys(invented))}."
    if skipped:
        text += f" Left out, because they failed: the definitions in line {', '.join(skipped)}."
    return [oddity(text)]

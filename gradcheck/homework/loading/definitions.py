"""The definitions in a module: functions, classes, imports and values, and no other work.

A file may train a network when it is imported, or need a data file. Its definitions still have all
that a check needs. Loops and calls for their effect are left out: they train, plot and print.
"""

import ast
import re
from collections.abc import Container, Iterable

from gradcheck.homework.loading.usual_sklearn import SKLEARN

__all__ = ["defining", "definitions_of", "is_plain", "makers_in"]

# What a value may be computed from.
PARTS_OF_VALUES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Lambda),
    *(ast.UnaryOp, ast.BinOp, ast.Subscript, ast.Slice, ast.Compare, ast.BoolOp, ast.IfExp),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.JoinedStr, ast.FormattedValue, ast.Call),
    *(ast.Starred, ast.keyword, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop),
)
# Calls of modules and functions of Python. If one fails, as for a data file that is not there, its
# statement alone is skipped.
CALLS_ALLOWED = (
    *("np", "numpy", "cp", "math", "random", "range", "len", "int", "float", "str", "bool"),
    *("tuple", "list", "dict", "set", "sorted", "enumerate", "zip", "map", "min", "max", "sum"),
    *("abs", "open", "OrderedDict", "copy"),
)
# Functions of the file itself are called by their names: those that make parameters. What may take
# long, needs a network connection or trains is not called.
MAKERS = re.compile(r"\w*(init|create|make|build|generate|random|new|setup|weight|param)\w*", re.I)
NO_MAKERS = re.compile(
    r"\w*(train|fit|learn|download|load|read|fetch|get_data|plot|show|update|descent|save)\w*", re.I
)
# Statements that are calls: they say where imports are found, or how numbers are drawn.
STATEMENTS_ALLOWED = ("sys.path.append", "sys.path.insert", "np.random.seed", "random.seed")
# Calls that leave something behind.
NEVER = ("save", "savetxt", "savez")


# Methods of arrays, texts and generators of random numbers.
METHODS = (
    *("reshape", "ravel", "flatten", "transpose", "copy", "astype", "dot", "sum", "mean", "max"),
    *("min", "std", "read", "readlines", "split", "splitlines", "strip", "lower", "upper", "join"),
    *("replace", "items", "keys", "values", "tolist", "format", "squeeze", "randn", "rand"),
    *("uniform", "normal", "standard_normal", "random", "integers", "toarray"),
)
# Functions of libraries that give data, or prepare them, whatever the library is called.
OF_DATA = (
    *("make_moons", "make_circles", "load_data", "train_test_split", "to_categorical"),
    *("OneHotEncoder", "LabelBinarizer", "fit_transform", "transform", "read_csv"),
    *(each.rpartition(".")[2] for each in SKLEARN),
)


def definitions_of(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module that define something, in their order."""
    return defining(tree.body, makers_in(tree))


def makers_in(tree: ast.Module) -> set[str]:
    """The functions and classes of a module that only make something, by their names."""
    own = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    return {name for name in own if MAKERS.fullmatch(name) and not NO_MAKERS.fullmatch(name)}


def defining(statements: Iterable[ast.stmt], makers: Container[str]) -> list[ast.stmt]:
    """The statements that define something.

    Args:
        statements: of a module or of a function.
        makers: functions that they may call.

    """
    return [statement for statement in statements if _is_definition(statement, makers)]


def is_plain(statement: ast.stmt) -> bool:
    """Whether a statement is a definition by its form alone: none of its calls can take long."""
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.With):
        return False
    return not isinstance(statement, ast.Expr)


def _is_definition(statement: ast.stmt, makers: Container[str]) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.ClassDef():
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Pass():
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_value(value, makers)
        case ast.AugAssign(value=value):
            return _is_value(value, makers)
        case ast.Expr(value=ast.Call(func=called, args=arguments) as call):
            if isinstance(called, ast.Name) and called.id in makers:
                return _is_value(call, makers)
            plain = all(_is_argument(each, makers) for each in arguments)
            return ast.unparse(called) in STATEMENTS_ALLOWED and plain
        case ast.Try(body=body, handlers=handlers):
            others = [each for handler in handlers for each in handler.body]
            return _all_definitions([*body, *others], makers)
        case ast.With(items=items, body=body):
            opened = all(ast.unparse(item.context_expr).startswith("open(") for item in items)
            return opened and _all_definitions(body, makers)
        case ast.If(test=test, body=body, orelse=orelse):
            if not _is_value(test, makers) or _is_main(test):
                return False
            return _all_definitions([*body, *orelse], makers)
    return False


def _all_definitions(statements: Iterable[ast.stmt], makers: Container[str]) -> bool:
    return all(_is_definition(each, makers) for each in statements)


def _is_main(test: ast.expr) -> bool:
    return "__name__" in ast.unparse(test)


def _is_argument(value: ast.expr, makers: Container[str]) -> bool:
    """Whether a value can be computed, or is a path such as ``os.path.dirname(__file__)``."""
    return _is_value(value, makers) or ast.unparse(value).startswith("os.")


def _is_value(value: ast.AST, makers: Container[str]) -> bool:
    """Whether a value is computed from constants, names and calls that are allowed."""
    if isinstance(value, ast.Lambda):
        return True
    if isinstance(value, ast.Call) and not _may_be_called(value.func, makers):
        return False
    for node in ast.iter_child_nodes(value):
        is_part = isinstance(node, ast.expr | ast.keyword | ast.comprehension)
        if is_part and not _is_value(node, makers):
            return False
    return isinstance(value, PARTS_OF_VALUES)


def _may_be_called(called: ast.expr, makers: Container[str]) -> bool:
    """Whether a call is one of NumPy, of Python, of a maker, or a method of a value."""
    first, _, rest = ast.unparse(called).partition(".")
    if (rest or first).rpartition(".")[2] in OF_DATA:
        return True
    if first in CALLS_ALLOWED:
        return rest.rpartition(".")[2] not in NEVER
    if isinstance(called, ast.Name):
        return called.id in makers
    return isinstance(called, ast.Attribute) and called.attr in METHODS

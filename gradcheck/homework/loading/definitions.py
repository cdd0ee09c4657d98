"""The definitions in a module: functions, classes, imports and constants, and nothing that works.

A file that trains a network when it is imported, or that needs a data file, still says in its
definitions what a check needs.
"""

import ast
from collections.abc import Iterable

__all__ = ["definitions_of"]

# What a constant may be computed from. Calls are allowed for NumPy's own functions and a few of
# Python's; if one fails, as for a data file that is not there, its statement alone is skipped.
PARTS_OF_CONSTANTS = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Lambda),
    *(ast.UnaryOp, ast.BinOp, ast.Subscript, ast.Slice, ast.Compare, ast.BoolOp, ast.IfExp),
    *(ast.Starred, ast.keyword, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop),
)
CALLS_ALLOWED = ("np", "numpy", "math", "range", "len", "int", "float", "tuple", "list", "dict")
# Statements that are calls: they say where imports are found, or how numbers are drawn.
STATEMENTS_ALLOWED = ("sys.path.append", "sys.path.insert", "np.random.seed", "random.seed")


def definitions_of(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module that define something, in their order."""
    return [statement for statement in tree.body if _is_definition(statement)]


def _is_definition(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.ClassDef():
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_constant(value)
        case ast.Expr(value=ast.Call(func=called, args=arguments)):
            return ast.unparse(called) in STATEMENTS_ALLOWED and all(map(_is_argument, arguments))
        case ast.Try(body=body, handlers=handlers):
            return _all_definitions(body) and all(_all_definitions(each.body) for each in handlers)
        case ast.If(test=test, body=body, orelse=orelse):
            return _is_constant(test) and not _is_main(test) and _all_definitions([*body, *orelse])
        case ast.Pass():
            return True
    return False


def _all_definitions(statements: Iterable[ast.stmt]) -> bool:
    return all(map(_is_definition, statements))


def _is_main(test: ast.expr) -> bool:
    return "__name__" in ast.unparse(test)


def _is_argument(value: ast.expr) -> bool:
    """Whether a value is a constant, or a path such as ``os.path.dirname(__file__)``."""
    return _is_constant(value) or ast.unparse(value).startswith("os.")


def _is_constant(value: ast.expr) -> bool:
    """Whether a value is computed from constants and names alone."""
    if isinstance(value, ast.Lambda):
        return True
    for node in ast.iter_child_nodes(value):
        if isinstance(node, ast.expr | ast.keyword) and not _is_constant(node):  # type: ignore[arg-type]
            return False
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).partition(".")[0] in CALLS_ALLOWED
    return isinstance(value, PARTS_OF_CONSTANTS)

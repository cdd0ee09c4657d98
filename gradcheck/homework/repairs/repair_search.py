"""Try small changes of a student's code until one gives the gradients that were measured."""

import ast
import copy
from collections.abc import Iterator

import numpy as np

from gradcheck.homework.repairs.change import made, shortened, text_of
from gradcheck.homework.repairs.claims_now import ClaimsNow, quiet
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.repairs.other_parts import OtherParts
from gradcheck.homework.repairs.repair import Place, Repair
from gradcheck.homework.repairs.slope_formulas import SLOPE_CALL, SLOPES, slope_text

__all__ = ["Search"]

# Seconds for one call, since a change may make a while loop endless. Chosen.
CALL_SECONDS = 2.0


class Search:
    """Tries changes of the code of one part."""

    def __init__(self, claims: ClaimsNow, others: OtherParts | None = None) -> None:
        """Try nothing yet.

        Args:
            claims: what the code of the part claims, at least one array being wrong.
            others: parts that may run the same code.

        """
        self._claims, self._others = claims, others
        self._slope = SLOPES[0]
        self._seconds: float | None = None
        # By the identity of a statement: its place (which keeps it alive), and whether it matters.
        self._mattering: dict[int, tuple[Place, bool]] = {}

    def run(self, repairs: Iterator[Repair], most: int) -> Found | None:
        """The first change that makes all gradients right; else the one that mends most arrays.

        Of changes that make all right, one with which other parts are right too comes first.

        Args:
            repairs: changes to try.
            most: how many are tried at most.

        """
        best: Found | None = None
        with quiet():
            for tried, repair in enumerate(repairs):
                if tried >= most:
                    break
                if not self._matters(repair.place):
                    continue
                found = self._tried(repair)
                if found is None or (best and _rank(found) <= _rank(best)):
                    continue
                # Gradients may be right by chance, because something is kept from call to call.
                # Then they are wrong the second time.
                if self._tried(repair) != found or self._claims.mended_by(
                    self._claims.gradients(self._seconds)
                ):
                    continue
                best = found
                if best.is_right_elsewhere and self._claims.wrong <= set(best.mended):
                    break
        return best

    def _matters(self, place: Place) -> bool:
        """Whether other results of a statement change a wrong array; else no change of it helps."""
        if id(place.node) not in self._mattering:
            self._mattering[id(place.node)] = place, self._is_felt(place)
        return self._mattering[id(place.node)][1]

    def _is_felt(self, place: Place) -> bool:
        unit = place.unit
        seconds = CALL_SECONDS if unit.has_while else None
        with made([site.replaced(_moved(site.node)) for site in place.results]):
            try:
                codes = unit.compiled()
            except (SyntaxError, ValueError, TypeError):
                return True
        unit.run_from_now(codes)
        try:
            gradients = self._claims.gradients(seconds)
        finally:
            unit.run_as_before()
        return not place.results or gradients is None or not self._claims.is_unchanged(gradients)

    def _tried(self, repair: Repair) -> Found | None:
        """What a change mends; None if it mends nothing."""
        unit = repair.place.unit
        self._seconds = CALL_SECONDS if unit.has_while else None
        with made(repair.changes):
            try:
                codes = unit.compiled()
            except (SyntaxError, ValueError, TypeError):
                return None
        unit.run_from_now(codes)
        for function in unit.functions:
            function.__globals__[SLOPE_CALL] = lambda x: self._slope.of(np.asarray(x))
        try:
            if repair.slope is None:
                mended = self._mended()
                return self._found(repair, mended, None) if mended else None
            return self._with_slopes(repair)
        finally:
            unit.run_as_before()
            for function in unit.functions:
                function.__globals__.pop(SLOPE_CALL, None)

    def _with_slopes(self, repair: Repair) -> Found | None:
        """The first derivative that mends something where our function is called."""
        claims = self._claims
        for position, slope in enumerate(SLOPES):
            self._slope = slope
            gradients = claims.gradients(self._seconds)
            if gradients is None or (not position and claims.is_unchanged(gradients)):
                return None
            if mended := claims.mended_by(gradients):
                same = claims.has_same_cost(self._seconds)
                return self._found(repair, mended, position) if same else None
        return None

    def _found(self, repair: Repair, mended: tuple[int, ...], slope: int | None) -> Found:
        place = repair.place
        old = text_of(place.node)
        with made(repair.changes):
            now = place.node if place.is_there else place.body[place.position]
            new = shortened(slope_text(ast.unparse(now), slope))
        elsewhere = not self._claims.wrong <= set(mended) or self._are_others_right()
        where = (place.unit.path.name, place.node.lineno)
        return Found(repair.cause, *where, old, new, mended, elsewhere)

    def _are_others_right(self) -> bool:
        return self._others is None or self._others.are_right(self._seconds)

    def _mended(self) -> tuple[int, ...]:
        """The arrays that are right with the code as it is now; none if the cost has changed."""
        mended = self._claims.mended_by(self._claims.gradients(self._seconds))
        return mended if mended and self._claims.has_same_cost(self._seconds) else ()


def _moved(node: ast.expr) -> ast.expr:
    """An expression with other values: 1.5 times as large, and 0.25 larger."""
    larger = ast.BinOp(copy.deepcopy(node), ast.Mult(), ast.Constant(1.5))
    return ast.BinOp(larger, ast.Add(), ast.Constant(0.25))


def _rank(found: Found) -> tuple[int, bool]:
    """How good a change is: the more arrays it mends, the better."""
    return len(found.mended), found.is_right_elsewhere

"""What a check of a file's network does not reach: unused layers and pairs, and options.

The network of a file may be right, and a layer of the same file wrong that the network does not
use. Each such piece is compared with central differences when the file is opened. One that is
surely wrong becomes a part of the report. The others are named in a finding.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from gradcheck.homework.asked import Asked
from gradcheck.homework.choose_format import FIRST_PIECE, Opened, open_module
from gradcheck.homework.contract import Part
from gradcheck.homework.finding import guess
from gradcheck.homework.left_out import LeftOut
from gradcheck.homework.loading.source import read_source
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.recognition import Format
from gradcheck.homework.student_code import Caller, StudentError
from gradcheck.homework.understanding.pieces.choices import choices_of
from gradcheck.homework.understanding.pieces.measured_fit import MeasuredFit, measured_fit
from gradcheck.homework.understanding.pieces.switches import Switch, switched, switches_of
from gradcheck.homework.understanding.pieces.unused_layers import unused_layers
from gradcheck.homework.understanding.pieces.unused_pairs import unused_pairs
from gradcheck.homework.understanding.pieces.used_code import code_used_by, is_one_pass

__all__ = ["with_pieces"]


@dataclass(frozen=True)
class _Piece:
    """Something beside the network.

    Attributes:
        part: it by itself.
        accused: whether how it fits shows that it is surely wrong.

    """

    part: Part
    accused: Callable[[MeasuredFit], bool]


def with_pieces(
    opened: Opened,
    module: StudentModule,
    asked: Asked,
    caller: Caller,
    formats: Sequence[Format],
) -> Opened:
    """A network with those pieces of its file that are surely wrong as further parts.

    Args:
        opened: what was found in the file.
        module: the file.
        asked: what was asked for; with a name, a format or an adapter there are no pieces.
        caller: guards the calls.
        formats: all.

    """
    contract = opened.contract
    is_told = asked.name is not None or asked.format is not None or asked.adapter is not None
    if is_told or opened.format.rank >= FIRST_PIECE or contract.layers:
        return opened
    beside = _Beside(opened, module, asked, caller, formats)
    wrong = beside.wrong_parts()
    first = contract.parts[0]
    first = replace(first, findings=(*first.findings, *map(guess, beside.said())))
    parts = (first, *contract.parts[1:], *wrong)
    return replace(opened, contract=replace(contract, parts=parts))


@dataclass
class _Beside:
    """A look at what stands beside a network.

    Attributes:
        opened, module, asked, caller, formats: see ``with_pieces``.
        right: names of pieces that are right.
        left_out: pieces about which nothing can be said.

    """

    opened: Opened
    module: StudentModule
    asked: Asked
    caller: Caller
    formats: Sequence[Format]
    right: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def wrong_parts(self) -> list[Part]:
        """The pieces that are surely wrong; the others are noted."""
        wrong: list[Part] = []
        for piece in self._pieces():
            name = piece.part.name
            try:
                fit = measured_fit(piece.part, self.asked.seed)
                is_wrong = not fit.is_right and piece.accused(fit)
            except StudentError as error:
                self.left_out.append(LeftOut(name, error.line))
                continue
            if fit.is_right:
                self.right.append(name)
            elif is_wrong:
                wrong.append(piece.part)
            else:
                why = "by itself it follows a convention that is not known"
                self.left_out.append(LeftOut(name, why))
        return wrong

    def said(self) -> list[str]:
        """A sentence on the right pieces, and one on each that was left out."""
        found = [f"{each.name} was not checked by itself: {each.line}." for each in self.left_out]
        if self.right:
            found.insert(0, f"Right by themselves at a few entries: {', '.join(self.right)}.")
        return found

    def _pieces(self) -> Iterator[_Piece]:
        """The network with each option, and the layers and pairs that it does not use."""
        yield from self._with_options()
        opened = self.opened
        try:
            used = frozenset().union(*(code_used_by(part) for part in opened.contract.parts))
        except StudentError:
            return
        small = Asked(seed=self.asked.seed)
        for part in unused_layers(self.module, opened.name, used, small, self.caller):
            yield _Piece(part, _accuses([each.is_input for each in part.arrays], part))
        for part, is_input in unused_pairs(self.module, used, small, self.caller):
            yield _Piece(part, _accuses(is_input, part))

    def _with_options(self) -> Iterator[_Piece]:
        """The network with each option that is off by default, read in the same format."""
        kind = self.module.names.get(self.opened.name)
        if not isinstance(kind, type):
            return
        switches = switches_of(kind)
        choices = choices_of(kind, self.module, self._tree())
        for switch in (*switches, *choices):
            name = f"{self.opened.name}({switch.text})"
            try:
                part = self._switched_part(switched(kind, switch))
            except StudentError as error:
                self.left_out.append(LeftOut(name, error.line))
                continue
            if switch in choices:
                others = [each for each in choices if each.name != switch.name]
                accused = partial(self._wrong_with_all, part, switched(kind, switch), others)
            else:
                accused = partial(_unlike_network, part, self.caller.path.parent)
            yield _Piece(replace(part, name=name), accused)

    def _wrong_with_all(
        self, part: Part, kind: type, others: Sequence[Switch], fit: MeasuredFit
    ) -> bool:
        """Whether a network with one choice is wrong with each of the other choices too.

        Some choices are meant together, such as a softmax and the cross-entropy. Some costs are for
        one output, and a mean over all of several.
        """
        if part.cost.guessed or fit.is_right_by_a_count:
            return False
        for other in others:
            with suppress(StudentError):
                with_other = self._switched_part(switched(kind, other))
                if measured_fit(with_other, self.asked.seed).is_right:
                    return False
        return True

    def _tree(self) -> ast.Module:
        """The syntax tree of the file; an empty one if it cannot be read again."""
        try:
            return ast.parse(read_source(self.module.path).code)
        except (StudentError, SyntaxError):
            return ast.Module([], [])

    def _switched_part(self, kind: type) -> Part:
        """The network with other defaults.

        Args:
            kind: its class with these.

        Raises:
            StudentError: it cannot be read like the network.

        """
        names = {**self.module.names, self.opened.name: kind}
        wanted = replace(self.asked, name=self.opened.name, format=self.opened.format.name)
        module = replace(self.module, names=names)
        return open_module(module, wanted, self.caller, self.formats).contract.parts[0]


def _accuses(is_input: Sequence[bool], part: Part) -> Callable[[MeasuredFit], bool]:
    return lambda fit: fit.is_surely_wrong(is_input, [part.batch_size])


def _unlike_network(part: Part, folder: Path, fit: MeasuredFit) -> bool:
    """Whether a network is wrong, where its cost may be known up to a factor only.

    It is not, if it has a cost as for new examples and gradients as for training.
    """
    by_factor = part.cost.guessed or bool(part.cost.sums)
    return is_one_pass(part, part.values, folder) and not (by_factor and fit.is_right_by_factor)

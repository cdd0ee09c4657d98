"""The answers to questions about one student's code: what it means, its costs, what mends it."""

from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from gradcheck.engines.one_by_one import OneByOne
from gradcheck.homework.all_formats import all_formats
from gradcheck.homework.asked import Asked
from gradcheck.homework.beside_network import with_pieces
from gradcheck.homework.choose_format import open_module
from gradcheck.homework.contract import Part
from gradcheck.homework.facts import Facts
from gradcheck.homework.idle_arrays import without_arrays
from gradcheck.homework.loading.load_module import load_module
from gradcheck.homework.loading.student_module import StudentModule
from gradcheck.homework.process.asked_message import asked_from
from gradcheck.homework.process.counted_costs import CountedCosts
from gradcheck.homework.process.facts_message import batch_from, facts_message
from gradcheck.homework.process.messages import packed, unpacked, write_message
from gradcheck.homework.process.repair_message import found_message, measured_from, sizes_from
from gradcheck.homework.read_contract import known_part, known_parts
from gradcheck.homework.repairs.claims_now import ClaimsNow
from gradcheck.homework.repairs.other_parts import OtherParts
from gradcheck.homework.repairs.repair_search import Search
from gradcheck.homework.repairs.student_files import repairs_of, student_files
from gradcheck.homework.seeded import seed_generators
from gradcheck.homework.student_code import Caller, StudentError, Unread
from gradcheck.homework.student_text import MORE_MEMORY, one_line
from nets.errors import BadInput

__all__ = ["Session"]


class Session:
    """The answers about one student's code: it is opened, then costs are asked for."""

    def __init__(self, channel: BinaryIO) -> None:
        """Nothing is loaded yet.

        Args:
            channel: where messages are written.

        """
        self._channel = channel
        self._caller: Caller | None = None
        self._module: StudentModule | None = None
        self._asked = Asked()
        self._parts: tuple[Part, ...] = ()
        self._engine: OneByOne | None = None
        self._costs = CountedCosts(channel)

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question; or ``failed``, with the reason in one line.

        Args:
            question: its key ``do`` is ``open`` (load and understand a file), ``begin`` (take
                these values of a part's arrays, and this cost), ``costs`` (move entries, each
                alone), ``look`` (open the same object again, with other examples) or ``repair``
                (try small changes of the code until one mends the gradients).

        """
        answers = {
            "open": self._open,
            "begin": self._begin,
            "costs": self._cost_changes,
            "look": self._look,
            "repair": self._repair,
        }
        try:
            return answers[question["do"]](question)
        except StudentError as error:
            unread = isinstance(error, Unread)
            return {"failed": error.line, "traceback": error.traceback, "unread": unread}
        except BadInput as error:
            return {"failed": str(error), "traceback": ""}
        except MemoryError:
            line = f"The class needed more memory than the limit allows{MORE_MEMORY}"
            return {"failed": line, "traceback": ""}
        except Exception as error:
            # An object of the student's that is not what it seems, met outside its own code.
            line = f"Something that the class holds or returns cannot be used: {one_line(error)}"
            return {"failed": line, "traceback": ""}

    def _open(self, question: dict[str, Any]) -> dict[str, Any]:
        """Load a file, find out what it means, and compute the gradients that it claims."""
        path = Path(question["path"])
        top = None if question["top"] is None else Path(question["top"])
        caller = Caller(path, self._announce, top=top)
        seed_generators(
            question["seed"]
        )  # what the file draws when it is run is the same each time
        module = load_module(caller, question["import_seconds"])
        asked = asked_from(question)
        opened = open_module(module, asked, caller, all_formats())
        opened = with_pieces(opened, module, asked, caller, all_formats())
        known = known_parts(opened.contract, caller, asked.seed, closely=question["closely"])
        self._caller, self._module, self._asked = caller, module, asked
        self._parts = tuple(part for part, _ in known)
        facts = Facts(
            name=opened.name,
            format=opened.format.name,
            parts=tuple(facts for _, facts in known),
            layers=opened.contract.layers,
            findings=module.findings,
            left_out=opened.contract.left_out,
        )
        return facts_message(facts)

    def _look(self, question: dict[str, Any]) -> dict[str, Any]:
        """Open the object that was opened once more, with other examples and the same parameters.

        Only one part is kept; the answer says at which position.
        """
        if self._caller is None or self._module is None:
            raise BadInput("A second look was asked for before the class was loaded")
        examples = batch_from(question["examples"])
        assert examples is not None
        asked = replace(self._asked, examples=examples, batch_size=examples.size)
        opened = open_module(self._module, asked, self._caller, all_formats())
        if question["part"] >= len(opened.contract.parts):
            opened = with_pieces(opened, self._module, asked, self._caller, all_formats())
        if question["part"] >= len(opened.contract.parts):
            raise StudentError("With other examples it is read in another way")
        values = [unpacked(array) for array in question["parameters"]]
        checked = [array.name for array in self._parts[question["part"]].arrays]
        part = opened.contract.parts[question["part"]]
        left_out = [array.name for array in part.arrays if array.name not in checked]
        part = without_arrays(part, left_out, part.values) if left_out else part
        part, found = known_part(part.at(values), self._caller, asked.seed, as_it_is=True)
        self._parts = (*self._parts, part)
        facts = Facts(opened.name, opened.format.name, (found,))
        return {**facts_message(facts), "part": len(self._parts) - 1}

    def _repair(self, question: dict[str, Any]) -> dict[str, Any]:
        """Find a small change of the code that gives the gradients that were measured."""
        part = self._expect_part(question["part"])
        assert self._caller is not None
        values = [unpacked(array) for array in question["parameters"]]
        files = student_files(self._caller.path, self._asked.adapter)
        with self._caller.calling(part.backward):
            repairs = repairs_of(part, values, files, sizes_from(question["sizes"]))
            arrays = measured_from(question["arrays"])
            claims = ClaimsNow(part, values, arrays, question["reading"], question["divisor"])
            others = OtherParts(
                [each for each in self._parts if each is not part], question["divisor"]
            )
            return found_message(Search(claims, others).run(repairs, question["most"]))

    def _begin(self, question: dict[str, Any]) -> dict[str, Any]:
        """Be ready to move entries of a part's arrays, under another cost if one is named."""
        part, name = self._expect_part(question["part"]), question["cost"]
        if name is not None and part.other_cost is None:
            raise BadInput(f"{part.name} has no output that another cost could be computed of")
        cost = part.cost if name is None or part.other_cost is None else part.other_cost(name)
        values = [unpacked(array) for array in question["parameters"]]
        self._engine = OneByOne(self._costs.of(cost), values)
        return {"base_cost": self._engine.base_cost}

    def _cost_changes(self, question: dict[str, Any]) -> dict[str, Any]:
        """By how much the cost changes when entries are moved; see ``Engine.cost_changes``."""
        if self._engine is None or self._caller is None:
            raise BadInput("Costs were asked for before there were parameters; send begin first")
        with self._caller.calling("the cost"):
            changes = self._engine.cost_changes(
                question["which"],
                unpacked(question["entries"]),
                unpacked(question["steps"]),
                [
                    complex(*each) if isinstance(each, list) else each
                    for each in question["offsets"]
                ],
            )
        return {"changes": packed(changes), "costs": self._costs.count}

    def _expect_part(self, position: int) -> Part:
        if not self._parts:
            raise BadInput(
                "Something was asked about a class before it was loaded; send open first"
            )
        return self._parts[position]

    def _announce(self, running: str) -> None:
        write_message(self._channel, {"running": running})

"""Finding every sentence of the system copy in our own source, for the gate and for translators."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent
_SAYING = {"say": 1, "count": 2}
_MARKING = "text"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the system copy, or the two forms of one that counts."""

    key: str
    """Its module and the function or table it stands in: "asks.waiting"."""
    forms: tuple[str, ...]


def sentences(folder: Path = PACKAGE) -> Iterator[Sentence]:
    """The sentences of every file, in the order of their source."""
    for source in sorted(folder.glob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        for node in tree.body:
            named = _name(node)
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and (forms := _said(call)):
                    yield Sentence(f"{source.stem}.{named}", forms)


def glued(folder: Path = PACKAGE) -> Iterator[str]:
    """Where a sentence is put together from pieces, which no translator can follow."""
    for source in sorted(folder.glob("*.py")):
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _expected(call) and call.args:
                for argument in call.args[: _expected(call)]:
                    if isinstance(argument, ast.JoinedStr | ast.BinOp):
                        yield f"{source.stem}:{argument.lineno}"


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return node.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return "module"


def _expected(call: ast.Call) -> int:
    match call.func:
        case ast.Attribute(value=ast.Name(id="voice"), attr=attribute):
            return _SAYING.get(attribute, 0)
        case ast.Name(id=name) if name == _MARKING:
            return 1
        case _:
            return 0


def _said(call: ast.Call) -> tuple[str, ...]:
    arguments = call.args[: _expected(call)]
    return tuple(
        argument.value
        for argument in arguments
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )

"""YAML as a tree whose every value knows the file and line it came from.

Recipes are merged from several files and from the command line; an error found after merging must still name
the line that the user can mend, so places travel with the values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from langret.errors import RecipeError

Scalar = str | int | float | bool | None
Loc = Sequence[str | int]

MAX_DEPTH = 50
MAX_NODES = 100_000


class Problem(NamedTuple):
    """One mistake in a recipe: where it stands, what was found and expected, what to do."""

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}{' ' if self.hint else ''}{self.hint}"


@dataclass(frozen=True)
class Node:
    """A value of a recipe and its place.

    Attributes:
        value: A mapping or list of nodes, or a scalar.
        file: Name of the file as shown to the user, or the ``--set`` option.
        line: Line of the key (in mappings) or of the item (in lists), from 1; 0 for ``--set``.
        base: Folder at which relative paths in this value start.
    """

    value: dict[str, Node] | list[Node] | Scalar
    file: str
    line: int
    base: Path

    def problem(self, message: str, hint: str = "") -> Problem:
        """A mistake at this place."""
        return Problem(self.file, self.line, message, hint)

    def error(self, message: str, hint: str | None = None) -> RecipeError:
        """The same as an exception, for mistakes after which reading cannot go on."""
        return RecipeError(message, where=f"{self.file}:{self.line}" if self.line else self.file, hint=hint)

    def plain(self) -> Any:
        """The value without places: dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def at(self, loc: Loc) -> Node:
        """The node at a path of keys and indices, or the deepest one on the way that exists."""
        node = self
        for part in loc:
            if isinstance(node.value, dict) and part in node.value:
                node = node.value[str(part)]
            elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
            else:
                break
        return node


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise one `RecipeError` that lists every mistake in the order of the file, if there is any."""
    if not problems:
        return
    unique = sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line))
    if len(unique) == 1:
        raise RecipeError(str(unique[0]))
    raise RecipeError("\n  ".join([f"{len(unique)} mistakes:", *map(str, unique)]))


def merge(below: Node, above: Node) -> Node:
    """Lay one tree over another: mappings are merged, everything else is replaced."""
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)):
        return above
    value = dict(below.value)
    for key, child in above.value.items():
        value[key] = merge(value[key], child) if key in value else child
    return Node(value, above.file, above.line, above.base)


class _Loader(yaml.SafeLoader):
    """A safe loader that takes plain words for words.

    YAML 1.1 makes ``no`` (the code of Norwegian) a boolean, ``1e-3`` a string and ``2024-01-01`` a date.
    Here, as in YAML 1.2 and in editors that use the JSON Schema, only null, true, false and numbers are not
    text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  (the name is PyYAML's)


INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
FLOAT = re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$")
_TAG = "tag:yaml.org,2002:"
_Loader.add_implicit_resolver(f"{_TAG}null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    f"{_TAG}bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(f"{_TAG}int", INTEGER, list("-+0123456789"))
_Loader.add_implicit_resolver(f"{_TAG}float", FLOAT, list("-+0123456789."))


def parse_yaml(text: str, file: str, base: Path, problems: list[Problem], *, inline: bool = False) -> Node:
    """Read one YAML document into a tree.

    Args:
        text: The document.
        file: Name shown in errors.
        base: Folder at which relative paths start.
        problems: Duplicate keys are appended here, so that they are reported with all else.
        inline: The text comes from the command line and has no lines worth naming.

    Raises:
        RecipeError: The text is not YAML, or uses tags, complex keys, or nesting that no recipe needs.
    """
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            if root is None:
                return Node(None, file, 0 if inline else 1, base)
            builder = _Builder(loader, file, base, problems, inline)
            return builder.build(root, root.start_mark.line + 1, 0)
        finally:
            loader.dispose()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        place = file if inline else f"{file}:{line}"
        raise RecipeError(
            f"a character that YAML does not allow (U+{ord(text[error.position]):04X}).", where=place
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = file if inline or mark is None else f"{file}:{mark.line + 1}:{mark.column + 1}"
        if "'\\t'" in str(error.problem) or _tab_at(text, mark):
            raise RecipeError("found a tab; YAML is indented with spaces.", where=place) from error
        context = f" {error.context}" if error.context else ""
        raise RecipeError(
            f"not valid YAML:{context} {error.problem}.".replace("  ", " "), where=place
        ) from error
    except RecursionError as error:
        raise RecipeError(f"nested deeper than {MAX_DEPTH} levels.", where=file) from error


def _tab_at(text: str, mark: yaml.Mark | None) -> bool:
    lines = text.splitlines()
    if mark is None or mark.line >= len(lines):
        return False
    line = lines[mark.line]
    return "\t" in line[: len(line) - len(line.lstrip())]


class _Builder:
    def __init__(self, loader: _Loader, file: str, base: Path, problems: list[Problem], inline: bool) -> None:
        self.loader, self.file, self.base, self.problems, self.inline = loader, file, base, problems, inline
        self.count = 0

    def node(self, value: Any, line: int) -> Node:
        return Node(value, self.file, 0 if self.inline else line, self.base)

    def build(self, node: yaml.Node, line: int, depth: int) -> Node:
        self.count += 1
        here = self.node(None, line)
        # An alias that contains itself, or aliases of aliases, would never end.
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            raise here.error(f"nested deeper than {MAX_DEPTH} levels or longer than {MAX_NODES} values.")
        if isinstance(node, yaml.ScalarNode):
            try:
                return self.node(self.loader.construct_object(node), line)
            except ValueError as error:
                raise here.error(f'"{node.value[:40]}" cannot be read: {error}.') from error
        wanted = "map" if isinstance(node, yaml.MappingNode) else "seq"
        if node.tag != _TAG + wanted:
            raise here.error(f"the tag {node.tag} is not used in recipes.")
        if isinstance(node, yaml.SequenceNode):
            items = [self.build(item, item.start_mark.line + 1, depth + 1) for item in node.value]
            return self.node(items, line)
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.node(None, key_line).error("a key is a list or a mapping; expected a word.")
            key = key_node.value
            child = self.build(value_node, key_line, depth + 1)
            if key in mapping:
                first = mapping[key].line
                seen = "" if self.inline else f" (first in line {first})"
                self.problems.append(child.problem(f'the key "{key}" stands here a second time{seen}.'))
            mapping[key] = child
        return self.node(mapping, line)


class _Dumper(yaml.SafeDumper):
    """Quotes whatever either YAML 1.1 or our loader would not take for text."""


_Dumper.add_implicit_resolver(f"{_TAG}int", INTEGER, list("-+0123456789"))
_Dumper.add_implicit_resolver(f"{_TAG}float", FLOAT, list("-+0123456789."))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # PyYAML folds the rarer line breaks of an unescaped string into others.
    style = None if value.replace("\n", "").isprintable() else '"'
    return dumper.represent_scalar(f"{_TAG}str", value, style=style)


_Dumper.add_representer(str, _text)


def dump_yaml(value: object) -> str:
    """Plain data as YAML that `parse_yaml` reads back unchanged."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)

"""``langret init``: look at the user's data and write a one-page recipe with comments for it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from langret.cli.console import err, out
from langret.errors import LangretError
from langret.language import Language, get_language

READ_UP_TO = 256 << 20
"""Bytes up to which the data is read to the end, so that counts and broken rows can be told."""


@dataclass(frozen=True)
class Look:
    """What was found in the user's data; None where it is too large to be read for this."""

    passages: int
    questions: int
    broken: int


def init(code: str, data: Path, output: Path, force: bool) -> None:
    """Write a recipe.

    Args:
        code: Language code.
        data: File or folder.
        output: Where to write the recipe.
        force: Overwrite what is there.

    Raises:
        LangretError: The file exists, or its folder does not.
        LanguageError: There is no such language.
        DataError: There is no such data, or it is of no known format.
    """
    language = get_language(code)
    if output.exists() and not force:
        raise LangretError(
            "There is a file already.", where=str(output), hint="Give another --output, or --force."
        )
    if not output.absolute().parent.is_dir():
        raise LangretError("There is no such folder.", where=str(output.absolute().parent))
    look = look_at(data, language)
    output.write_text(recipe_text(language, data, output, look), encoding="utf-8")
    console = out()
    console.print(f"Wrote {output}: {_found(look)}.", soft_wrap=True)
    if look is not None and not look.questions:
        err().print(
            "warning: no questions were found, and no titles or headings to make them from; name the columns "
            "under `columns:` in the recipe.",
            style="yellow",
            soft_wrap=True,
        )
    if look is not None and look.broken:
        rows = "row" if look.broken == 1 else "rows"
        err().print(
            f"warning: {look.broken:,} broken {rows} will be set aside.", style="yellow", soft_wrap=True
        )
    console.print("Next:")
    for verb, what in (
        ("check", "find mistakes"),
        ("plan", "see what it will take"),
        ("run", "make the models"),
    ):
        console.print(f"  langret {verb} {output}".ljust(len(str(output)) + 18) + f"# {what}", soft_wrap=True)


def look_at(data: Path, language: Language) -> Look | None:
    """Read the data as a run would, or return None where that would take long.

    Raises:
        DataError: There is no such data, or it is of no known format.
    """
    files = [data] if data.is_file() else data.rglob("*")
    if sum(path.stat().st_size for path in files if path.is_file()) > READ_UP_TO:
        return None
    from langret.data import read_source
    from langret.recipe.schema import Source

    found = read_source(Source(path=str(data.absolute())), base=Path(), language=language, seed=13)
    kept = {name: sum(getattr(found, name).column("kept").to_pylist()) for name in ("passages", "queries")}
    return Look(kept["passages"], kept["queries"], found.rejected.num_rows)


def recipe_text(language: Language, data: Path, output: Path, look: Look | None) -> str:
    """The recipe as YAML with comments; values are the schema's defaults, as in the docs."""
    from langret.recipe.schema import Data, Evaluation, Negatives, Scratch, Training

    scratch, training, negatives, evaluation = Scratch(), Training(), Negatives(), Evaluation()
    holdout = Data.model_fields["holdout"].default
    backbone = language.backbones[0] if language.backbones else "a-folder-or-hub-name"
    names = ", ".join(entry.name for entry in language.benchmarks())
    known = f"; published ones: {names}" if names else ""
    return f"""\
# Made by: langret init {language.code} --data {_quoted(str(data))}
# Found: {_found(look)}.
#
#   langret check {output.name}    find mistakes before anything runs
#   langret plan {output.name}     the stages, what is finished, what they will take
#   langret mine {output.name}     its hard negatives, and why these
#   langret run {output.name}      make both models and measure them
#
# Every key has a default; `langret schema` prints them all for your editor.

name: {_name(data, language)}
language: {language.code}
seed: 13

data:
  train:
    - path: {_quoted(_place(data, output))}
      # format: auto        # say which where the guess is wrong
      # columns:            # where the columns have other names
      #   query: question
      #   positive: answer_text
  holdout: {holdout}    # questions kept out of training to measure on (at most a tenth)

# An encoder trained on your text alone. With a pretrained one the models know more from the start:
#   backbone:
#     pretrained: {backbone}
backbone:
  scratch:
    layers: {scratch.layers}
    hidden: {scratch.hidden}
    vocabulary: {scratch.vocabulary}

# What an encoder from scratch learns before it sees a question; remove this with a pretrained backbone.
# The steps are the quickstart's, minutes on two cores; ten times as many suit a large text or a GPU.
pretraining:
  - objective: mlm           # fill in masked words
    steps: 100
  - objective: weak_pairs    # find the passage that a sentence or a title was taken from
    steps: 150

# Passages that look right and are not. Known answers are never among them. To take those of a set that was mined
# before, name it instead: `negatives: FOLDER`.
negatives:
  miners:
    - kind: bm25
  per_query: {negatives.per_query}

# The family: one vector a text, and one vector a token.
members:
  - head: dense
  - head: colbert

training:
  epochs: {training.epochs:g}
  batch_size: {training.batch_size}
  query_tokens: {training.query_tokens}
  passage_tokens: {training.passage_tokens}

evaluation:
  # benchmarks:             # default: the questions held out above{known}
  #   - name: mine
  #     path: my_beir_folder
  metrics: {json.dumps(evaluation.metrics)}
  baselines: [{", ".join(evaluation.baselines)}]
"""


def _found(look: Look | None) -> str:
    if look is None:
        return f"more than {READ_UP_TO >> 20} MiB, not read yet"
    return f"{look.passages:,} passages, {look.questions:,} questions"


def _place(data: Path, output: Path) -> str:
    """The data as seen from the recipe's folder where it is near, so that both can be moved together."""
    near = Path(os.path.relpath(data.absolute(), output.absolute().parent))
    return (data.absolute() if near.parts[:2] == ("..", "..") else near).as_posix()


def _quoted(text: str) -> str:
    """A YAML scalar: bare where nobody could take it for anything but text, else quoted as in JSON."""
    import yaml

    bare = re.fullmatch(r"(\.{0,2}/)*[A-Za-z_][A-Za-z0-9_./-]*", text) and yaml.safe_load(text) == text
    return text if bare else json.dumps(text, ensure_ascii=False)


def _name(data: Path, language: Language) -> str:
    bare = re.sub(r"[^A-Za-z0-9._-]+", "-", data.absolute().name.split(".")[0]).strip("-._")[:40]
    return _quoted(f"{bare}-{language.code}" if bare else f"retriever-{language.code}")

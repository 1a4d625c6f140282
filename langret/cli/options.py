"""Arguments and options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RecipeArgument = Annotated[
    str,
    typer.Argument(
        metavar="RECIPE", help="A recipe file, or the name of a shipped recipe (langret recipes)."
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Change one key, such as training.epochs=2; repeat for more."
    ),
]
RunsOption = Annotated[
    Path, typer.Option("--runs", metavar="FOLDER", help="Where runs and their stages are kept.")
]
ModelArgument = Annotated[
    str, typer.Argument(metavar="MODEL", help="A model folder or hub name, dense or ColBERT.")
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="Language of the text; models made by langret know theirs."
    ),
]
WhatArgument = Annotated[
    str, typer.Argument(metavar="RECIPE|DATA", help="A recipe, or a file or folder of pairs or documents.")
]
DataLanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Language of DATA; a recipe says its own.")
]
SetFolderOption = Annotated[
    Path | None, typer.Option("--output", metavar="FOLDER", help="Where to write the set, with its card.")
]
ShowOption = Annotated[int, typer.Option("--show", min=0, metavar="N", help="Queries to show as a sample.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what the language model would cost.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

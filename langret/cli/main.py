"""The command line's entry point: the verbs, and what becomes of errors.

Nothing heavy is imported here: a verb imports what it needs when it runs, so ``langret --help`` is quick.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from langret.cli import model_verbs
from langret.cli.options import (
    DataLanguageOption,
    DryRunOption,
    JsonOption,
    RecipeArgument,
    RunsOption,
    SetFolderOption,
    SetOption,
    ShowOption,
    WhatArgument,
)
from langret.errors import LangretError

USAGE = 2
STOPPED = 130


class _Verbs(TyperGroup):
    """Turns a mistake of the user into one line and an exit code, wherever in a verb it was found."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except LangretError as error:
            from langret.cli.console import print_error

            print_error(error)
            raise typer.Exit(USAGE) from error
        except KeyboardInterrupt as error:
            sys.stderr.write(
                "\nStopped. Finished stages are kept; the same command goes on from where it stopped.\n"
            )
            raise typer.Exit(STOPPED) from error


app = typer.Typer(
    name="langret",
    cls=_Verbs,
    help="A language and a recipe in; dense and ColBERT retrievers out, with proof of what they are worth.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from langret import __version__

        typer.echo(f"langret {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    recipe: RecipeArgument,
    changes: SetOption = None,
    runs: RunsOption = Path("runs"),
    devices: Annotated[
        int, typer.Option("--devices", min=1, metavar="N", help="GPUs of this machine to train on.")
    ] = 1,
    seeds: Annotated[
        int,
        typer.Option("--seeds", min=1, metavar="N", help="Run with N seeds: mean and spread of every score."),
    ] = 1,
) -> None:
    """Run a recipe, or go on with it."""
    from langret.cli import recipes as verbs

    verbs.run(recipe, changes or [], runs, devices, seeds)


@app.command()
def plan(recipe: RecipeArgument, changes: SetOption = None, runs: RunsOption = Path("runs")) -> None:
    """Show stages, what is cached, what it costs."""
    from langret.cli import recipes as verbs

    verbs.plan(recipe, changes or [], runs)


@app.command()
def check(recipe: RecipeArgument, changes: SetOption = None, runs: RunsOption = Path("runs")) -> None:
    """Find every mistake before anything runs."""
    from langret.cli import recipes as verbs

    verbs.check(recipe, changes or [], runs)


@app.command()
def recipes() -> None:
    """List the recipes that come along."""
    from langret.cli import recipes as verbs

    verbs.recipes()


@app.command()
def init(
    language: Annotated[
        str, typer.Argument(metavar="LANG", help="Language code, such as ja (langret languages).")
    ],
    data: Annotated[
        Path, typer.Option("--data", metavar="FILE|FOLDER", help="Your documents, pairs or questions.")
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="Where to write it.")] = Path(
        "recipe.yaml"
    ),
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a recipe for your own data."""
    from langret.cli.init import init

    init(language, data, output, force)


@app.command()
def lock(recipe: RecipeArgument, changes: SetOption = None) -> None:
    """Pin the revisions of hub models and data."""
    from langret.cli import recipes as verbs

    verbs.lock(recipe, changes or [])


for _verb in (
    model_verbs.evaluate,
    model_verbs.cost,
    model_verbs.mteb,
    model_verbs.export,
    model_verbs.light,
    model_verbs.search,
    model_verbs.serve,
):
    app.command()(_verb)


@app.command()
def report(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="A run folder, such as runs/quickstart-ja; finished or not.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="The page. Default: report.html in RUN.")
    ] = None,
    show: ShowOption = 5,
) -> None:
    """Write a page on a run: data, training, results."""
    from langret.cli.reports import report

    report(run, output, show)


@app.command()
def compare(
    runs: Annotated[
        list[Path], typer.Argument(metavar="RUN...", help="Run folders; the first is the one to beat.")
    ],
    page: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the comparison as a page too.")
    ] = None,
) -> None:
    """Put the results of runs side by side."""
    from langret.cli.reports import compare

    compare(runs, page)


@app.command()
def push(
    place: Annotated[
        Path, typer.Argument(metavar="RUN[/MEMBER]", help="A finished run, or one member's folder in it.")
    ],
    repository: Annotated[
        str,
        typer.Argument(
            metavar="REPO", help="OWNER/NAME on the hub; several members go to OWNER/NAME-MEMBER."
        ),
    ],
    private: Annotated[bool, typer.Option("--private", help="Make a new repository private.")] = False,
    revision: Annotated[
        str, typer.Option("--revision", metavar="BRANCH", help="Branch to commit to.")
    ] = "main",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list files and sizes.")] = False,
    accept_licences: Annotated[
        bool,
        typer.Option("--accept-licences", help="Send it although a licence of its data forbids derivatives."),
    ] = False,
) -> None:
    """Publish models on the Hugging Face hub."""
    from langret.cli.push import push

    push(place, repository, private, revision, dry_run, accept_licences)


@app.command()
def synthesize(
    what: WhatArgument,
    language: DataLanguageOption = None,
    output: SetFolderOption = None,
    changes: SetOption = None,
    runs: RunsOption = Path("runs"),
    show: ShowOption = 3,
    dry_run: DryRunOption = False,
) -> None:
    """Write training pairs from documents alone."""
    from langret.cli.funnel import synthesize

    synthesize(what, language, output, changes or [], runs, show, dry_run)


@app.command()
def mine(
    what: WhatArgument,
    language: DataLanguageOption = None,
    output: SetFolderOption = None,
    changes: SetOption = None,
    runs: RunsOption = Path("runs"),
    show: ShowOption = 3,
) -> None:
    """Mine hard negatives, from a recipe or for your own data."""
    from langret.cli.funnel import mine

    mine(what, language, output, changes or [], runs, show)


@app.command()
def judge(
    what: WhatArgument,
    language: DataLanguageOption = None,
    output: SetFolderOption = None,
    changes: SetOption = None,
    runs: RunsOption = Path("runs"),
    show: ShowOption = 3,
    dry_run: DryRunOption = False,
) -> None:
    """Mine, and let judges find the false negatives."""
    from langret.cli.funnel import judge

    judge(what, language, output, changes or [], runs, show, dry_run)


@app.command()
def prune(
    recipe: RecipeArgument,
    changes: SetOption = None,
    runs: RunsOption = Path("runs"),
    member: Annotated[
        str | None,
        typer.Option("--member", metavar="NAME", help="The member to train. Default: the first."),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, metavar="N", help="Trainings of each choice of sets.")
    ] = 3,
    json: JsonOption = False,
) -> None:
    """Say what each training set is worth."""
    from langret.cli import recipes as verbs

    verbs.prune(recipe, changes or [], runs, member, seeds, json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of recipes."""
    from langret.recipe.jsonschema import schema_text

    sys.stdout.write(schema_text())


@app.command()
def languages() -> None:
    """List the installed languages."""
    from langret.cli.languages import languages

    languages()


@app.command()
def language(
    code: Annotated[
        str, typer.Argument(metavar="LANG", help="Language code, such as ja (langret languages).")
    ],
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Any text. Default: the plugin's own examples.")
    ] = None,
    tokenizer: Annotated[
        str | None,
        typer.Option(
            "--tokenizer", metavar="MODEL", help="Also show what this model's tokenizer makes of it."
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show what a model and BM25 see of a text."""
    from langret.cli.languages import language

    language(code, text, tokenizer, json)


@app.command("new-language")
def new_language(
    code: Annotated[str, typer.Argument(metavar="CODE", help="ISO 639 code, such as sw.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="English name.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FOLDER", help="Default: langret-CODE.")
    ] = None,
) -> None:
    """Write a plugin package for a language."""
    from langret.cli.languages import new_language

    new_language(code, name, output)


def main() -> int:
    """Run the command line.

    Returns:
        0; 1 after a bug, whose traceback is shown; 2 after a mistake of the user; 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1 if exit_.code else 0
    except Exception:
        import traceback

        traceback.print_exc()
        sys.stderr.write(
            "\nThis is a bug in langret. Please report it with the lines above and the command.\n"
        )
        return 1
    return 0

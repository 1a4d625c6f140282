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


@app.command()
def evaluate(
    model: ModelArgument,
    benchmark: Annotated[
        str,
        typer.Option(
            "--benchmark",
            metavar="FOLDER_OR_NAME",
            help="A BEIR folder, a name of the catalogue, or a recipe: all its benchmarks.",
        ),
    ],
    language: LanguageOption = None,
    task: Annotated[
        str | None,
        typer.Option(
            "--task",
            metavar="NAME",
            help="What is asked: retrieval, reranking, sts, clustering, … Default: retrieval.",
        ),
    ] = None,
    metrics: Annotated[
        list[str] | None,
        typer.Option(
            "--metrics",
            metavar="NAME",
            help="ir-measures name such as nDCG@10; repeat or separate by commas.",
        ),
    ] = None,
    baseline: Annotated[
        list[str] | None,
        typer.Option(
            "--baseline",
            metavar="NAME",
            help="bm25, bag_of_words, a model, or none; repeat for more. Default: bm25.",
        ),
    ] = None,
    fusion: Annotated[
        bool, typer.Option("--fusion", help="Measure the model also fused with BM25 by reciprocal rank.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Measure a model beside BM25 or others."""
    from langret.cli.models import evaluate

    baselines = ["bm25"] if baseline is None else baseline
    evaluate(model, benchmark, language, task, metrics or [], baselines, fusion, json)


@app.command()
def cost(
    models: Annotated[
        list[str], typer.Argument(metavar="MODEL...", help="Model folders or hub names, dense or ColBERT.")
    ],
    benchmark: Annotated[
        str,
        typer.Option(
            "--benchmark",
            metavar="FOLDER_OR_NAME",
            help="A BEIR folder, a name of the catalogue, or a recipe: all its benchmarks.",
        ),
    ],
    language: LanguageOption = None,
    searches: Annotated[
        list[str] | None,
        typer.Option(
            "--search",
            metavar="NAME",
            help="exact, int8, cut:N; dense: binary, hnsw, ivf; ColBERT: pool:N, plaid. Repeat or separate by commas.",
        ),
    ] = None,
    weights: Annotated[
        list[str] | None,
        typer.Option(
            "--weights",
            metavar="NAME",
            help="Measure the model with smaller weights, too: bf16, int8, or int4 on a GPU.",
        ),
    ] = None,
    queries: Annotated[
        int, typer.Option("--queries", min=1, metavar="N", help="Ask at most so many queries.")
    ] = 500,
    page: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with charts too.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Measure what search costs beside what it finds."""
    from langret.cli.cost import cost

    cost(models, benchmark, language, searches or [], weights or [], queries, page, json)


@app.command()
def mteb(
    model: ModelArgument,
    tasks: Annotated[
        list[str] | None,
        typer.Argument(metavar="TASK", help="Tasks of mteb. Default: list those of the language."),
    ] = None,
    language: LanguageOption = None,
    output: Annotated[
        Path, typer.Option("--output", metavar="FOLDER", help="Where results are kept, in mteb's layout.")
    ] = Path("mteb"),
    json: JsonOption = False,
) -> None:
    """Run official tasks of mteb on a model."""
    from langret.cli.models import mteb

    mteb(model, tasks or [], language, output, json)


@app.command()
def export(
    model: ModelArgument,
    form: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORM",
            help="plain (sentence-transformers, PyLate), stanford (RAGatouille) or onnx (onnxruntime).",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER", help="The folder to write.")],
) -> None:
    """Write a model for readers without langret."""
    from langret.cli.models import export

    export(model, form, output)


@app.command()
def light(
    benchmark: Annotated[
        str,
        typer.Argument(
            metavar="BENCHMARK", help="A BEIR folder or another benchmark, or a name of the catalogue."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the light set, with its card."),
    ],
    language: LanguageOption = None,
    pool: Annotated[
        list[str] | None,
        typer.Option(
            "--pool",
            metavar="NAME",
            help="bm25, bag_of_words or a model whose best passages are kept; repeat for more. Default: bm25.",
        ),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            "--compare",
            metavar="NAME",
            help="Another system to compare the order on both sets by; repeat for more.",
        ),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", metavar="N", help="Best passages of each system.")] = 50,
    queries: Annotated[int, typer.Option("--queries", metavar="N", help="Queries to keep at most.")] = 200,
    others: Annotated[int, typer.Option("--others", metavar="N", help="Passages to add by lot.")] = 200,
    metric: Annotated[
        str, typer.Option("--metric", metavar="NAME", help="What systems are compared by.")
    ] = "nDCG@10",
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="Seed of the draws.")] = None,
    json: JsonOption = False,
) -> None:
    """Make a small benchmark from a large one."""
    from langret.cli.light import light

    light(
        benchmark,
        output,
        language,
        pool or ["bm25"],
        compare or [],
        depth,
        queries,
        others,
        metric,
        seed,
        json,
    )


@app.command()
def search(
    model: ModelArgument,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="The question.")],
    documents: Annotated[
        Path, typer.Option("--documents", metavar="FOLDER", help="What to search in: any readable format.")
    ],
    k: Annotated[int, typer.Option("-k", "--top", min=1, help="Passages to show.")] = 10,
    language: LanguageOption = None,
    json: JsonOption = False,
) -> None:
    """Search documents and show what matched."""
    from langret.cli.models import search

    search(model, query, documents, k, language, json)


@app.command()
def serve(
    target: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="A run folder, such as runs/quickstart-ja, or a model folder."),
    ],
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            metavar="FOLDER",
            help="What to search in: any readable format. Default: the run's first benchmark.",
        ),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help="Where to listen; another than this one opens it to the network.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port; 0: any that is free.")
    ] = 7310,
    judgements: Annotated[
        Path | None,
        typer.Option(
            "--judgements",
            metavar="FOLDER",
            help="Where judgements are saved. Default: judgements/NAME in RUN, a folder for each set of documents.",
        ),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option("--judge", metavar="NAME", help="Who judges. Default: your name on this machine."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Open a page to search and judge results."""
    from langret.cli.serve import serve

    serve(target, documents, host, port, judgements, judge, language)


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

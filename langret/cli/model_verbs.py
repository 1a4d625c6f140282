"""The verbs that take a model or a benchmark: their options as the command line shows them.

``main`` registers them. Nothing heavy is imported here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from langret.cli.options import JsonOption, LanguageOption, ModelArgument


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

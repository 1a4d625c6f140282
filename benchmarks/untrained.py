"""What new heads over an encoder from nothing know before any training: nDCG@10 on JaQuAD dev, beside BM25.

    python benchmarks/untrained.py

Rows are the same random encoder with and without the lexical starts of ``langret.modeling.lexical``: for a dense head
the weights alone (``idf``) and the weights over a first layer that saturates (``bm25``), for ColBERT the tilt.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from statistics import mean

from _machine import save

SEED = 13
STARTS = (
    ("dense", "mean", "random"),
    ("dense", "idf", "idf"),
    ("dense", "bm25", "bm25"),
    ("colbert", None, "random"),
    ("colbert", None, "tilted"),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--queries", type=int, default=1000, help="questions of the benchmark to ask")
    parser.add_argument("--hidden", type=int, nargs="+", default=[256, 768])
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()

    from langret.data import clean, read_source
    from langret.data.records import full_text
    from langret.evaluation import rank, rank_bm25, score
    from langret.language import get_language
    from langret.modeling import Retriever, build_member, new_backbone
    from langret.recipe.schema import BenchmarkSource, Filters, Member, Scratch, Source
    from langret.tokenizer import encode_texts, train_tokenizer

    root = Path(os.environ.get("LANGRET_DATA", "../shared/data")) / "ja" / "jaquad"
    language = get_language("ja")
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train = clean(
            read_source(Source(path=str(root / "train")), base=Path(), language=language, seed=SEED),
            language,
            Filters(),
            folder=folder / "train",
        )
        dev = clean(
            read_source(
                BenchmarkSource(name="dev", path=str(root / "dev")), base=Path(), language=language, seed=SEED
            ),
            language,
            Filters(),
            role="benchmark",
            folder=folder / "dev",
        )
        texts = [full_text(p.title, p.text) for p in train.kept_passages()]
        tokenizer = train_tokenizer(language, texts, 24_000)
        tokenizer.save_pretrained(folder / "tokenizer")
        ids = encode_texts(texts, folder / "tokenizer", folder / "ids", language=language)
        queries, passages = list(dev.kept_queries())[: given.queries], list(dev.kept_passages())

        def measure(row: str, run: dict) -> None:
            values = score(run, dev, ["nDCG@10"])["nDCG@10"]
            results[row] = round(mean(values[query.id] for query in queries), 4)
            print(f"{row:<36}{results[row]:.3f}", flush=True)

        measure("bm25", rank_bm25(language, queries, passages, 100))
        for hidden in given.hidden:
            shape = Scratch(
                layers=1, hidden=hidden, heads=hidden // 64, intermediate=256, vocabulary=len(tokenizer)
            )
            backbone = new_backbone(shape, tokenizer, language, folder / f"b{hidden}", seed=SEED)
            lengths = {"query_tokens": 40, "passage_tokens": 400}
            for head, pooling, start in STARTS:
                model = build_member(
                    backbone,
                    Member(head=head, pooling=pooling),
                    language,
                    **lengths,
                    seed=SEED,
                    from_scratch=start != "random",
                    passages=ids,
                )
                retriever = Retriever(model, name=head, language=language, **lengths)
                measure(f"{head}, {start}, hidden {hidden}", rank(retriever, queries, passages, 100))
    if not given.no_save:
        save("untrained", {"queries": len(queries), "passages": len(passages), "ndcg@10": results})


if __name__ == "__main__":
    main()

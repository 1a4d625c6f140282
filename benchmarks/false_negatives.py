"""How many hard negatives are false, and what rules find: BM25 candidates of generated worlds, whose truth is known.

    python benchmarks/false_negatives.py [LANGUAGE ...]

A training question of a world has one labelled positive; all other passages that state the fact are false negatives.
Rows are settings of one BM25 miner, four negatives a question.
"""

from __future__ import annotations

import argparse

from _machine import save

SETTINGS: tuple[tuple[str, float | None, int], ...] = (
    ("no rule", None, 1),
    ("max_of_positive: 0.95", 0.95, 1),
    ("max_of_positive: 0.9", 0.9, 1),
    ("max_of_positive: 0.8", 0.8, 1),
    ("max_of_positive: 0.6", 0.6, 1),
    ("first: 5", None, 5),
    ("first: 10", None, 10),
)
PER_QUERY, LAST, SEED = 4, 50, 13


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("languages", nargs="*", default=["ar", "en", "ja"])
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()

    from langret.judging import false_negative_report
    from langret.language import get_language
    from langret.mining import BM25Index, select_negatives
    from langret.recipe.schema import Miner, Negatives
    from langret.synthesis import build_world, world_truth

    found = {}
    for code in given.languages:
        language = get_language(code)
        world, truth = build_world(language, "train"), world_truth(language)
        labelled = world.positives()
        queries = [query for query in world.kept_queries() if query.id in labelled]
        index = BM25Index.build(language, world.kept_passages())
        scores = {"bm25": index.positive_scores(queries, labelled)}
        candidates = index.search(queries, LAST + 10)
        print(f"{code}: {len(queries)} questions\n{'':<24} kept a question   false   found by the rule")
        for name, limit, first in SETTINGS:
            miner = Miner(kind="bm25", first=first, last=LAST)
            rules = Negatives(miners=[miner], per_query=PER_QUERY, max_of_positive=limit)
            report = false_negative_report(
                select_negatives(candidates, labelled, scores, rules, SEED), truth, labelled
            )
            kept = report["kept"]
            rule = report["rules"].get("above_positive" if limit else "rank", {})
            recall = rule.get("recall") if name != "no rule" else None
            found[f"{code}, {name}"] = {
                "kept_a_question": kept["rows"] / len(queries),
                "false": kept["share"],
                "recall": recall,
                "precision": rule.get("precision") if recall is not None else None,
            }
            print(
                f"{name:<24} {kept['rows'] / len(queries):>15.2f} {kept['share']:>7.1%}"
                + (f" {recall:>19.1%}" if recall is not None else "")
            )
    if not given.no_save:
        save("false_negatives", {"settings": found})


if __name__ == "__main__":
    main()

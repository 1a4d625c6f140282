"""What langret's recipes are worth beside the plain scripts of the libraries' documentation, and beside BM25.

    python benchmarks/quality.py [--only th id/dense] [--runs runs]

For Japanese (JaQuAD), Thai (iApp Wiki QA) and Indonesian (IDK-MRC), and for both heads, the sides train on the same
questions, and on as many of them, repetitions counted:

- ``langret``: the shipped recipe (recipes/ja/jaquad-small, th/iapp, id/idk-mrc).
- ``plain``: the script of the documentation (``_plain_scripts.py``): for ``dense`` that of sentence-transformers with
  MultipleNegativesRankingLoss, for ``colbert`` that of PyLate with losses.Contrastive. Triplets, batches of 32, the
  negative is BM25's best passage that is no answer. Of several learning rates the best on the benchmark itself counts.
- ``bare``: the same script from the encoder as it was before the recipe's pretraining on weak pairs, at the rate that
  was best for ``plain``: what one gets without langret. It has seen as many questions, and no weak pairs.
- BM25 with the analyzer of the language's plugin.

Shared by langret and the plain script, because the plain script starts from the folder in which the recipe left its
encoder: tokenizer, shape and weights after its pretraining; the training questions, their passages, the lengths, and
the text, normalised and segmented beforehand for the plain script by the plugin. Not shared, because it is what langret
adds: how the heads begin (word matchers), which passages share a batch, masking of known positives, temperature,
learning rate, batch size (and so the number of steps).

All are measured by ``langret.evaluation``, over the passages of the benchmark, and of th and id also over the training
passages with them (``wide``), because 190 or 358 passages leave BM25 little to miss. Every part (set, head, side)
runs in a process of its own and is kept under ``runs/quality``; what has not changed is not run again. Intervals are
95 % bootstraps, p-values of a paired randomisation test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from _machine import save
from _quality import HEADS, METRICS, RATES, ROOT, SETS, Bench, finished, parts_of, run_part

AIM = 0.05


def compared(parts: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """Scores of each side with intervals, and what langret is ahead of each other side."""
    from langret.evaluation import compare, interval

    found: dict[str, Any] = {}
    for pool in parts[0]["values"]:
        values = {p["part"].partition("/")[2]: p["values"][pool] for p in parts}
        rows: dict[str, Any] = {}
        for name, mine in values.items():
            means = {metric: round(_mean(mine[metric]), 4) for metric in METRICS}
            low, high = interval(mine[METRICS[0]].values(), seed)
            rows[name] = {**means, "low": round(low, 4), "high": round(high, 4)}
        ahead = {}
        for head in HEADS:
            plain = [name for name in rows if name.startswith(f"{head}/plain")]
            best = max(plain, key=lambda name: rows[name][METRICS[0]], default=None)
            bare = next((name for name in rows if name.startswith(f"{head}/bare")), None)
            for other in (best, bare, "bm25"):
                if other in values and f"{head}/langret" in values:
                    test = compare(values[f"{head}/langret"][METRICS[0]], values[other][METRICS[0]], seed)
                    ahead[f"{head}: langret - {other}"] = {
                        "difference": round(test.difference, 4),
                        "low": round(test.low, 4),
                        "high": round(test.high, 4),
                        "p_value": round(test.p_value, 5),
                    }
        queries = len(next(iter(values.values()))[METRICS[0]])
        passages = parts[0]["values"][pool]["passages"]
        found[pool] = {"queries": queries, "passages": passages, "systems": rows, "ahead": ahead}
    return found


def _mean(values: dict[str, float]) -> float:
    return sum(values.values()) / len(values)


def table(name: str, pools: dict[str, Any], parts: list[dict[str, Any]]) -> str:
    """The comparison of one set for people."""
    facts = {p["part"].partition("/")[2]: p for p in parts}
    lines = []
    for pool, found in pools.items():
        among = f"{found['passages']:,} passages" + (" (with those of training)" if pool == "wide" else "")
        lines.append(f"{name}: {found['queries']:,} questions, {among}")
        lines.append(f"{'':<22}{'nDCG@10':>22}{'R@1':>8}{'R@10':>8}{'pairs seen':>12}{'minutes':>9}")
        for system, row in found["systems"].items():
            own = facts[system]
            cells = f"{row['nDCG@10']:.3f} [{row['low']:.3f}, {row['high']:.3f}]".rjust(22)
            seen = f"{own['pairs']:,}" if "pairs" in own else ""
            minutes = f"{own['training_seconds'] / 60:.1f}" if "training_seconds" in own else ""
            lines.append(f"{system:<22}{cells}{row['R@1']:>8.3f}{row['R@10']:>8.3f}{seen:>12}{minutes:>9}")
        for pair, test in found["ahead"].items():
            mark = f"{100 * test['difference']:+.1f} [{100 * test['low']:+.1f}, {100 * test['high']:+.1f}]"
            lines.append(f"  {pair:<36}{mark:>22}  p = {test['p_value']:.4f}")
        lines.append("")
    return "\n".join(lines)


def machines(results: dict[str, Any]) -> str:
    """Which chip computed what."""
    chips: dict[str, list[str]] = {}
    for one in results.values():
        for part, cost in one["costs"].items():
            chips.setdefault(cost["chip"], []).append(part)
    if len(chips) == 1:
        return f"On {next(iter(chips))}."
    main, *others = sorted(chips, key=lambda name: -len(chips[name]))
    return f"On {main}; " + "; ".join(f"{', '.join(chips[name])} on {name}" for name in others) + "."


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", nargs="+", default=[""], help="parts whose names begin so, such as th/dense"
    )
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--no-save", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    results, text = {}, []
    for one in SETS:
        chosen = list(parts_of(one))
        if given.child:
            for part in chosen:
                if part.name == given.child:
                    run_part(part, given.runs)
            continue
        bench, rows = Bench(one, given.runs), []
        for part in chosen:
            row = finished(part, bench)
            if row is None and part.name.startswith(tuple(given.only)):
                command = [sys.executable, __file__, "--child", part.name, "--runs", str(given.runs)]
                subprocess.run(command, check=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})
                row = finished(part, bench)
            if row is not None:
                rows.append(row)
        if rows:
            pools = compared(rows, bench.recipe.seed)
            costs = {
                r["part"]: {k: v for k, v in r.items() if k not in ("values", "stamp", "part")} for r in rows
            }
            results[one.name] = {"recipe": one.recipe, "pools": pools, "costs": costs}
            text.append(table(one.name, pools, rows))
            print(text[-1], flush=True)
    if results and not given.no_save:
        save("quality", {"metrics": METRICS, "aim": AIM, "plain_rates": RATES, "sets": results})
        head = "$ python benchmarks/quality.py\n\n"
        (ROOT / "docs" / "_results" / "quality.txt").write_text(
            f"{head}{''.join(t + chr(10) for t in text)}{machines(results)}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()

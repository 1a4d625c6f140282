"""How long a person waits for the command line: help, a plan, and a finished recipe run again.

    python benchmarks/startup.py [--runs runs] [--recipe recipes/quickstart/ja.yaml] [--times 5]

Each command is a fresh process; the median counts. Targets: ``langret --help`` in 0.4 s, ``langret plan`` in 2 s, a
finished recipe again in 5 s. Where ``--runs`` does not hold the recipe finished, it is run to its end first; that takes
minutes and is not measured.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from _machine import save

ROOT = Path(__file__).parent.parent
LANGRET = Path(sys.executable).parent / "langret"


def seconds(*arguments: str) -> float:
    """Time of one process; its failure ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run([str(LANGRET), *arguments], cwd=ROOT, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"langret {' '.join(arguments)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return taken


def finished(recipe: str, runs: str) -> bool:
    """Whether the plan says that nothing is to do."""
    plan = subprocess.run(
        [str(LANGRET), "plan", recipe, "--runs", runs], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return "Everything is finished." in plan.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", default="runs", help="folder of runs, from the project's root")
    parser.add_argument("--recipe", default="recipes/quickstart/ja.yaml")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--no-run", action="store_true", help="leave the finished recipe out")
    parser.add_argument("--no-save", action="store_true", help="print only, for trying it out")
    options = parser.parse_args()
    recipe = (options.recipe, "--runs", options.runs)
    measured: dict[str, tuple[float, tuple[str, ...]]] = {
        "help": (0.4, ("--help",)),
        "plan": (2.0, ("plan", *recipe)),
    }
    if not options.no_run:
        if not finished(options.recipe, options.runs):
            print("running the recipe to its end first", flush=True)
            seconds("run", *recipe)
        measured["finished_recipe_again"] = (5.0, ("run", *recipe))
    results: dict[str, object] = {}
    for name, (target, arguments) in measured.items():
        taken = [seconds(*arguments) for _ in range(options.times)]
        median = statistics.median(taken)
        print(f"{name}: {median:.2f} s (target {target} s; {min(taken):.2f} to {max(taken):.2f})", flush=True)
        results[name] = {
            "command": f"langret {' '.join(arguments)}",
            "seconds": [round(t, 3) for t in taken],
            "median_seconds": round(median, 3),
            "target_seconds": target,
        }
    if not options.no_save:
        save("startup", results)


if __name__ == "__main__":
    main()

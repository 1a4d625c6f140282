"""Run a recipe and keep what it measured: scores, times of the stages, and the machine.

    python benchmarks/recipes.py recipes/ja/jaquad.yaml

The table goes to docs/_results/, the figures to benchmarks/results/.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from _machine import chip, save

ROOT = Path(__file__).parent.parent


def stages_of(folder: Path) -> list[dict]:
    """Finished stages of a run folder in the order in which they finished, of each name the last one."""
    found = [
        json.loads(path.read_text(encoding="utf-8")) for path in (folder / "stages").glob("*/stage.json")
    ]
    found.sort(key=lambda stage: stage["finished"])
    return list({stage["name"]: stage for stage in found}.values())


def table(results: list[dict]) -> str:
    """One block a benchmark, systems down and metrics across, the interval behind the first metric."""
    lines = []
    for benchmark in dict.fromkeys(r["benchmark"] for r in results):
        rows = [r for r in results if r["benchmark"] == benchmark]
        metrics = list(dict.fromkeys(r["metric"] for r in rows))
        heads = [f"{metrics[0]:>22}", *(f"{m:>11}" for m in metrics[1:])]
        lines.append(f"{benchmark}: {rows[0]['n']:,} queries, {rows[0]['passages']:,} passages")
        lines.append(f"{'':<10}{''.join(heads)}")
        for member in dict.fromkeys(r["member"] for r in rows):
            own = {r["metric"]: r for r in rows if r["member"] == member}
            first = own[metrics[0]]
            cells = [f"{first['value']:.3f} [{first['low']:.3f}, {first['high']:.3f}]".rjust(22)]
            cells += [f"{own[m]['value']:>11.3f}" for m in metrics[1:]]
            lines.append(f"{member:<10}{''.join(cells)}")
    return "\n".join(lines)


def summary(name: str, command: str, folder: Path) -> str:
    """The text that goes into the documentation."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))["results"]
    stages = stages_of(folder)
    total = sum(stage["seconds"] for stage in stages)
    slow = [s for s in stages if s["seconds"] >= 5]
    save(
        f"recipe_{name}",
        {
            "command": command,
            "seconds": round(total, 1),
            "stages": {s["name"]: s["seconds"] for s in stages},
            "results": results,
        },
    )
    times = "\n".join(f"  {s['title']:<44}{s['seconds'] / 60:6.1f} min" for s in slow)
    return (
        f"$ {command}\n\n{table(results)}\n\n"
        f"On {chip()}, {stages[-1]['finished'][:10]}. "
        f"{total / 60:.1f} minutes in all, of which:\n{times}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--name", help="name of the result; default: the run's")
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--no-run", action="store_true", help="only write down what a finished run measured")
    given = parser.parse_args()
    from langret.recipe import load_recipe

    run = load_recipe(given.recipe).recipe.name
    command = f"langret run {given.recipe}"
    if not given.no_run:
        program = [sys.executable, "-m", "langret"]
        subprocess.run([*program, "run", str(given.recipe), "--runs", str(given.runs)], check=True)
    name = given.name or run
    text = summary(name, command, given.runs / run)
    (ROOT / "docs" / "_results" / f"{name}.txt").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

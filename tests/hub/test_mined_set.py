"""A mined set on the hub: uploaded as it lies in its folder, taken by name, pinned by the lock file."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

MINE = """
import json
from pathlib import Path
from typer.testing import CliRunner
from langret.cli.main import app
def mine(*args):
    done = CliRunner().invoke(app, ["mine", *args])
    assert done.exit_code == 0, done.output
    return done.stdout
def pairs(folder):
    import pyarrow.parquet as pq
    rows = pq.read_table(Path(folder) / "qrels" / "train.parquet").to_pylist()
    return sorted([r["query-id"], r["corpus-id"]] for r in rows if not r["score"])
"""


def test_a_set_of_the_hub_is_locked_and_gives_its_negatives(standin_hub, client, tmp_path: Path) -> None:
    rows = [
        {"query": f"町{i}の駅はいつできたか", "positive": f"町{i}の駅は{1900 + i}年に建った。"}
        for i in range(12)
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "pairs.jsonl").write_text(text, encoding="utf-8")
    first = client(
        MINE
        + """
mine("pairs.jsonl", "--language", "ja", "--output", "set", "--set", "negatives.per_query=2")
print(json.dumps(pairs("set")))"""
    )
    assert len(first) == 24
    commit = standin_hub.add_dataset("someone/town-negatives", tmp_path / "set")
    recipe = {"name": "town", "language": "ja", "negatives": "someone/town-negatives"}
    recipe["data"] = {"train": [{"path": "pairs.jsonl"}], "holdout": 0}
    (tmp_path / "town.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    again = client(MINE + 'mine("town.yaml", "--output", "taken")\nprint(json.dumps(pairs("taken")))')
    assert again == first
    lock = yaml.safe_load((tmp_path / "town.lock.yaml").read_text(encoding="utf-8"))
    assert lock["datasets"] == {"someone/town-negatives": commit}
    # the repository moves on; the lock holds
    standin_hub.bump("datasets", "someone/town-negatives", {"corpus.parquet": b"broken"})
    code = 'mine("town.yaml", "--output", "later", "--runs", "other")\nprint(json.dumps(pairs("later")))'
    assert client(MINE + code) == first
    card = (tmp_path / "later" / "README.md").read_text(encoding="utf-8")
    assert f"someone/town-negatives@{commit}" in card

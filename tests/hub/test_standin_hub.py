"""The real clients against the stand-in: locks, revisions, layouts of the data sets that recipes name."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

READ = """
import json
from pathlib import Path
from langret.data import read_source
from langret.language import get_language
from langret.recipe.schema import Source, BenchmarkSource
def read(made=Source, **given):
    c = read_source(made(**given), base=Path("."), language=get_language("ja"), seed=1)
    texts = dict(zip(c.passages["id"].to_pylist(), c.passages["text"].to_pylist()))
    return {
        "passages": texts,
        "queries": dict(zip(c.queries["id"].to_pylist(), c.queries["text"].to_pylist())),
        "judgements": sorted([j.query_id, j.passage_id, j.relevance] for j in c.kept_judgements()),
        "funnel": c.funnel(),
    }
def fails(**given):
    try:
        read(**given)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
"""

MMARCO = {
    "data/google/collections/japanese_collection.tsv": (
        '0\t東京は日本の首都である。\n1\t大阪は西日本の都市である。\n2\t"京都"は古い都である。\n'
    ),
    "data/google/queries/train/japanese_queries.train.tsv": (
        "10\t日本の首都はどこか\n11\t古い都はどこか\n12\t誰も答えない問い\n"
    ),
    "data/google/queries/train/french_queries.train.tsv": "10\tQuelle est la capitale\n",
    "data/triples.train.ids.small.tsv": "10\t0\t1\n10\t0\t2\n11\t2\t1\n",
    "mmarco.py": "raise SystemExit('a script that must never run')\n",
}


def as_bytes(files: dict[str, str]) -> dict[str, bytes]:
    return {k: v.encode() for k, v in files.items()}


def parquet(rows: list[dict[str, object]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def test_hub_mmarco_is_read_by_file(standin_hub, client):
    standin_hub.add_dataset("unicamp-dl/mmarco", as_bytes(MMARCO))
    got = client(READ + "print(json.dumps(read(hub='unicamp-dl/mmarco')))")
    assert got["passages"]["2"] == '"京都"は古い都である。'
    assert got["queries"]["10"] == "日本の首都はどこか"
    assert got["judgements"] == [
        ["10", "0", 1],
        ["10", "1", 0],
        ["10", "2", 0],
        ["11", "1", 0],
        ["11", "2", 1],
    ]
    assert got["funnel"]["queries"] == {"in": 3, "kept": 2, "no_positive": 1}
    fetched = [r for r in standin_hub.requests if "/resolve/" in r]
    assert not any("french" in r or "mmarco.py" in r for r in fetched), (
        "only the language's files are fetched"
    )


def test_hub_hard_negative_lists_and_revisions(standin_hub, client):
    name = "bclavie/mmarco-japanese-hard-negatives"
    row = {"query": "首都は", "positives": ["東京が首都である。"], "negatives": ["大阪の話。", "京都の話。"]}
    first = standin_hub.add_dataset(name, {"data/train-00000-of-00001.parquet": parquet([row])})
    second = standin_hub.bump(
        "datasets", name, {"data/train-00000-of-00001.parquet": parquet([{**row, "query": "新しい問い"}])}
    )
    assert first != second
    code = f"print(json.dumps([read(hub={name!r}, revision=r) for r in ({first!r}, None)]))"
    old, new = client(READ + code)
    assert list(old["queries"].values()) == ["首都は"], "the revision holds although the repository moved on"
    assert list(new["queries"].values()) == ["新しい問い"]
    assert sorted(j[2] for j in old["judgements"]) == [0, 0, 1]
    assert set(old["passages"]) == set(new["passages"]), "the same text has the same id"


def test_hub_benchmarks_in_parts_and_errors(standin_hub, client):
    parts = {
        "ja-corpus/dev-0.parquet": parquet([{"_id": "d1", "title": "東京", "text": "日本の首都。"}]),
        "ja-queries/dev-0.parquet": parquet([{"_id": "q1", "text": "首都は"}]),
        "ja-qrels/dev-0.parquet": parquet([{"query-id": "q1", "corpus-id": "d1", "score": 1}]),
        "fr-corpus/dev-0.parquet": parquet([{"_id": "x", "title": "", "text": "Paris"}]),
    }
    configs = "".join(
        f"- config_name: {c}\n  data_files:\n  - split: dev\n    path: {c}/dev-*\n"
        for c in ("ja-corpus", "ja-queries", "ja-qrels", "fr-corpus")
    )
    standin_hub.add_dataset(
        "mteb/MIRACLRetrieval", {**parts, "README.md": f"---\nconfigs:\n{configs}---\n".encode()}
    )
    beir = {
        "corpus.jsonl": json.dumps({"_id": "d", "title": "題", "text": "文"}, ensure_ascii=False),
        "queries.jsonl": json.dumps({"_id": "q", "text": "問い"}, ensure_ascii=False),
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq\td\t1\n",
    }
    standin_hub.add_dataset("someone/beir", as_bytes(beir))
    standin_hub.add_dataset("someone/script", {"script.py": b"raise SystemExit\n"})
    got = client(
        READ
        + """
print(json.dumps([
    read(BenchmarkSource, name="miracl", hub="mteb/MIRACLRetrieval"),
    read(BenchmarkSource, name="b", hub="someone/beir"),
    fails(hub="someone/none"),
    fails(hub="someone/beir", revision="f" * 40),
    fails(hub="someone/script"),
    fails(hub="mteb/MIRACLRetrieval", config="de"),
    fails(hub="unicamp-dl/mmarco", format="mmarco"),
]))"""
    )
    assert got[0]["judgements"] == [["q1", "d1", 1]]
    assert list(got[0]["passages"]) == ["d1"]
    assert got[1]["judgements"] == [["q", "d", 1]]
    assert got[2].startswith("DataError") and "none of this name" in got[2]
    assert "has no revision" in got[3]
    assert got[4].startswith("DataError") and "someone/script" in got[4]
    assert "no configuration 'de'" in got[5]
    assert "unicamp-dl/mmarco" in got[6]


def test_hub_benchmark_whose_passages_stand_in_several_splits(standin_hub, client):
    passages = [{"_id": f"d{i}", "title": "", "text": f"{i}番目の文。"} for i in range(4)]
    parts = {
        "corpus/train-0.parquet": parquet(passages),
        "corpus/test-0.parquet": parquet(passages[:1]),
        "queries/train-0.parquet": parquet([{"_id": "t", "text": "別の問い"}]),
        "queries/test-0.parquet": parquet([{"_id": "q", "text": "問い"}]),
        "qrels/test-0.parquet": parquet([{"query-id": "q", "corpus-id": "d0", "score": 1}]),
    }
    splits = {"corpus": ("train", "test"), "queries": ("train", "test"), "qrels": ("test",)}
    configs = "".join(
        f"- config_name: {c}\n  data_files:\n"
        + "".join(f"  - split: {s}\n    path: {c}/{s}-*\n" for s in found)
        for c, found in splits.items()
    )
    standin_hub.add_dataset(
        "someone/parts", {**parts, "README.md": f"---\nconfigs:\n{configs}---\n".encode()}
    )
    got = client(READ + "print(json.dumps(read(BenchmarkSource, name='b', hub='someone/parts')))")
    assert list(got["passages"]) == ["d0", "d1", "d2", "d3"]
    assert "rejected" not in got["funnel"]
    assert (list(got["queries"]), got["judgements"]) == (["q"], [["q", "d0", 1]])


def test_hub_lock_and_offline(standin_hub, client, tmp_path):
    standin_hub.add_dataset("unicamp-dl/mmarco", as_bytes(MMARCO))
    first = standin_hub.add_model(
        "tohoku-nlp/bert-base-japanese-v3", {"config.json": b'{"model_type": "bert"}'}
    )
    baseline = standin_hub.add_model("intfloat/multilingual-e5-small", {"config.json": b"{}"})
    code = """
import json, os
from pathlib import Path
from langret.recipe.lock import locked, lock_path, read_lock
from langret.recipe.schema import Recipe
recipe = Recipe.model_validate({
    "name": "r", "language": "ja", "data": {"train": [{"hub": "unicamp-dl/mmarco"}]},
    "backbone": {"pretrained": "tohoku-nlp/bert-base-japanese-v3"},
    "evaluation": {"baselines": ["bm25", "intfloat/multilingual-e5-small"]},
})
path = lock_path(Path("ja.yaml"))
done = locked(recipe, path, base=Path("."))
print(json.dumps([
    path.name, read_lock(path), done.backbone.revision, done.data.train[0].revision,
    done.evaluation.baselines,
]))"""
    name, lock, model, data, baselines = client(code)
    assert name == "ja.lock.yaml"
    assert model == first == lock["models"]["tohoku-nlp/bert-base-japanese-v3"]
    assert data == lock["datasets"]["unicamp-dl/mmarco"]
    assert baselines == ["bm25", f"intfloat/multilingual-e5-small@{baseline}"]

    moved = standin_hub.bump("models", "tohoku-nlp/bert-base-japanese-v3", {"config.json": b'{"new": 1}'})
    assert moved != first
    asked = len(standin_hub.requests)
    assert client(code)[2] == first, "the lock holds although the repository moved on"
    assert len(standin_hub.requests) == asked, "a complete lock asks the hub nothing"

    (tmp_path / "ja.lock.yaml").unlink()
    failing = code.replace("done = ", "try:\n    done = ").split("print")[0]
    failing += "except Exception as e:\n    print(json.dumps([type(e).__name__, str(e)]))"
    kind, message = client(failing, HF_HUB_OFFLINE="1")
    assert kind == "ModelError" and "HF_HUB_OFFLINE" in message
    assert not (tmp_path / "ja.lock.yaml").exists()


def test_hub_fetch_and_ranges(standin_hub, client):
    standin_hub.add_model(
        "someone/tiny", {"config.json": b"{}", "vocab.txt": b"[PAD]\n[UNK]", "big.bin": b"0"}
    )
    got = client(
        """
import json, os, urllib.request
from langret.data.hub import fetch, repository_files
folder = fetch("someone/tiny", "model", ["*.json", "vocab.txt"])
url = os.environ["HF_ENDPOINT"] + "/someone/tiny/resolve/main/vocab.txt"
part = urllib.request.urlopen(urllib.request.Request(url, headers={"Range": "bytes=1-3"}))
print(json.dumps([sorted(p.name for p in folder.iterdir()), repository_files("someone/tiny", "model"),
                  part.status, part.read().decode()]))"""
    )
    assert got == [["config.json", "vocab.txt"], ["big.bin", "config.json", "vocab.txt"], 206, "PAD"]


@pytest.mark.slow
def test_hub_serves_transformers(standin_hub, client, tmp_path):
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8
    )
    BertModel(config).save_pretrained(tmp_path / "tiny")
    (tmp_path / "tiny" / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "東", "京"])
    )
    (tmp_path / "tiny" / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    commit = standin_hub.add_model("someone/tiny", tmp_path / "tiny")
    standin_hub.bump("models", "someone/tiny", {"config.json": b"{}", "model.safetensors": b""})
    got = client(
        f"""
import json
from transformers import AutoModel, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("someone/tiny", revision={commit!r})
model = AutoModel.from_pretrained("someone/tiny", revision={commit!r})
print(json.dumps([len(tokenizer), model.config.hidden_size]))"""
    )
    assert got == [7, 8]


def test_hub_parallel_text_is_read_from_files_and_from_folders(standin_hub, client):
    files = {
        "lines/en.txt": "One.\nTwo.\n",
        "lines/ja.txt": "一。\n二。\n",
        "docs/en/a.md": "# Title\n\nText.\n",
        "docs/ja/a.md": "# 題名\n\n本文。\n",
        "docs/fi/a.md": "# Otsikko\n\nEi tätä.\n",
    }
    standin_hub.add_dataset("someone/parallel", as_bytes(files))

    def read(**sides):
        given = f"hub='someone/parallel', format='parallel', files={sides}"
        return client(READ + f"print(json.dumps(read({given})))")

    got = read(queries="lines/en.txt", passages="lines/ja.txt")
    assert sorted(got["passages"].values()) == ["一。", "二。"] and len(got["judgements"]) == 2
    got = read(queries="docs/en", passages="docs/ja/")
    assert got["passages"] == {"a.md": "本文。"} and list(got["queries"].values()) == ["Title"]
    assert not any("docs/fi" in request and "resolve" in request for request in standin_hub.requests)

"""The recipe of JaColBERT's paper, end to end: small repositories in the layouts of those that it names."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

RECIPE = Path(__file__).parents[2] / "recipes" / "papers" / "jacolbert.yaml"
BACKBONE = "tohoku-nlp/bert-base-japanese-v3"
MMARCO = "unicamp-dl/mmarco"
NEGATIVES = "bclavie/mmarco-japanese-hard-negatives"
JSQUAD, MIRACL, MRTYDI = "sbintuitions/JSQuAD", "mteb/MIRACLRetrieval", "mteb/mrtidy"
DATASETS = (MMARCO, NEGATIVES, JSQUAD, MIRACL, MRTYDI)
TOWNS = ("青木", "赤川", "白浜", "黒部", "金沢", "銀山", "緑町", "桜井", "松本", "竹原", "梅田", "柳川")
THINGS = {"駅": "鉄道", "橋": "川", "寺": "仏像", "港": "船"}
SMALL = (
    *("training.epochs=1", "training.batch_size=4", "training.passage_tokens=32"),
    *("training.query_tokens=16", "training.evaluations=1", "data.holdout=2"),
)


def passage(town: str, thing: str) -> str:
    return f"{town}の{thing}は町の北にあり、「{THINGS[thing]}」で知られている。"


def question(town: str, thing: str) -> str:
    return f"{town}の{thing}はどこにありますか？"


def japanese_bert(folder: Path, hidden: int = 16) -> None:
    """A tiny encoder in the layout of BACKBONE: weights for PyTorch's own loader, MeCab with unidic-lite, WordPiece."""
    import torch
    from transformers import BertConfig, BertForPreTraining

    from langret.language import get_language

    texts = [write(t, x) for t in TOWNS for x in THINGS for write in (passage, question)]
    words = sorted({word for text in texts for word in get_language("ja").segment(text)})
    characters = sorted({c for word in words for c in word} - set("緑"))  # one that the vocabulary lacks
    words = [word for word in words if "緑" not in word]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    pieces += [p for p in (*characters, *(f"##{c}" for c in characters)) if p not in words]
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=hidden,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    config.architectures = ["BertForPreTraining"]
    config.save_pretrained(folder)
    torch.save(BertForPreTraining(config).state_dict(), folder / "pytorch_model.bin")
    (folder / "tf_model.h5").write_bytes(b"weights of another library")
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    facts = {
        "tokenizer_class": "BertJapaneseTokenizer",
        "model_max_length": 64,
        "do_lower_case": False,
        "word_tokenizer_type": "mecab",
        "subword_tokenizer_type": "wordpiece",
        "mecab_kwargs": {"mecab_dic": "unidic_lite"},
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(facts), encoding="utf-8")


def parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def card(*configs: tuple[str, str, list[str]]) -> bytes:
    """The part of a data set's README that says which files are which configuration and split."""
    found = [
        {
            "config_name": name,
            "data_files": [{"split": s, "path": f"{folder}/{s}-*"} for s in splits],
        }
        for name, folder, splits in configs
    ]
    return f"---\n{yaml.safe_dump({'configs': found})}---\n".encode()


def mmarco(towns: tuple[str, ...]) -> dict[str, bytes]:
    pairs = [(t, x) for t in towns for x in THINGS]
    step = len(THINGS)
    triples = [f"{100 + i}\t{i}\t{(i + step * k) % len(pairs)}" for i in range(len(pairs)) for k in (1, 2)]
    google = "data/google"
    files = {
        f"{google}/collections/japanese_collection.tsv": [f"{i}\t{passage(*p)}" for i, p in enumerate(pairs)],
        f"{google}/queries/train/japanese_queries.train.tsv": [
            *(f"{100 + i}\t{question(*p)}" for i, p in enumerate(pairs)),
            "999\t誰も答えない問いですか？",
        ],
        f"{google}/collections/french_collection.tsv": ["0\tune gare"],
        f"{google}/queries/train/french_queries.train.tsv": ["100\toù est la gare"],
        "data/triples.train.ids.small.tsv": triples,
        "mmarco.py": ["raise SystemExit('a script that must never run')"],
    }
    return {name: ("\n".join(lines) + "\n").encode() for name, lines in files.items()}


def hard_negatives(towns: tuple[str, ...]) -> dict[str, bytes]:
    rows = [
        {
            "query": f"{town}で{about}があるのは？",
            "positives": [passage(town, thing)],
            "negatives": [passage(other, thing) for other in TOWNS if other != town][:5],
            "bm25_negatives": [passage(town, other) for other in THINGS if other != thing],
            "original_negatives": [passage(TOWNS[-1], "駅")],
        }
        for town in towns
        for thing, about in THINGS.items()
    ]
    return {
        "data/train-00000-of-00001.parquet": parquet(rows),
        "README.md": card(("default", "data", ["train"])),
    }


def jsquad(towns: tuple[str, ...]) -> dict[str, bytes]:
    """A row a question; a paragraph begins with its title, and stands in the rows of all its questions."""

    def rows(here: tuple[str, ...]) -> list[dict[str, Any]]:
        return [
            {
                "id": f"a{i}p{j}q0",
                "title": town,
                "context": f"{town} [SEP] {passage(town, thing)}",
                "question": f"{town}の{thing}は何で知られていますか？",
                "answers": {"answer_start": [12], "text": [THINGS[thing]]},
                "is_impossible": False,
            }
            for i, town in enumerate(here)
            for j, thing in enumerate(THINGS)
        ]

    return {
        "data/train-00000-of-00001.parquet": parquet(rows(TOWNS[8:])),
        "data/validation-00000-of-00001.parquet": parquet(rows(towns)),
        "README.md": card(("default", "data", ["train", "validation"])),
    }


def in_parts(towns: tuple[str, ...], language: str, split: str, corpora: dict[str, str]) -> dict[str, bytes]:
    """The layout of MTEB: three configurations a language, each with its own splits.

    Args:
        towns: What the corpus is about.
        language: What the repository calls the language.
        split: Split of queries and judgements to be measured on; ``train`` stands beside it.
        corpora: Splits of the corpus; ``all`` is the whole corpus, ``some`` the passages of one query.
    """
    corpus = [
        {"_id": f"{i}#{j}", "title": town, "text": passage(town, thing)}
        for i, town in enumerate(towns)
        for j, thing in enumerate(THINGS)
    ]
    queries = [{"_id": str(i), "text": question(town, "寺")} for i, town in enumerate(towns)]
    qrels = [
        {"query-id": str(i), "corpus-id": f"{i}#{j}", "score": int(j == 2)}
        for i in range(len(towns))
        for j in (1, 2)
    ]
    files = {
        f"{language}-corpus/{name}-00000-of-00001.parquet": parquet(corpus if what == "all" else corpus[:3])
        for name, what in corpora.items()
    }
    for part, rows in (("queries", queries), ("qrels", qrels)):
        files[f"{language}-{part}/{split}-00000-of-00001.parquet"] = parquet(rows)
        files[f"{language}-{part}/train-00000-of-00001.parquet"] = parquet(rows[:1])
    files["README.md"] = card(
        (f"{language}-corpus", f"{language}-corpus", list(corpora)),
        (f"{language}-queries", f"{language}-queries", ["train", split]),
        (f"{language}-qrels", f"{language}-qrels", ["train", split]),
    )
    return files


def commit_all(hub: Any, towns: tuple[str, ...], model: Path) -> dict[str, dict[str, str]]:
    """Commit every repository of the recipe, about so many towns; returns what a lock file should hold."""
    data = {
        MMARCO: mmarco(towns),
        NEGATIVES: hard_negatives(towns),
        JSQUAD: jsquad(towns),
        MIRACL: in_parts(towns, "ja", "dev", {"dev": "all"}),
        MRTYDI: in_parts(towns, "japanese", "test", {"train": "all", "dev": "some", "test": "some"}),
    }
    return {
        "datasets": {name: hub.add_dataset(name, files) for name, files in data.items()},
        "models": {BACKBONE: hub.add_model(BACKBONE, model)},
    }


def langret(hub: Any, folder: Path, *arguments: str) -> str:
    """Run the command line against the stand-in and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "langret", *arguments],
        env={**hub.env(folder / "hf"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def summaries(run: Path) -> dict[str, dict[str, Any]]:
    facts = [json.loads(path.read_text(encoding="utf-8")) for path in run.glob("stages/*/stage.json")]
    return {f["name"]: f["summary"] for f in facts}


@pytest.mark.slow
def test_jacolbert_recipe_runs_on_its_hub_names(standin_hub, tmp_path):
    japanese_bert(tmp_path / "old")
    japanese_bert(tmp_path / "new", hidden=24)
    towns = TOWNS[:4]
    locked = commit_all(standin_hub, towns, tmp_path / "old")
    recipe = tmp_path / "jacolbert.yaml"
    recipe.write_bytes(RECIPE.read_bytes())

    langret(standin_hub, tmp_path, "lock", "jacolbert.yaml")
    lock = yaml.safe_load((tmp_path / "jacolbert.lock.yaml").read_text(encoding="utf-8"))
    assert lock == locked

    newer = commit_all(standin_hub, TOWNS[:7], tmp_path / "new")
    assert not set(newer["datasets"].values()) & set(locked["datasets"].values())
    standin_hub.requests.clear()

    plan = langret(standin_hub, tmp_path, "plan", "jacolbert.yaml", "--runs", "runs")
    assert "train-colbert" in plan and "rank-mrtydi-ja-bm25" in plan
    assert not standin_hub.requests, "a plan asks the hub nothing"

    small = [part for change in SMALL for part in ("--set", change)]
    langret(standin_hub, tmp_path, "run", "jacolbert.yaml", "--runs", "runs", *small)
    fetched = {r for r in standin_hub.requests if "/resolve/" in r}
    commits = {*locked["datasets"].values(), *locked["models"].values()}
    assert commits == {c for c in commits if any(f"/resolve/{c}/" in r for r in fetched)}
    strays = {r for r in fetched if not any(f"/resolve/{c}/" in r for c in commits)}
    assert not strays, "only files of the locked commits are asked for"
    assert not any(name in r for name in ("french", "mmarco.py", "tf_model") for r in fetched)
    # transformers would ask the hub to convert weights that are no safetensors
    assert not any(part in r for part in ("discussions", "/commits/") for r in standin_hub.requests)

    run = tmp_path / "runs" / "jacolbert"
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))["results"]
    assert {(r["member"], r["benchmark"]) for r in results} == {
        (system, name) for system in ("colbert", "bm25") for name in ("jsquad", "miracl-ja", "mrtydi-ja")
    }
    assert {r["metric"] for r in results} == {"R@1", "R@3", "R@5", "R@10", "nDCG@10"}
    asked = {r["benchmark"]: r["n"] for r in results}
    assert asked == {"jsquad": 16, "miracl-ja": 4, "mrtydi-ja": 4}

    stages = summaries(run)
    assert stages["read-0"]["funnel"]["passages"]["in"] == 16
    assert stages["read-0"]["funnel"]["queries"] == {"in": 17, "kept": 16, "no_positive": 1}
    assert stages["read-1"]["funnel"]["queries"]["in"] == 16
    # of mrtydi the whole corpus, not the few passages of its test split
    for name in ("miracl-ja", "mrtydi-ja"):
        assert stages[f"benchmark-{name}"]["funnel"]["passages"]["in"] == 16
    # the same text is one passage in both sources; two towns stand in the mined negatives alone
    kept = stages["data"]["funnel"]["passages"]
    assert kept["kept"] == 16 + 2 * len(THINGS) and kept["in"] == kept["kept"] + kept["exact_duplicate"]
    chosen = stages["negatives"]["sources"]["given"]
    assert chosen["kept"] == chosen["in"] > 0, "the data's own negatives, and all of them"
    assert stages["train-colbert"]["loss"] > 0

    again = langret(standin_hub, tmp_path, "plan", "jacolbert.yaml", "--runs", "runs", *small)
    assert "Everything is finished." in again
    standin_hub.requests.clear()
    langret(standin_hub, tmp_path, "run", "jacolbert.yaml", "--runs", "runs", *small)
    assert not standin_hub.requests, "a finished recipe asks the hub nothing"

    loads_with_pylate(run / "colbert")


def loads_with_pylate(folder: Path) -> None:
    """Without langret, from raw text: the tokenizer of this backbone segments by itself."""
    program = f"""
import sys
sys.modules["langret"] = None
from pylate.models import ColBERT
model = ColBERT({str(folder)!r})
texts = [{passage("青木", "寺")!r}, {question("青木", "寺")!r}]
print(model.encode(texts, is_query=False)[0].shape[1], model.encode(texts, is_query=True)[1].shape[0])
"""
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["128", "16"]


@pytest.mark.parametrize("processes", [1, 2])
def test_stored_ids_of_a_tokenizer_without_offsets_equal_the_models_own(tmp_path, processes):
    from langret.language import get_language
    from langret.modeling import build_member, open_backbone
    from langret.recipe.schema import Member
    from langret.tokenizer import encode_texts
    from langret.training.shapes import shapes_of

    japanese_bert(tmp_path / "bert")
    language = get_language("ja")
    backbone = open_backbone(tmp_path / "bert")
    assert not backbone.tokenizer.is_fast and backbone.language is None
    cls, sep, unk = (backbone.tokenizer.convert_tokens_to_ids(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
    assert backbone.special_ids() == ([cls], [sep])
    texts = [
        passage("青木", "寺"),
        passage("緑町", "駅") * 3,  # longer than the limit, with a character that the vocabulary lacks
        "柳川 [SEP] " + passage("柳川", "橋"),
        "？",
    ]
    texts = [language.normalize(text) for text in texts]
    store = encode_texts(texts, tmp_path / "bert", tmp_path / "ids", language=None, processes=processes)
    assert unk in store[1] and sep in store[2]
    lengths = {"query_tokens": 16, "passage_tokens": 24}
    for head in ("dense", "colbert"):
        model = build_member(backbone, Member(head=head), language, **lengths, seed=1)
        queries, passages = shapes_of(model, backbone, **lengths)
        for shape, is_query, limit in ((queries, True, 16), (passages, False, 24)):
            if head == "colbert":
                theirs = model.tokenize(texts, is_query=is_query)
            else:
                model.max_seq_length = limit
                theirs = model.tokenize(texts)
            ours = shape.pad([store[i] for i in range(len(texts))])
            for key in ("input_ids", "attention_mask"):
                np.testing.assert_array_equal(ours[key].numpy(), theirs[key].numpy(), err_msg=f"{head} {key}")
        if head == "colbert":
            skipped = {backbone.tokenizer.convert_ids_to_tokens(i) for i in model.skiplist}
            assert {"。", "？", "「", "」", "、"} <= skipped and unk not in model.skiplist

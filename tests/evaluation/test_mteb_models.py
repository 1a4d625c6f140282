from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
import pytest

pytest.importorskip("mteb", reason="mteb needs Python 3.11 and the extra [mteb]")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mteb.models.model_meta import ModelMeta
from mteb.models.models_protocols import EncoderProtocol, SearchProtocol
from mteb.types import PromptType

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import ModelError
from langret.evaluation import evaluate
from langret.evaluation.mteb_models import as_mteb_model, folder_revision, iso_codes, load_mteb_model
from langret.evaluation.mteb_tasks import run_mteb
from langret.language import get_language
from tests.evaluation.local_task import local_task

SAME = {
    "nDCG@10": "ndcg_at_10",
    "nDCG@3": "ndcg_at_3",
    "AP@100": "map_at_100",
    "RR@10": "mrr_at_10",
    "R@1": "recall_at_1",
    "R@100": "recall_at_100",
    "P@5": "precision_at_5",
    "Success@10": "hit_rate_at_10",
}
EMPTY = ModelMeta.create_empty().model_copy(update={"name": "test/exact", "revision": "1"})


class Exact:
    """Vectors whose products have no rounding, so that many texts tie: four of sixteen components are one half."""

    def __init__(self, head: str) -> None:
        self.head = head

    def _vector(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
        vector = np.zeros(16, dtype=np.float32)
        vector[np.random.default_rng(seed).permutation(16)[:4]] = 0.5
        return vector

    def encode(self, texts: Any, kind: str, *, batch_size: int = 32, progress: bool = False) -> Any:
        if self.head == "dense":
            return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, 16)
        return [
            np.array([self._vector(word) for word in text.split()] or np.zeros((0, 16))) for text in texts
        ]


def both_ways(
    retriever: Any, benchmark: Collection, folder: Any, ignore: bool = False
) -> tuple[dict, dict, int]:
    """The same measured by us and by mteb, and how many queries we left out."""
    found, _ = evaluate(
        {"m": retriever}, "b", benchmark, list(SAME), language=get_language("und"), baselines=(), seed=1
    )
    run_mteb(as_mteb_model(retriever, EMPTY), [local_task(benchmark, ignore_identical=ignore)], folder)
    (file,) = folder.rglob("Local.json")
    theirs = json.loads(file.read_text())["scores"]["test"][0]
    return (
        {r.metric: r.value for r in found},
        {ours: theirs[name] for ours, name in SAME.items()},
        found[0].left_out,
    )


def collection(seed: int, *, shared_ids: bool = False, passages: int = 130, queries: int = 12) -> Collection:
    """Passages of few words (ties, equal ones among them), graded judgements with gaps; ids may be those of queries."""
    rng = np.random.default_rng(seed)
    words = ["ash", "birch", "cedar", "elm", "fir"]
    records: list[Any] = [
        Passage(f"{i}", " ".join(rng.choice(words, 3)), title=str(rng.choice(["", "tree"])))
        for i in range(passages)
    ]
    for i in range(queries):
        name = f"{i}" if shared_ids else f"q{i}"
        records.append(Query(name, " ".join(rng.choice(words, 2))))
        others = [str(p) for p in rng.choice(passages, 6, replace=False) if str(p) != name]
        records += [Judgement(name, p, int(r)) for p, r in zip(others, [2, 1, 1, 0, 3, 1], strict=False)]
    return Collection.from_records(records)


@pytest.mark.parametrize("head", ["dense", "colbert"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), shared_ids=st.booleans())
def test_our_scores_are_those_of_mteb(head, tmp_path_factory, seed, shared_ids):
    benchmark = collection(seed, shared_ids=shared_ids)
    ours, theirs, _ = both_ways(Exact(head), benchmark, tmp_path_factory.mktemp("m"), ignore=shared_ids)
    assert ours == pytest.approx(theirs, abs=1e-5)  # mteb rounds to five places


def test_a_tie_at_the_depth_of_the_run_is_broken_as_mteb_breaks_it(tmp_path):
    """150 equal passages, of which we keep 100 and mteb all: both must take those with the highest ids."""
    records: list[Any] = [Passage(f"{i:03}", "same") for i in range(150)]
    records += [Query("q", "same"), Judgement("q", "149"), Judgement("q", "060"), Judgement("q", "010")]
    for head in ("dense", "colbert"):
        ours, theirs, _ = both_ways(Exact(head), Collection.from_records(records), tmp_path / head)
        assert ours["R@100"] == pytest.approx(2 / 3) == pytest.approx(theirs["R@100"], abs=1e-5)


def test_a_query_without_judgements_is_left_out_by_both_and_one_of_zeros_by_us_alone(tmp_path):
    whole = collection(3)
    unjudged = [Query("silent", "elm"), Query("zeros", "fir")]
    rows = [
        *whole.kept_passages(),
        *whole.kept_queries(),
        *(Judgement(*row) for row in whole.kept_judgements()),
    ]
    benchmark = Collection.from_records([*rows, *unjudged, Judgement("zeros", "5", 0)])
    ours, theirs, left_out = both_ways(Exact("dense"), benchmark, tmp_path)
    n = len(list(whole.kept_queries()))
    assert left_out == 2
    assert {m: v * n / (n + 1) for m, v in ours.items()} == pytest.approx(theirs, abs=2e-5)


def test_a_colbert_model_ranks_only_what_a_reranking_task_gives_it():
    model = as_mteb_model(Exact("colbert"), EMPTY)
    task = local_task(collection(1))
    task.load_data()
    part = task.dataset["default"]["test"]
    settings_ = {"task_metadata": task.metadata, "encode_kwargs": {}}
    model.index(part["corpus"], **settings_)
    whole = model.search(part["queries"], top_k=1000, **settings_)
    given_ = {query: ["7", "100", "23"] for query in part["queries"]["id"]}
    found = model.search(part["queries"], top_k=2, top_ranked=given_, **settings_)
    for query, hits in found.items():
        best = sorted(given_[query], key=lambda p: (whole[query][p], p), reverse=True)[:2]
        assert hits == {passage: whole[query][passage] for passage in best}


def test_each_head_has_the_protocol_that_fits_it():
    dense, late = (as_mteb_model(Exact(head), EMPTY) for head in ("dense", "colbert"))
    assert isinstance(dense, EncoderProtocol) and not isinstance(dense, SearchProtocol)
    assert isinstance(late, SearchProtocol) and not isinstance(late, EncoderProtocol)


def test_documents_get_the_prefix_of_passages_and_everything_else_that_of_queries():
    asked = []

    class Listening(Exact):
        def encode(self, texts, kind, **options):
            asked.append(kind)
            return super().encode(texts, kind, **options)

    model = as_mteb_model(Listening("dense"), EMPTY)
    for prompt in (PromptType.query, PromptType.document, None):
        assert model.encode([{"text": ["a", "b"]}, {"text": ["c"]}], prompt_type=prompt).shape == (3, 16)
    assert asked == ["query", "passage", "query"]


@pytest.mark.parametrize(
    ("code", "codes"),
    [("ja", ["jpn"]), ("ja-sudachi", ["jpn"]), ("zh-Hant", ["zho", "cmn"]), ("arz", ["arz"]), ("und", [])],
)
def test_languages_are_found_under_the_codes_of_mteb(code, codes):
    assert iso_codes(get_language(code)) == codes


@pytest.fixture(scope="module")
def member(tmp_path_factory):
    """A saved ColBERT member of a recipe, with a card, over a random encoder."""
    from langret.modeling import build_member, new_backbone, save_member
    from langret.recipe.schema import Member, Scratch
    from langret.tokenizer import train_tokenizer

    folder = tmp_path_factory.mktemp("models")
    language = get_language("ja")
    tokenizer = train_tokenizer(language, ["".join(language.examples)] * 3, vocabulary=300)
    scratch = Scratch(layers=1, hidden=16, heads=2, intermediate=16, max_tokens=64)
    backbone = new_backbone(scratch, tokenizer, language, folder / "backbone", seed=1)
    model = build_member(
        backbone, Member(head="colbert", dimension=8), language, query_tokens=16, passage_tokens=32, seed=1
    )
    facts = {"language": "ja", "version": language.version, "segmented": True, "head": "colbert"}
    save_member(model, folder / "late", {**facts, "recipe": "faq", "member": "late"})
    (folder / "late" / "README.md").write_text("---\nlicense: apache-2.0\n---\n", encoding="utf-8")
    return folder / "late"


def test_metadata_say_what_the_folder_says(member):
    meta = load_mteb_model(str(member)).mteb_model_meta
    assert (meta.name, meta.revision) == ("langret/faq-late", folder_revision(member))
    assert (meta.languages, meta.license, meta.similarity_fn_name) == (["jpn-Jpan"], "apache-2.0", "MaxSim")
    assert (meta.embed_dim, meta.max_tokens, meta.model_type) == (8, 32, ["late-interaction"])


def test_other_weights_are_another_revision_and_another_card_is_not(member, tmp_path):
    import shutil

    copy = shutil.copytree(member, tmp_path / "copy")
    (copy / "README.md").write_text("another card", encoding="utf-8")
    assert folder_revision(copy) == folder_revision(member)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert folder_revision(copy) != folder_revision(member)


def test_a_licence_that_mteb_does_not_know_is_named(member, tmp_path):
    import shutil

    copy = shutil.copytree(member, tmp_path / "copy")
    (copy / "README.md").write_text("---\nlicense: free for all\n---\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"license 'free for all'.*identifier of the hub"):
        load_mteb_model(str(copy))

"""Rerankers: scores between 0 and 1 through one sigmoid, in any batch, and verdicts from them."""

from __future__ import annotations

import itertools
import json
import math
import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langret.errors import ModelError
from langret.judging import Case, CrossScorer, make_judge
from langret.judging.cross_encoder import TOLERANCE, ByCrossEncoder
from langret.recipe.schema import CrossEncoderJudge
from tests.toys import OTHERS, OURS

pytestmark = pytest.mark.usefixtures("one_thread")


def pairs(count: int) -> list[tuple[str, str]]:
    rng = random.Random(3)
    return [
        (rng.choice(OURS), " ".join(rng.choices(OTHERS + OURS, k=rng.randint(1, 5)))) for _ in range(count)
    ]


def logits(folder: Path, of: list[tuple[str, str]]) -> np.ndarray:
    """What the model itself says, one pair at a time, without sentence-transformers."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        return np.array(
            [model(**tokenizer(*pair, truncation=True, return_tensors="pt")).logits.item() for pair in of],
            dtype=np.float64,
        )


def saved_with(folder: Path, target: Path, **config: Any) -> Path:
    """A copy of a model whose config.json says something else."""
    shutil.copytree(folder, target)
    file = target / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | config))
    return target


@pytest.mark.parametrize("activation", [None, "Identity", "Sigmoid"])
def test_logits_pass_one_sigmoid_whatever_the_model_was_saved_with(
    reranker: Path, tmp_path: Path, activation: str | None
) -> None:
    folder = reranker
    if activation:
        path = {"Identity": "linear.Identity", "Sigmoid": "activation.Sigmoid"}[activation]
        folder = saved_with(
            reranker,
            tmp_path / "model",
            sentence_transformers={"activation_fn": f"torch.nn.modules.{path}", "version": "4.1.0"},
        )
    raw = logits(reranker, pairs(20))
    assert raw.std() > 0.5  # or this test would prove nothing
    found = list(CrossScorer(folder).scores(pairs(20)))
    assert np.allclose(found, 1 / (1 + np.exp(-raw)), atol=TOLERANCE)


def test_no_batch_size_changes_a_score_or_its_place(reranker: Path) -> None:
    many = pairs(70)
    whole = list(CrossScorer(reranker, batch_size=64).scores(many))
    assert len(set(np.round(whole, 4))) > 10
    for size in (1, 3):  # windows of 64 and 192 pairs: the first are cut, the second are not
        assert np.allclose(list(CrossScorer(reranker, batch_size=size).scores(many)), whole, atol=TOLERANCE)
    assert list(CrossScorer(reranker, batch_size=64).scores(many)) == whole


def test_weights_of_half_precision_are_exact_on_a_cpu(reranker: Path, tmp_path: Path) -> None:
    """In bfloat16 good passages would all score 1."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    if torch.cuda.is_available():
        pytest.skip("a GPU computes in the weights' own type")
    half, whole = tmp_path / "half", tmp_path / "whole"
    model = AutoModelForSequenceClassification.from_pretrained(reranker).to(torch.bfloat16)
    model.save_pretrained(half)
    model.to(torch.float32).save_pretrained(whole)
    for folder in (half, whole):
        AutoTokenizer.from_pretrained(reranker).save_pretrained(folder)
    found, expected = (list(CrossScorer(folder).scores(pairs(10))) for folder in (half, whole))
    assert found == pytest.approx(expected, abs=TOLERANCE)


def test_scores_stream(reranker: Path) -> None:
    read = 0

    def endless() -> Iterator[tuple[str, str]]:
        nonlocal read
        for pair in itertools.cycle(pairs(10)):
            read += 1
            yield pair

    scores = CrossScorer(reranker, batch_size=2).scores(endless())
    assert 0 < next(scores) < 1 and read == 128


def test_nothing_is_loaded_for_nothing() -> None:
    assert list(CrossScorer("no/such-model").scores([])) == []


def test_longer_input_is_cut_and_never_above_what_the_model_takes(reranker: Path) -> None:
    long = [(OURS[0], " ".join(OURS * 40))]
    assert list(CrossScorer(reranker, tokens=100_000).scores(long)) == pytest.approx(
        list(CrossScorer(reranker, tokens=64).scores(long))
    )
    assert list(CrossScorer(reranker, tokens=16).scores(long)) != pytest.approx(
        list(CrossScorer(reranker, tokens=64).scores(long))
    )


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"architectures": ["BertModel"]}, "no cross-encoder.*found BertModel.*random weights"),
        ({"architectures": None}, "no cross-encoder.*found none"),
        ({"id2label": {"0": "no", "1": "yes", "2": "perhaps"}}, "gives 3 scores a pair"),
        ({"sentence_transformers": {"activation_fn": "torch.nn.modules.activation.Tanh"}}, "activation.Tanh"),
        ({"sbert_ce_default_activation_function": "our.own.Scaled"}, "activation our.own.Scaled"),
    ],
)
def test_a_model_that_is_no_reranker_is_refused(
    reranker: Path, tmp_path: Path, config: dict[str, Any], message: str
) -> None:
    folder = saved_with(reranker, tmp_path / "model", **config)
    with pytest.raises(ModelError, match=message) as caught:
        list(CrossScorer(folder).scores(pairs(1)))
    assert caught.value.where == str(folder)


def test_pickled_weights_are_not_loaded(reranker: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    folder = tmp_path / "model"
    shutil.copytree(reranker, folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot be loaded as a cross-encoder"):
        list(CrossScorer(folder).scores(pairs(1)))


@pytest.mark.parametrize("name", ["no/such-model", "/nowhere/at/all"])
def test_a_model_that_is_not_there(name: str) -> None:
    with pytest.raises(ModelError, match="cannot be loaded as a cross-encoder") as caught:
        list(CrossScorer(name).scores(pairs(1)))
    assert caught.value.where == name


class Fixed:
    """A scorer that knows the score of each passage."""

    def __init__(self, scores: dict[str, float]) -> None:
        self._scores = scores

    def scores(self, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        return (self._scores[text] for _, text in pairs)


def judged(scores: dict[str, float], positives: str, fraction: float = 0.95) -> dict[str, tuple[str, str]]:
    judge = ByCrossEncoder(CrossEncoderJudge(kind="cross_encoder", model="m", max_of_positive=fraction))
    judge._scorer = Fixed(scores)  # type: ignore[assignment]
    case = Case("q", "?", [(p, p) for p in positives], [(p, p) for p in scores if p not in positives])
    ((*verdicts,),) = judge.judge([case])
    assert [v.passage_id for v in verdicts] == [p for p, _ in case.candidates]
    assert all(v.score is None or v.score == scores[v.passage_id] for v in verdicts)
    return {v.passage_id: (v.verdict, v.note) for v in verdicts}


def test_the_best_of_several_positives_counts() -> None:
    assert judged({"x": 0.2, "y": 0.8, "a": 0.77, "b": 0.75, "c": 0.1}, "xy") == {
        "a": ("false_negative", ""),
        "b": ("negative", ""),
        "c": ("negative", ""),
    }


def test_the_limit_itself_is_a_false_negative_and_a_copy_of_the_positive_too() -> None:
    assert judged({"x": 0.8, "a": 0.76}, "x")["a"][0] == "false_negative"
    assert judged({"x": 0.8, "a": 0.8 - TOLERANCE / 2}, "x", 1.0)["a"][0] == "false_negative"
    assert judged({"x": 0.8, "a": 0.8 - TOLERANCE * 2}, "x", 1.0)["a"][0] == "negative"


def test_what_has_no_score_is_unknown() -> None:
    nan = math.nan
    assert judged({"x": nan, "y": 0.8, "a": nan, "b": 0.1}, "xy") == {
        "a": ("unknown", "nan_score"),
        "b": ("negative", ""),
    }
    assert judged({"x": nan, "a": 0.1}, "x") == {"a": ("unknown", "no_positive_score")}
    assert judged({"a": 0.1}, "") == {"a": ("unknown", "no_positive_score")}


def test_nan_of_a_broken_model_is_unknown(reranker: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tmp_path / "model"
    shutil.copytree(reranker, folder)
    weights = load_file(folder / "model.safetensors")
    weights["classifier.bias"].fill_(math.nan)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    judge = make_judge(CrossEncoderJudge(kind="cross_encoder", model=str(folder)), None)
    ((verdict,),) = judge.judge([Case("q", "?", [("x", "yes")], [("a", "no")])])
    assert (verdict.verdict, verdict.score) == ("unknown", None)


def test_cases_are_judged_across_queries_and_in_order(reranker: Path) -> None:
    """Every candidate has the score of its own pair, whichever queries share a batch with it."""
    texts = [passage for _, passage in pairs(30)]
    cases = [
        Case(
            f"q{i}", OURS[i % 3], [("x", OURS[i % 3])] * (i % 2 + 1), [(f"p{j}", texts[j]) for j in range(i)]
        )
        for i in range(12)
    ]
    steps: list[float] = []
    judge = make_judge(
        CrossEncoderJudge(kind="cross_encoder", model=str(reranker), max_of_positive=0.5), None
    )
    found = list(judge.judge(cases, lambda done, total, note: steps.append(done)))
    assert judge.estimate(cases) is None and steps == list(range(1, 13))
    assert [[v.passage_id for v in verdicts] for verdicts in found] == [
        [p for p, _ in c.candidates] for c in cases
    ]
    scorer = CrossScorer(reranker)
    for case, verdicts in zip(cases, found, strict=True):
        alone = list(scorer.scores([(case.query, text) for _, text in case.candidates]))
        best = max(scorer.scores([(case.query, text) for _, text in case.positives]))
        assert [v.score for v in verdicts] == pytest.approx(alone, abs=TOLERANCE)
        assert [v.verdict == "false_negative" for v in verdicts] == [s >= 0.5 * best for s in alone]
    assert {v.verdict for verdicts in found for v in verdicts} == {"negative", "false_negative"}

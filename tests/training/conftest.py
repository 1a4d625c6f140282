"""A small world of its own: a language without a segmenter, a tokenizer, token ids, a backbone."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.language import Language, registry
from langret.modeling import build_member, new_backbone
from langret.recipe.schema import Member, Scratch, Training
from langret.tokenizer import encode_texts, train_tokenizer
from langret.training import train_member
from langret.training.shapes import shapes_of

COLOURS = ["red", "green", "blue", "black", "white", "brown", "pink", "grey"]
THINGS = ["house", "boat", "hill", "lamp", "coat", "road", "fish", "door"]


class Toy(Language):
    code = "toy"
    name = "Toy"
    script = "Latn"
    presegment = True
    version = "toy-1"

    def normalize(self, text):
        return " ".join(text.lower().split())

    def segment(self, text):
        return text.replace(".", " .").split()

    def analyze(self, text):
        return self.segment(text)


@pytest.fixture(scope="session")
def toy():
    """The toy language, registered for as long as the tests run."""
    language = Toy()
    original = registry.get_language.__wrapped__
    registry._entry_points()["toy"] = SimpleNamespace(name="toy", value="toy", load=lambda: Toy)
    registry.get_language.cache_clear()
    yield language
    registry._entry_points().pop("toy")
    registry.get_language.cache_clear()
    assert original is registry.get_language.__wrapped__


@pytest.fixture(scope="session")
def small(toy, tmp_path_factory):
    """Passages, queries, judgements with their token ids, and a backbone of one layer."""
    folder: Path = tmp_path_factory.mktemp("small")
    passages = [
        Passage(f"p-{c}-{t}", f"The {c} {t} stands where the {t} of old was. It is {c}.")
        for c in COLOURS
        for t in THINGS
    ]
    queries, judgements = [], []
    for c in COLOURS:
        for t in THINGS:
            queries.append(Query(f"q-{c}-{t}", f"where is the {c} {t}"))
            judgements.append(Judgement(f"q-{c}-{t}", f"p-{c}-{t}"))
    judgements.append(Judgement("q-red-house", "p-red-boat"))  # a second known positive
    data = Collection.from_records([*passages, *queries, *judgements])
    texts = [*(toy.normalize(p.text) for p in passages), *(q.text for q in queries)]
    tokenizer = train_tokenizer(toy, texts, 300)
    backbone = new_backbone(
        Scratch(layers=1, hidden=32, heads=2, intermediate=32, max_tokens=64, vocabulary=300),
        tokenizer,
        toy,
        folder / "backbone",
        seed=1,
    )
    place = folder / "backbone"
    return SimpleNamespace(
        language=toy,
        data=data,
        backbone=backbone,
        passages=encode_texts((toy.normalize(p.text) for p in passages), place, folder / "p", language=toy),
        queries=encode_texts((q.text for q in queries), place, folder / "q", language=toy),
        texts=[p.text for p in passages],
        questions=[q.text for q in queries],
    )


@pytest.fixture
def taught(small):
    """A member of the small world and the features of one step: two queries, passages in two chunks."""

    def build(head, chunks=((0, 9), (1, 5, 18))):
        lengths = {"query_tokens": 16, "passage_tokens": 32}
        model = build_member(small.backbone, Member(head=head), small.language, **lengths, seed=1)
        queries, passages = shapes_of(model, small.backbone, **lengths)
        features = [queries.pad([small.queries[0], small.queries[9]])]
        features += [passages.pad([small.passages[i] for i in rows]) for rows in chunks]
        return model.eval(), features

    return build


def train_on(small, scratch, head="dense", *, dimension=None, held_out="all", report=None, **changes):
    """Train a member on a small world; what is not given is short and quick."""
    settings = {
        "epochs": 2,
        "batch_size": 16,
        "negatives": 0,
        "lr": 3e-3,
        "checkpoints": 4,
        "evaluations": 0,
        "query_tokens": 16,
        "passage_tokens": 32,
        "precision": "fp32",
    }
    return train_member(
        small.backbone,
        Member(head=head, dimension=dimension),
        small.language,
        Training(**settings | changes),
        small.data,
        None,
        small.queries,
        small.passages,
        scratch,
        from_scratch=True,
        held_out=small.data if held_out == "all" else held_out,
        seed=3,
        report=report,
    )


@pytest.fixture()
def train(small):
    """Train on the small world: ``train(scratch, head, epochs=...)``."""
    return partial(train_on, small)

"""The contrastive loss with its extras, cuts of vectors, and what a recipe's settings become."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import RecipeError
from langret.recipe.schema import Training
from langret.training.distillation import ScoreDistillation, VectorDistillation
from langret.training.embedded import Step, Texts, compare
from langret.training.encoder import Encoder
from langret.training.maxsim import maxsim
from langret.training.objectives import Contrastive, Objective, objective_of
from langret.training.sets import HARD, IGNORED, NEGATIVE, TARGET
from langret.training.targets import Targets, ignore_copies

LABELS = torch.tensor([[1, 0, 2, -1, 0], [0, 1, 0, 0, 2]], dtype=torch.int8)


def dense_step(queries, passages, labels):
    """A step of vectors as they are given, in two chunks."""
    half = len(passages) // 2
    return Step(Texts(queries), [Texts(passages[:half]), Texts(passages[half:])], Targets(labels))


def info_nce(scores, positive, others):
    """-log of the positive's share, by hand."""
    return -scores[positive] + np.logaddexp.reduce([scores[positive], *others])


@st.composite
def steps(draw):
    """Vectors of unit length and labels with one positive a query."""
    queries, passages = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 10_000)))
    vectors = torch.nn.functional.normalize(torch.randn(queries + passages, 6, generator=generator), dim=1)
    rows = []
    for _ in range(queries):
        row = draw(st.lists(st.sampled_from([NEGATIVE, IGNORED, HARD]), min_size=passages, max_size=passages))
        row[draw(st.integers(0, passages - 1))] = TARGET
        rows.append(row)
    return vectors[:queries], vectors[queries:], torch.tensor(rows, dtype=torch.int8)


@settings(max_examples=150, deadline=None)
@given(
    steps(),
    st.one_of(st.none(), st.sampled_from([0.0, 0.1, 0.5])),
    st.sets(st.sampled_from(["queries", "passages"])),
)
def test_extras_are_the_formula_written_out(step, mask_above, beside):
    queries, passages, labels = step
    if len(passages) < 2:
        return
    found = Contrastive(0.2, mask_above, sorted(beside))(dense_step(queries, passages, labels))
    q, p, expected = queries.numpy(), passages.numpy(), []
    positive = [int(np.argmax(row == TARGET)) for row in labels.numpy()]
    for i, row in enumerate(labels.tolist()):
        mine = q[i] @ p[positive[i]]
        limit = np.inf if mask_above is None else mine + mask_above
        kept = [
            c for c, label in enumerate(row) if label == HARD or (label == NEGATIVE and q[i] @ p[c] <= limit)
        ]
        others = [q[i] @ p[c] for c in kept]
        if "queries" in beside:
            for j in range(len(q)):
                answers = (TARGET, IGNORED)
                related = labels[i, positive[j]] in answers or labels[j, positive[i]] in answers
                if not related and q[i] @ q[j] <= limit:
                    others.append(q[i] @ q[j])
        if "passages" in beside:
            others += [p[positive[i]] @ p[c] for c in kept]
        expected.append(info_nce(np.array([mine]) / 0.2, 0, np.array(others) / 0.2))
    assert found.item() == pytest.approx(np.mean(expected), abs=1e-4)


def test_mask_above_is_a_cosine_for_colbert_too(taught):
    """The same masks whether the margin is compared with MaxSim over the query's tokens or multiplied by them."""
    model, features = taught("colbert")
    encoder = Encoder(model)
    queries, *chunks = [encoder(part) for part in features]
    step = Step(queries, chunks, Targets(LABELS))
    assert step.unit == queries.vectors.shape[1] == 16
    with torch.no_grad():
        scores = step.scores
    gap = ((scores[1, 2] - scores[1, 1]) / 16).item()
    for margin, doubtful in ((gap - 1e-4, True), (gap + 1e-4, False)):
        step.shares.clear()
        loss = Contrastive(1.0)
        loss.mask_above = margin
        found = loss(step)
        others = [scores[1, c].item() for c in (0, 2, 3) if scores[1, c] <= scores[1, 1] + 16 * margin]
        assert (scores[1, 2].item() in others) != doubtful
        one = [scores[0, c].item() for c in (1, 4) if scores[0, c] <= scores[0, 0] + 16 * margin]
        first = info_nce(scores[0].numpy(), 0, [*one, scores[0, 2].item()])
        second = info_nce(scores[1].numpy(), 1, [*others, scores[1, 4].item()])
        assert found.item() == pytest.approx((first + second).item() / 2, rel=1e-4)


def test_what_mask_above_leaves_out_is_counted():
    vectors = torch.nn.functional.normalize(
        torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.0, -1.0]]), dim=1
    )
    labels = torch.tensor([[0, 1, 0, 2]], dtype=torch.int8)
    step = dense_step(vectors[:1], vectors[[1, 2, 3, 0]], labels)
    Contrastive(0.05, 0.1)(step)
    part, whole = step.shares["masked_negatives"]
    assert (int(part), int(whole)) == (1, 2), "the hard negative is above the positive too, and stays"


def test_queries_that_share_a_positive_are_not_each_others_negatives():
    vectors = torch.eye(4)
    labels = torch.tensor([[1, 0], [1, 0], [0, 1], [-1, 1]], dtype=torch.int8)
    step = dense_step(vectors, vectors[:2], labels)
    assert step.related.tolist() == [
        [True, True, False, True],
        [True, True, False, True],
        [False, False, True, True],
        [True, True, True, True],
    ]


def test_a_colbert_passage_asks_on_the_scale_of_a_query(taught):
    """Its own score is the query's number of tokens, whatever its length; padding asks nothing."""
    model, features = taught("colbert")
    encoder = Encoder(model)
    queries, *chunks = [encoder(part) for part in features]
    step = Step(queries, chunks, Targets(LABELS))
    own = step.from_positives.gather(1, step.positive[:, None])
    torch.testing.assert_close(own, torch.full_like(own, 16.0), rtol=1e-4, atol=0)
    passage = chunks[0].vectors[:1][:, chunks[0].counts[0]]
    other = chunks[1].vectors[:1]
    expected = 16 * maxsim(passage, other, chunks[1].counts[:1]) / passage.shape[1]
    torch.testing.assert_close(step.from_positives[0, 2:3], expected[0])


def test_a_query_found_by_a_query_has_no_masks(taught):
    model, features = taught("colbert")
    queries = Encoder(model)(features[0])
    assert queries.counts.sum(dim=1).max() < 16
    texts = features[0]["attention_mask"].bool()
    assert not (queries.counts & ~texts).any()
    assert compare(queries, queries).argmax(dim=1).tolist() == [0, 1]


@pytest.mark.parametrize("head", ["dense", "colbert"])
@pytest.mark.parametrize("kind", ["contrastive", "distillation"])
def test_matryoshka_is_the_mean_over_cut_vectors(taught, head, kind):
    model, features = taught(head)
    teacher = torch.tensor([[2.0, torch.nan, 0.5, -1.0, torch.nan], [torch.nan, 1.0, 0.8, torch.nan, 0.1]])
    term = Contrastive(0.5, 0.1, ["queries"]) if kind == "contrastive" else ScoreDistillation("kl", 1.0)
    encoder, targets = Encoder(model), Targets(LABELS, teacher)
    found = Objective(encoder, [(1.0, term)], (8, 16))(features, targets)
    queries, *chunks = [encoder(part) for part in features]
    expected = []
    for size in (None, 8, 16):
        cut = [
            Texts(torch.nn.functional.normalize(t.vectors[..., :size], dim=-1), t.counts)
            for t in (queries, *chunks)
        ]
        if size is not None:
            assert cut[0].vectors.shape[-1] == size
        expected.append(term(Step(cut[0], cut[1:], targets)).item())
    assert found.item() == pytest.approx(np.mean(expected), rel=1e-5)
    assert len(set(expected)) == 3


texts = st.lists(
    st.lists(st.integers(1, 2), min_size=1, max_size=2).map(lambda ids: np.array(ids, dtype=np.int32)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(texts, texts, st.data())
def test_copies_are_no_negatives_of_each_other(queries, passages, data):
    shape = (len(queries), len(passages))
    drawn = data.draw(
        st.lists(st.sampled_from([0, 2, -1]), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    )
    labels = np.array(drawn, dtype=np.int8).reshape(shape)
    for row in labels:
        row[data.draw(st.integers(0, shape[1] - 1))] = TARGET
    found = ignore_copies(labels, queries, passages)
    assert found.dtype == np.int8
    assert ((found == TARGET) == (labels == TARGET)).all()
    positive = labels.tolist()
    for i in range(shape[0]):
        target = positive[i].index(TARGET)
        twins = [positive[j].index(TARGET) for j in range(shape[0]) if np.array_equal(queries[i], queries[j])]
        for c in range(shape[1]):
            copy = np.array_equal(passages[c], passages[target]) or c in twins
            expected = IGNORED if copy and c != target else labels[i, c]
            assert found[i, c] == expected


def test_the_settings_of_a_recipe_become_terms(taught):
    model, _ = taught("dense")

    def made(**settings):
        return objective_of(model, Training(**settings), "dense", from_scratch=False, teacher_size=48, seed=1)

    plain = made(mask_above=0.1, contrast=["queries"], matryoshka=[8, 16], micro_batch=4)
    (term,) = plain.terms
    assert (term.temperature, term.mask_above, term.beside) == (0.05, 0.1, {"queries"})
    assert (plain.matryoshka, plain.encoder.micro_batch) == ((8, 16), 4)
    taught_by = made(distill={"teacher": "t", "normalize": "student", "temperature": 0.2, "contrastive": 0.2})
    scores, contrastive = taught_by.terms
    assert (scores.loss, scores.scale, scores.normalize, scores.temperature) == ("kl", 0.05, "student", 0.2)
    assert isinstance(contrastive, Contrastive) and taught_by.weights == [1.0, 0.2]
    (vectors,) = made(distill={"teacher": "t", "loss": "vectors"}).terms
    assert isinstance(vectors, VectorDistillation) and vectors.projection.shape == (48, 32)


@pytest.mark.parametrize(("head", "size"), [("dense", 32), ("colbert", 128)])
def test_a_cut_that_cuts_nothing_is_refused(taught, head, size):
    model, _ = taught(head)
    with pytest.raises(RecipeError, match=rf"training\.matryoshka: {size} is no cut of vectors of {size}"):
        objective_of(model, Training(matryoshka=[8, size]), head, from_scratch=False)

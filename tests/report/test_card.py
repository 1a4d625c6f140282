from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.evaluation.results import NotMeasured, Result, SliceResult, SuiteResult
from langret.report import CardFacts, DataSource, write_card
from langret.report.card import card_text
from langret.report.markdown import escaped, fenced, grid, in_code


def result(member: str, value: float, metric: str = "nDCG@10", **more) -> Result:
    low, high = value - 0.05, value + 0.05
    return Result(
        member=member,
        benchmark="dev",
        metric=metric,
        value=value,
        n=300,
        low=low,
        high=high,
        passages=2100,
        **more,
    )


FACTS = CardFacts(
    name="town-dense",
    head="dense",
    language="xx",
    language_name="Exish",
    presegment=False,
    member="dense",
    results=[
        result("dense", 0.8, reference="bm25", difference=0.2, p_value=0.001),
        result("dense", 0.7, "R@1", reference="bm25", difference=0.01, p_value=0.5),
        result("bm25", 0.6, baseline=True),
        result("bm25", 0.69, "R@1", baseline=True),
    ],
    recipe="name: town\n# with ``` inside",
    sources=[
        DataSource("someone/pairs", "CC BY-SA 4.0", "https://example.org/a_b", hub="someone/pairs"),
        DataSource("docs|x"),
    ],
    funnel={"passages": {"in": 2500, "kept": 2100, "empty": 100, "exact_duplicate": 300}},
    training={"epochs": 2},
    seed=13,
    seconds=3725,
    versions={"torch": "2.11"},
    dimension=256,
    query_tokens=32,
    passage_tokens=180,
)


def header(text: str) -> dict:
    _, front, _ = text.split("---\n", 2)
    return yaml.safe_load(front)


def test_everything_is_said(tmp_path):
    path = write_card(tmp_path / "model", FACTS)
    text = path.read_text(encoding="utf-8")
    assert path == tmp_path / "model" / "README.md"
    for part in (
        "# town-dense",
        "Exish (`xx`)",
        "256 dimensions",
        "| **dense** (this model) | **0.800** [0.750, 0.850]▲ | **0.700** |",
        "| bm25 | 0.600 [0.550, 0.650] | 0.690 |",
        "300 queries, 2,100 passages",
        "better or worse than bm25",
        "| `someone/pairs` | CC BY-SA 4.0 | <https://example.org/a_b> |",
        "| `docs¦x` | not stated |  |",
        "| passages | 2,500 | 2,100 | exact\\_duplicate 300, empty 100 |",
        "| epochs | 2 |",
        "| seed | 13 |",
        "| training time | 1 h 02 min |",
        "| torch | 2.11 |",
        "````yaml\nname: town\n# with ``` inside\n````",
        'SentenceTransformer("path/to/town-dense")',
        "queries after 32 tokens, passages after 180 tokens",
        "No licence is stated",
    ):
        assert part in text, part
    assert "load_model" not in text


def test_slices_are_shown_where_there_are_any():
    assert "By slice" not in card_text(FACTS) and "other languages were not measured" in card_text(FACTS)
    who = [SliceResult(slice="question:who", value=0.5, n=30, low=0.4, high=0.6)]
    sliced = [
        result("dense", 0.8, slices=["cross-lingual:en"], parts=who),
        result("bm25", 0.6, slices=["cross-lingual:en"], parts=who, baseline=True),
    ]
    text = card_text(replace(FACTS, results=sliced))
    for part in (
        "By slice: nDCG@10, each benchmark counting once.",
        "|  | benchmarks | queries | dense | bm25 |",
        "| all | 1 | 300 | **0.800** [0.750, 0.850] | 0.600 [0.550, 0.650] |",
        "| `cross-lingual:en` | 1 | 300 | **0.800** [0.750, 0.850] | 0.600 [0.550, 0.650] |",
        "| `question:who` | 1 | 30 | **0.500** [0.400, 0.600] | **0.500** [0.400, 0.600] |",
        "see above how far it reads others",
    ):
        assert part in text, part


def test_front_matter():
    front = header(card_text(FACTS))
    assert front["language"] == ["xx"]
    assert front["library_name"] == "sentence-transformers"
    assert front["pipeline_tag"] == "sentence-similarity"
    assert front["datasets"] == ["someone/pairs"]
    assert "license" not in front and "base_model" not in front
    (entry,) = front["model-index"][0]["results"]
    assert [(m["name"], m["value"]) for m in entry["metrics"]] == [("nDCG@10", 0.8), ("R@1", 0.7)]
    colbert = header(card_text(replace(FACTS, head="colbert", licence="mit", backbone="someone/bert")))
    assert (colbert["library_name"], colbert["license"], colbert["base_model"]) == (
        "PyLate",
        "mit",
        "someone/bert",
    )
    assert "ColBERT" in colbert["tags"]


def test_the_hub_reads_the_front_matter():
    from huggingface_hub import ModelCard

    data = ModelCard(card_text(FACTS)).data
    assert data.model_name == "town-dense"
    assert [(r.dataset_name, r.metric_name, r.metric_value) for r in data.eval_results] == [
        ("dev", "nDCG@10", 0.8),
        ("dev", "R@1", 0.7),
    ]


@pytest.mark.parametrize("head, call", [("dense", "SentenceTransformer("), ("colbert", "models.ColBERT(")])
def test_use_depends_on_head_and_segmentation(head, call):
    plain = card_text(replace(FACTS, head=head))
    assert call in plain and "load_model" not in plain
    segmented = card_text(replace(FACTS, head=head, presegment=True))
    assert 'model = load_model("path/to/town-dense")' in segmented
    assert "segmented Exish" in segmented and call in segmented


@pytest.mark.parametrize("presegment", [True, False])
def test_the_card_says_what_pylate_would_do_otherwise(presegment):
    facts = replace(FACTS, head="colbert", query_tokens=48, presegment=presegment)
    assert "PyLate fills" not in card_text(facts)
    assert "PyLate fills every query up to 48 tokens instead" in card_text(
        replace(facts, expansion="dynamic")
    )


def test_the_card_pools_as_the_results_were_measured():
    assert "is_query=False, pool_factor=3)" in card_text(replace(FACTS, head="colbert", pool_tokens=3))


@pytest.mark.parametrize("head", ["dense", "colbert"])
@pytest.mark.parametrize("presegment", [True, False])
def test_the_code_compiles(head, presegment):
    text = card_text(replace(FACTS, head=head, presegment=presegment, name='x"; import os #'))
    code = text.split("```python\n")[1].split("\n```")[0]
    compile(code, "card", "exec")
    assert "import os" not in code


def test_the_least_that_can_be_said():
    text = card_text(CardFacts("m", "colbert", "xx", "Exish", presegment=False))
    assert "model-index" not in header(text)
    assert "## Results" not in text and "## How it was made" not in text
    assert "## Use" in text and "## Limits" in text


NASTY = st.text(alphabet=st.sampled_from(list("ab \n\r|`*_[]()<>#&\\-=:'\"{}!~$%@1.東")), max_size=30)


@settings(max_examples=100, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_no_text_breaks_the_layout(name, licence, about):
    facts = replace(
        FACTS,
        name=name,
        member="dense",
        about=about,
        sources=[DataSource(name, licence, about)],
        training={name: licence},
    )
    text = card_text(facts)
    front = header(text)
    assert front["model-index"][0]["name"] == name
    body = text.split("---\n", 2)[2]
    assert body.count("\n## ") == 5
    table = body.split("Training data:\n\n")[1].split("\n\n")[0].split("\n")
    assert len(table) == 3
    for line in table:
        bars = line.replace("\\\\", "").replace("\\|", "").count("|")
        assert bars == 4


@given(NASTY)
def test_escaped_text_has_no_markup_left(text):
    out = escaped(text)
    assert "\n" not in out and "<" not in out and ">" not in out
    bare = out.replace("\\\\", "")
    for character in "`*_[]|#~$":
        assert bare.count(character) == bare.count(f"\\{character}")
    assert not out.startswith(("-", "=", "+", "#", "1. "))


@given(NASTY)
def test_code_spans_and_fences_hold_what_they_hold(text):
    out = in_code(text)
    if out:
        ticks = len(out) - len(out.lstrip("`"))
        inner = out[ticks:-ticks]
        assert "`" * ticks not in inner and "|" not in inner
    block = fenced(text).split("\n")
    assert block[0] == block[-1] and block[0] not in "\n".join(block[1:-1])


def test_grid():
    assert grid(["", "n"], [["a", "1"]], right=1) == "|  | n |\n| --- | ---: |\n| a | 1 |"


def test_results_are_in_the_form_of_mteb():
    from huggingface_hub import ModelCard

    from langret.recipe.schema import BenchmarkSource

    names = ["nDCG@10", "RR@10", "R@100", "AP@10", "P@1", "Success@5", "Rprec"]
    source = BenchmarkSource(
        name="dev", hub="mteb/nfcorpus", split="test", config="default", revision="f" * 40
    )
    facts = replace(
        FACTS,
        results=[result("dense", 0.512345678, name) for name in names],
        benchmarks={"dev": source},
    )
    for head in ("dense", "colbert"):
        found = ModelCard(
            card_text(replace(facts, head=head)), ignore_metadata_errors=False
        ).data.eval_results
        assert [r.metric_type for r in found] == [
            *(
                "ndcg_at_10",
                "mrr_at_10",
                "recall_at_100",
                "map_at_10",
                "precision_at_1",
                "hit_rate_at_5",
                "rprec",
            ),
        ]
        one = found[0]
        assert (one.task_type, one.task_name, one.metric_value) == ("text-retrieval", "Retrieval", 0.51235)
        assert (one.dataset_type, one.dataset_name, one.dataset_split) == ("mteb/nfcorpus", "dev", "test")
        assert (one.dataset_config, one.dataset_revision) == ("default", "f" * 40)


def test_the_licence_is_given_or_derived_or_missing_and_warnings_stand_below():
    given = card_text(replace(FACTS, licence="mit", decided=True, warnings=["a <b>: forbids derivatives."]))
    assert "The recipe gives the model the licence `mit`." in given
    assert "- a &lt;b&gt;: forbids derivatives." in given
    derived = card_text(replace(FACTS, licence="cc-by-sa-4.0"))
    assert header(derived)["license"] == "cc-by-sa-4.0" and "Nobody has decided it." in derived
    assert "license" not in header(card_text(FACTS))


def test_leaked_queries_stand_beside_the_score():
    clean = [SliceResult(slice="leakage:clean", value=0.7, n=290, low=0.6, high=0.8)]
    seen = [result("dense", 0.8, leaked={"question": 10}, parts=clean)]
    text = card_text(replace(FACTS, results=seen))
    assert "† 10 of 300 queries (3.3 %) stand in the training data: question 10." in text
    assert "nDCG@10 on the other 290: dense 0.700 \\[0.600, 0.800\\]." in text


def test_other_tasks_and_suites():
    sts = replace_task(result("dense", 0.4, "Spearman"), "sts")
    clusters = replace_task(result("dense", 0.6, "V-measure"), "clustering")
    clusters = clusters.model_copy(update={"benchmark": "groups", "low": None, "high": None, "p_value": None})
    absent = NotMeasured(
        member="colbert", benchmark="groups", task="clustering", reason="one vector is needed"
    )
    suite = SuiteResult(
        suite="all", member="dense", value=0.5, shared=None, tasks={"sts": 0.4, "clustering": 0.6},
        measured=["towns", "groups"], left_out=[],
    )  # fmt: skip
    facts = replace(FACTS, results=[sts, clusters], not_measured=[absent], suites=[suite])
    text = card_text(facts)
    for part in (
        "sts, 300 examples",
        "95 % bootstrap interval over examples.",
        "| **dense** (this model) | **0.600** |",
        "No interval can be given.",
        "- colbert on groups (clustering): one vector is needed.",
        "| **dense** (this model) | 0.500 |  | 0.400 | 0.600 |  |",
    ):
        assert part in text, part
    entries = header(text)["model-index"][0]["results"]
    assert [entry["task"]["name"] for entry in entries] == ["STS", "Clustering"]


def replace_task(one: Result, task: str) -> Result:
    return one.model_copy(update={"task": task, "leaked": None})

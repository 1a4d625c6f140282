"""Data sets that are published for many languages: their hub, format, licence and place, to cite in a catalogue.

A plugin calls one of these with what is its own: the counts, a note that names the configuration and the split, the
slices. Any other field may be given too, where a language's part differs::

    miracl(queries=860, passages=6_953_614, note="Dev split, configuration ja; nDCG@10.")
"""

from __future__ import annotations

from functools import partial

from langret.language.contract import CatalogueEntry

miracl = partial(
    CatalogueEntry,
    name="miracl",
    role="benchmark",
    hub="miracl/miracl",
    format="TREC topics and qrels, with a JSON-lines corpus in miracl/miracl-corpus",
    licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
    url="https://doi.org/10.1162/tacl_a_00595",
)
"""Wikipedia in 18 languages, questions and judgements by native speakers."""

miracl_train = partial(miracl, name="miracl-train", role="train")
"""Its training questions."""

nomiracl = partial(
    CatalogueEntry,
    name="nomiracl",
    role="benchmark",
    hub="miracl/nomiracl",
    format="JSON lines of query with positive and negative passages",
    licence="Apache-2.0",
    url="https://huggingface.co/datasets/miracl/nomiracl",
)
"""Questions of MIRACL's languages that no listed passage answers, beside some that one does."""

mrtydi = partial(
    CatalogueEntry,
    name="mrtydi",
    role="benchmark",
    hub="castorini/mr-tydi",
    format="JSON lines of query and positive passages; the corpus is castorini/mr-tydi-corpus",
    licence="Apache-2.0",
    url="https://arxiv.org/abs/2108.08787",
)
"""Mr. TyDi: TyDi QA's questions over all of Wikipedia."""

mrtydi_negatives = partial(
    mrtydi,
    name="mrtydi-negatives",
    role="negatives",
    format="JSON lines of query, positive passages and negative passages (train.jsonl.gz)",
)
"""Its training questions with the first hits of BM25."""

tydiqa = partial(
    CatalogueEntry,
    name="tydiqa-goldp",
    role="train",
    hub="google-research-datasets/tydiqa",
    format="datasets",
    licence="Apache-2.0",
    url="https://arxiv.org/abs/2003.05002",
)
"""TyDi QA's gold passage task: questions of people who had not seen the answer."""

mmarco = partial(
    CatalogueEntry,
    name="mmarco",
    role="train",
    hub="unicamp-dl/mmarco",
    format="mmarco",
    licence="Apache-2.0 (translations); MS MARCO's own terms for the text: non-commercial research",
    passages=8_841_823,
    url="https://arxiv.org/abs/2108.13897",
)
"""mMARCO: MS MARCO in machine translation."""

swim_ir = partial(
    CatalogueEntry,
    name="swim-ir",
    role="train",
    hub="nthakur/swim-ir-monolingual",
    format="datasets",
    licence="CC-BY-SA-4.0",
    url="https://arxiv.org/abs/2311.05800",
)
"""SWIM-IR: questions that a language model wrote for passages of Wikipedia."""

xquad = partial(
    CatalogueEntry,
    name="xquad",
    role="benchmark",
    hub="google/xquad",
    format="datasets",
    licence="CC-BY-SA-4.0",
    queries=1_190,
    passages=240,
    url="https://arxiv.org/abs/1910.11856",
)
"""XQuAD: a part of SQuAD's dev split, translated by people into several languages."""

mlqa = partial(
    CatalogueEntry,
    name="mlqa",
    role="benchmark",
    hub="facebook/mlqa",
    format="datasets",
    licence="CC-BY-SA-3.0",
    url="https://arxiv.org/abs/1910.07475",
)
"""MLQA: Wikipedia passages and questions, each in any of seven languages."""

mkqa = partial(
    CatalogueEntry,
    name="mkqa",
    role="benchmark",
    hub="apple/mkqa",
    format="JSON lines of questions and answers in 26 languages, without passages",
    licence="CC-BY-SA-3.0",
    queries=10_000,
    url="https://arxiv.org/abs/2007.15207",
    slices=("cross-lingual:en",),
)
"""MKQA: Natural Questions translated by people; the usual corpus is the English Wikipedia."""

belebele = partial(
    CatalogueEntry,
    name="belebele",
    role="benchmark",
    hub="facebook/belebele",
    format="datasets",
    licence="CC-BY-SA-4.0",
    queries=900,
    passages=488,
    url="https://arxiv.org/abs/2308.16884",
)
"""Belebele: the same passages and questions in 122 varieties of languages."""

mldr = partial(
    CatalogueEntry,
    name="mldr",
    role="benchmark",
    hub="Shitao/MLDR",
    format="datasets",
    licence="MIT",
    url="https://arxiv.org/abs/2402.03216",
)
"""MLDR: long articles, questions by a language model."""


def built(
    code: str, name: str, licence: str, url: str, *, queries: int = 0, passages: int = 0
) -> CatalogueEntry:
    """Hard negatives that a recipe of ``recipes/negatives/`` builds; the text stays its publisher's."""
    return CatalogueEntry(
        name=name,
        role="negatives",
        hub="",
        format="a mined set of langret; it is built, not downloaded",
        licence=licence,
        queries=queries,
        passages=passages,
        url=url,
        note=(
            f"Build it with `langret mine negatives/{code} --output {code}/{name}`: 15 of BM25's first 50 a question, "
            "each below 0.95 of its positive's score."
        ),
    )

"""Published English retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_MS_MARCO = "MS MARCO's own terms: non-commercial research"
_BEIR = "CC-BY-SA-4.0 by BEIR's card; the source's own terms apply too"


def _beir(
    name: str, hub: str, queries: int, passages: int, note: str, slices: tuple[str, ...]
) -> CatalogueEntry:
    return CatalogueEntry(
        name=name,
        role="benchmark",
        hub=f"BeIR/{hub}",
        format="beir",
        licence=_BEIR,
        queries=queries,
        passages=passages,
        url="https://github.com/beir-cellar/beir",
        note=f"{note} Test split, nDCG@10; judgements are in BeIR/{hub}-qrels.",
        slices=slices,
    )


CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="msmarco",
        role="benchmark",
        hub="BeIR/msmarco",
        format="beir",
        licence=_MS_MARCO,
        queries=6_980,
        passages=8_841_823,
        url="https://microsoft.github.io/msmarco/",
        note="Small dev split, MRR@10. Most questions have one labelled passage of several that answer.",
    ),
    CatalogueEntry(
        name="msmarco-train",
        role="train",
        hub="BeIR/msmarco",
        format="beir",
        licence=_MS_MARCO,
        passages=8_841_823,
        url="https://microsoft.github.io/msmarco/",
        note="About half a million questions of a search engine's users; published counts differ by version.",
    ),
    CatalogueEntry(
        name="msmarco-hard-negatives",
        role="negatives",
        hub="sentence-transformers/msmarco-hard-negatives",
        format="JSON lines of query id, positive ids and ids by mining system; texts come from MS MARCO",
        licence="not stated on its card; derived from MS MARCO, whose terms apply",
        url=f"{_HUB}/sentence-transformers/msmarco-hard-negatives",
        note="Hits of BM25 and of several dense models, with scores of a cross-encoder. Counts not confirmed.",
    ),
    CatalogueEntry(
        name="rlhn",
        role="negatives",
        hub="rlhn/rlhn-680K",
        format="JSON rows of query, positive_passages, negative_passages and subset",
        licence="see its card; each source set's own terms apply",
        url="https://arxiv.org/abs/2505.16967",
        note=(
            "Seven training sets of the BGE collection, false negatives moved to the positives by two language "
            "models. rlhn/default-680K is the same without."
        ),
    ),
    _beir("nq", "nq", 3_452, 2_681_468, "Questions of Google's users, Wikipedia.", ()),
    _beir("hotpotqa", "hotpotqa", 7_405, 5_233_329, "Questions over two Wikipedia articles.", ()),
    _beir("quora", "quora", 10_000, 522_931, "Duplicate questions.", ()),
    _beir("fiqa", "fiqa", 648, 57_638, "Opinions on money; 5,500 training questions.", ("domain:finance",)),
    _beir("scifact", "scifact", 300, 5_183, "Claims and abstracts.", ("domain:science",)),
    _beir("scidocs", "scidocs", 1_000, 25_657, "Titles of papers and what they cite.", ("domain:science",)),
    _beir("nfcorpus", "nfcorpus", 323, 3_633, "Nutrition, graded.", ("domain:medicine",)),
    _beir("trec-covid", "trec-covid", 50, 171_332, "Deep judgements.", ("domain:medicine",)),
    _beir("arguana", "arguana", 1_406, 8_674, "Queries are passages: drop what a query finds of itself.", ()),
    CatalogueEntry(
        name="squad-train",
        role="train",
        hub="rajpurkar/squad",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=87_599,
        url="https://arxiv.org/abs/1606.05250",
        note="Passages repeat from row to row. Questions were written with the passage in view and share its words.",
    ),
    published.miracl(
        queries=799,
        passages=32_893_221,
        note="Dev split, configuration en; nDCG@10. Training split: 2,863 questions.",
    ),
    published.mrtydi(
        url=f"{_HUB}/castorini/mr-tydi",
        note="Configuration english; counts not confirmed. Shares its Wikipedia with MIRACL.",
    ),
    CatalogueEntry(
        name="cranfield",
        role="benchmark",
        hub="",
        format="SMART files (.I .T .A .B .W) and judgements of four grades",
        licence="public test collection",
        queries=225,
        passages=1_400,
        url="http://ir.dcs.gla.ac.uk/resources/test_collections/cran/",
        note="Grade 1 is best, 4 least; queries count from 1 in file order, whatever their .I says.",
        slices=("domain:science",),
    ),
    CatalogueEntry(
        name="tatqa",
        role="benchmark",
        hub="next-tat/TAT-QA",
        format="JSON list of documents with a table, paragraphs and questions",
        licence="CC-BY-4.0",
        queries=1_668,
        url="https://arxiv.org/abs/2105.07624",
        note="Dev split, 278 documents; rel_paragraphs names the answering text, questions on tables have none.",
        slices=("domain:finance",),
    ),
)

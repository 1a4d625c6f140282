"""Published Japanese retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="jaquad",
        role="benchmark",
        hub="SkelterLabsInc/JaQuAD",
        format="squad",
        licence="CC-BY-SA-3.0",
        queries=3_939,
        passages=1_431,
        url=f"{_HUB}/SkelterLabsInc/JaQuAD",
        note="Counts are of the dev split; the test split has no public answers. Wikipedia.",
    ),
    CatalogueEntry(
        name="jaquad-train",
        role="train",
        hub="SkelterLabsInc/JaQuAD",
        format="squad",
        licence="CC-BY-SA-3.0",
        queries=31_748,
        passages=9_713,
        url=f"{_HUB}/SkelterLabsInc/JaQuAD",
        note="Wikipedia; several questions a passage, so passages have many positives.",
    ),
    CatalogueEntry(
        name="jsquad",
        role="benchmark",
        hub="sbintuitions/JSQuAD",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=4_442,
        url=f"{_HUB}/sbintuitions/JSQuAD",
        note=(
            "Validation split of JGLUE's JSQuAD. The JaColBERTv2.5 paper reports R@3 on 4,420 questions "
            "and prints both 1,145 and 1,600 passages: state which you searched."
        ),
    ),
    CatalogueEntry(
        name="jsquad-train",
        role="train",
        hub="sbintuitions/JSQuAD",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=62_859,
        url=f"{_HUB}/sbintuitions/JSQuAD",
        note="Passages repeat from row to row; their number is not published.",
    ),
    published.miracl(
        queries=860,
        passages=6_953_614,
        note="Dev split, configuration ja; nDCG@10. Shares its Japanese passages with Mr. TyDi's Wikipedia.",
    ),
    published.miracl_train(
        queries=3_477,
        passages=6_953_614,
        note="34,387 judgements, relevant and not.",
    ),
    published.mrtydi(
        url=f"{_HUB}/castorini/mr-tydi",
        note=(
            "Configuration japanese; the hub shows 5.35 k questions in train, dev and test together and "
            "about 7 M passages, exact counts not confirmed. Training negatives: BM25's first 30 hits."
        ),
    ),
    CatalogueEntry(
        name="jqara",
        role="benchmark",
        hub="hotchpotch/JQaRA",
        format="datasets",
        licence="CC-BY-SA-4.0 (questions); CC-BY-SA-4.0 or GFDL (Wikipedia titles and texts)",
        queries=1_667,
        passages=166_700,
        url="https://github.com/hotchpotch/JQaRA",
        note=(
            "Test split: 100 candidates a question to rerank (passages counts candidates); nDCG@10. Labels "
            "by answer string, then checked. The splits dev (1,737) and unused (498) are meant for training."
        ),
    ),
    CatalogueEntry(
        name="jacwir",
        role="benchmark",
        hub="hotchpotch/JaCWIR",
        format="datasets",
        licence="other: research and non-commercial evaluation only",
        queries=5_000,
        passages=513_107,
        url="https://github.com/hotchpotch/JaCWIR",
        note=(
            "Titles and descriptions of web pages, questions by ChatGPT 3.5 (not for competing models); "
            "100 candidates a question, MAP@10."
        ),
    ),
    published.mmarco(
        note="Configuration japanese: MS MARCO translated by Google Translate. Passages as in MS MARCO.",
    ),
    CatalogueEntry(
        name="mmarco-hard-negatives",
        role="negatives",
        hub="bclavie/mmarco-japanese-hard-negatives",
        format="datasets",
        licence="not stated on its card; derived from mMARCO, whose terms apply",
        queries=391_061,
        url=f"{_HUB}/bclavie/mmarco-japanese-hard-negatives",
        note=(
            "Columns query, positives, negatives. JaColBERT v1 trained on it. By its card, the negatives are 25 of "
            "multilingual-e5-base and 10 of BM25 for each query."
        ),
    ),
    published.built(
        code="ja",
        name="jaquad-hn",
        licence="CC-BY-SA-3.0",
        queries=31_748,
        passages=9_713,
        url="https://huggingface.co/datasets/SkelterLabsInc/JaQuAD",
    ),
    CatalogueEntry(
        name="mmarco-scored",
        role="negatives",
        hub="answerdotai/MMARCO-japanese-32-scored-triplets",
        format="query id, 32 passage ids and 32 teacher scores a row; texts come from unicamp-dl/mmarco",
        licence="not stated on its card; derived from mMARCO, whose terms apply",
        url="https://arxiv.org/abs/2407.20750",
        note="Distillation data of JaColBERTv2.5: 3.2 M rows by the paper; number of queries not published.",
    ),
    CatalogueEntry(
        name="esci",
        role="benchmark",
        hub="tasksource/esci",
        format="datasets",
        licence="Apache-2.0",
        queries=4_206,
        passages=149_999,
        url="https://github.com/amazon-science/esci-data",
        note=(
            "Rows with product_locale jp of Amazon's Shopping Queries; counts are the JaColBERTv2.5 paper's, "
            "nDCG@10 over the grades exact, substitute, complement, irrelevant."
        ),
    ),
)

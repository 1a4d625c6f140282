"""Judge mined candidates in two steps, and see what each treatment makes of the verdicts."""

from langret.data.records import Collection, Judgement, Passage, Query
from langret.judging import Verdict, flagged, make_cases, make_judge, settle, verdict_table
from langret.language import get_language
from langret.mining import BM25Index, select_negatives
from langret.recipe.schema import Negatives, PythonJudge

language = get_language("ja")
texts = {
    "biwa": "琵琶湖は滋賀県にある、日本で最も大きい湖である。",
    "biwa-2": "日本で最も大きい湖は、滋賀県の琵琶湖である。",
    "biwa-3": "滋賀県にある琵琶湖は、とても大きい湖である。",
    "kasumi": "霞ヶ浦は茨城県にある、日本で二番目に大きい湖である。",
    "fuji": "富士山は静岡県と山梨県にまたがる、日本で最も高い山である。",
}
data = Collection.from_records(
    [
        *(Passage(id, language.normalize(text)) for id, text in texts.items()),
        Query("q1", language.normalize("日本で最も大きい湖はどこですか")),
        Judgement("q1", "biwa"),
    ]
)
found = BM25Index.build(language, data.kept_passages()).search(list(data.kept_queries()), k=100)
selected = select_negatives(
    found, data.positives(), {}, Negatives(per_query=4, max_of_positive=None), seed=13
)

cases = list(make_cases(selected, data))
cheap = make_judge(PythonJudge(kind="python", function="our_judge:shares_pairs"), None)
first = verdict_table("python", cheap.judge(cases))
# what it flagged goes to a stronger one; a language model could say this
answers = {"biwa-2": "false_negative", "biwa-3": "partial"}
second = verdict_table(
    "llm",
    (
        [Verdict(case.query_id, id, answers.get(id, "negative")) for id, _ in case.candidates]
        for case in flagged(cases, first)
    ),
)
for table in (first, second):
    for row in table.to_pylist():
        print(f"{row['judge']:<8} {row['passage_id']:<7} {row['verdict']}")

for treatment in ("remove", "drop", "relabel", "rank"):
    settled = settle(selected, [first, second], treatment, most_false=7, per_query=4)
    rows = [row for row in settled.candidates.to_pylist() if row["passage_id"] != "biwa"]
    print(f"{treatment:<8}", "  ".join(f"{row['passage_id']}: {row['reason'] or 'kept'}" for row in rows))

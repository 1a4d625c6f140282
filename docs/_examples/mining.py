"""Mine hard negatives for one question with BM25, without a recipe."""

from langret.data.records import Passage, Query
from langret.language import get_language
from langret.mining import BM25Index, select_negatives, selection_summary
from langret.recipe.schema import Miner, Negatives

language = get_language("ja")
texts = {
    "biwa": "琵琶湖は滋賀県にある、日本で最も大きい湖である。",
    "biwa-2": "日本で最も大きい湖は、滋賀県の琵琶湖である。",
    "kasumi": "霞ヶ浦は茨城県にある、日本で二番目に大きい湖である。",
    "fuji": "富士山は静岡県と山梨県にまたがる、日本で最も高い山である。",
    "shinano": "信濃川は新潟県と長野県を流れる、日本で最も長い川である。",
    "ramen": "ラーメンは中華麺をスープに入れた料理である。",
}
passages = [Passage(id, language.normalize(text)) for id, text in texts.items()]
queries = [Query("q1", language.normalize("日本で最も大きい湖はどこですか"))]
positives = {"q1": ["biwa"]}  # what is known to answer; "biwa-2" answers too, and nobody has said so

index = BM25Index.build(language, passages)
found = index.search(queries, k=100)
scores = {"bm25": index.positive_scores(queries, positives)}
rules = Negatives(miners=[Miner(kind="bm25")], per_query=2, max_of_positive=0.95)
chosen = select_negatives(found, positives, scores, rules, seed=13)

for row in chosen.to_pylist():
    state = "kept" if row["kept"] else row["reason"]
    print(f"{row['rank']}  {row['score']:.2f}  {row['passage_id']:<8} {state}")
print(selection_summary(chosen, rules.per_query, n_queries=1)["reasons"])

"""Write training pairs from documents alone, and let BM25 look at them, without a recipe."""

from langret.data.records import Collection, Passage, Query, Rejected
from langret.language import get_language
from langret.recipe.schema import Cloze, Consistency
from langret.synthesis import annotate_inconsistent, consistent, write_pairs

language = get_language("ja")
texts = {
    "pay": "設定の画面で支払方法を選びます。右上の保存をクリックしてください。口座からの引き落としは翌月に始まります。",
    "word": "表示する言語は自分で選べます。設定の画面で言語の欄を開きます。右上の保存を必ずクリックしてください。",
    "name": "右上の保存をクリックしてください。請求書の宛名が変わります。",
    "mail": "お問い合わせはメールでどうぞ。",
}
documents = Collection.from_records([Passage(id, language.normalize(text)) for id, text in texts.items()])

written = list(write_pairs(Cloze(kind="cloze", per_passage=2), documents, language, seed=13))
for record in written:
    if isinstance(record, Query):
        print(record.id, record.text)
    elif isinstance(record, Rejected):
        print(record.where, record.reason)

collection = Collection.from_records([*documents.kept_passages(), *written])
ids = [record.id for record in written if isinstance(record, Query | Passage)]
found = consistent(collection, ids, language, Consistency(by="bm25", top=1), seed=13)
for row in found.to_pylist():
    print(row["query_id"], row["rank"], "kept" if row["kept"] else row["reason"])
print(annotate_inconsistent(collection, found, ids).funnel()["queries"])

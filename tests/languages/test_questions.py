"""Kinds of questions: question words that leave no doubt, and none where there is doubt."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from langret.data import read_source
from langret.language import get_language
from langret.language.contract import QUESTIONS
from langret.recipe.schema import Source

CASES = {
    "en": {
        "Who built the bridge?": "who",
        "whose book is this": "who",
        "In which year was it built?": "when",
        "What year did it open": "when",
        "In 2018, why did the margin fall?": "why",
        "Where's the station?": "where",
        "How many people live there?": "how-many",
        "How is it made?": "how",
        "From which of the ports does it leave?": "what",
        "What happens when it rains?": "what",
        "Is it old?": "",
        "the man who sold the world": "",
        "Overview of the whole process": "",
    },
    "ja": {
        "創始者は、誰か?": "who",
        "誰かが来たのはいつですか": "when",
        "決勝は何年のことですか?": "when",
        "工事は何年間続いたか": "how-many",
        "記録は何メートルですか?": "how-many",
        "どの国の人ですか": "where",
        "どこかへ行く人は誰?": "who",
        "なぜ中止されたの?": "why",
        "どのように変わりましたか": "how",
        "どのような作品か": "what",
        "水や塩などの成分": "",
        "いつも混んでいる店": "",
        "昔の呼称は何でしたか?": "what",
        "高橋の出身高校は?": "",
    },
    "zh": {
        "谁设计了该教堂？": "who",
        "誰設計了該教堂？": "who",
        "莱索托哪一年独立？": "when",
        "什麼時候開館？": "when",
        "籍贯是哪里?": "where",
        "这里属于哪个国家？": "where",
        "他为什么被取缔？": "why",
        "车站被称为什么？": "what",
        "平民认为什么最重要？": "what",
        "一共有多少人？": "how-many",
        "体长有多长？": "how-many",
        "是怎么形成的？": "how",
        "有什么特征？": "what",
        "是第几张专辑？": "",
        "许多大学位于北部": "",
    },
    "th": {
        "อี.ที. เพื่อนรัก กำกับโดยใคร": "who",
        "ก่อตั้งเมื่อใด": "when",
        "เกิดวันที่เท่าไร": "when",
        "ตั้งอยู่ที่ไหน": "where",
        "ทำไมเกลือถึงเรืองแสงได้": "why",
        "มีผู้เสียชีวิตกี่คน": "how-many",
        "ทำงานอย่างไร": "how",
        "มีชื่อเต็มว่าอย่างไร": "what",
        "คืออะไร": "what",
        "บทความเกี่ยวกับประวัติศาสตร์": "",
    },
    "id": {
        "Siapakah presiden pertama?": "who",
        "Kapan perang itu berakhir?": "when",
        "Pada tahun berapa ia lahir?": "when",
        "Di negara manakah ia lahir?": "where",
        "Dimana letak Yunani?": "where",
        "Mengapa perang terjadi?": "why",
        "Berapa luasnya?": "how-many",
        "Bagaimana cara kerjanya?": "how",
        "Apa nama ibukotanya?": "what",
        "Apakah bilangan bulat?": "",
        "Beberapa kota di Jawa": "",
    },
    "fi": {
        "Kuka perusti SISU:n?": "who",
        "Kenen kanssa hän asui?": "who",
        "Minä vuonna hän kuoli?": "when",
        "Missä kaupungissa se on?": "where",
        "Missä sijaitsee Kaspian meri?": "where",
        "Missä urheilussa puhutaan salkuista?": "",
        "Miksi järvivesi on makeaa?": "why",
        "Miksi kutsutaan nuorta lehmää?": "",
        "Kuinka monta ihmistä asuu Ivalossa?": "how-many",
        "Kuinka tähti kuolee?": "how",
        "Mitä tarkoittaa muotiluomus?": "what",
        "Koska hän oli väsynyt, hän nukkui": "",
        "Koska eli Augustus?": "",
    },
    "ar": {
        "من هو ملك المغرب؟": "who",
        "مَن ألّف كتاب الرسالة؟": "who",
        "ومن عينه وزيرا للدفاع؟": "who",
        "من كم محافظة تتكون الدولة؟": "how-many",
        "من أين اشتق الاسم؟": "where",
        "متي استقلت الهند؟": "when",
        "في أي عام اختارت الفرقة اسمها؟": "when",
        "لماذا سميت بهذا الاسم؟": "why",
        "كم تبلغ مساحة الصين؟": "how-many",
        "كيف ينتج الالتهاب؟": "how",
        "ماهو مسقط رأسه؟": "what",
        "هل توجد مخاطر على الجنين من حامل مصابة؟": "",
        "هل لديه أي أبناء؟": "",
        "من أجل مستقبل أفضل": "",
        "ما بعد الحداثة": "",
    },
    "arz": {"مين اللي بنى السد؟": "who", "فين محطة القطر؟": "where", "إيه أحسن مطعم؟": "what", "متى ولد؟": "when"},
    "ary": {"شكون بنى الدار؟": "who", "شحال الثمن؟": "how-many", "علاش مشيتي؟": "why", "شنو هي؟": "what"},
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_question_words(code):
    plugin = get_language(code)
    found = {text: plugin.question_type(plugin.normalize(text)) for text in CASES[code]}
    assert found == CASES[code]


def test_dialects_and_other_treatments_ask_as_their_language_does():
    assert get_language("zh-Hant").questions == get_language("zh").questions
    assert get_language("ja-sudachi").question_type("創始者は、誰か?") == "who"
    assert get_language("und").question_type("who is it?") == ""


# Real questions: the share that is recognised, and how many of each kind there are at least. A rule that stops to
# match, or one that takes too much, moves these far.
REAL = {
    "ja": ("ja/jaquad/dev", 0.94, {"who": 600, "when": 600, "where": 450, "how-many": 230, "what": 1600}),
    "ar": ("ar/arcd", 0.90, {"who": 55, "when": 95, "where": 44, "why": 9, "how-many": 60, "what": 320}),
    "th": ("th/iapp_wiki_qa/valid.jsonl", 0.9, {"who": 60, "when": 80, "where": 50, "what": 300}),
    "id": ("id/idk_mrc/valid.json", 0.75, {"who": 100, "when": 100, "where": 50, "how-many": 80, "what": 100}),
    "zh": ("zh/cmrc2018/cmrc2018_dev.json", 0.9, {"who": 230, "when": 270, "where": 380, "why": 140, "what": 1600}),
}  # fmt: skip


@pytest.mark.parametrize("code", REAL)
def test_most_real_questions_are_of_a_kind(code, langret_data):
    path, share, least = REAL[code]
    plugin = get_language(code)
    read = read_source(Source(path=str(langret_data / path)), base=Path(), language=plugin, seed=1)
    texts = [plugin.normalize(text) for text in read.queries.column("text").to_pylist()]
    found = Counter(map(plugin.question_type, texts))
    assert found.keys() <= {*QUESTIONS, ""}
    assert 1 - found[""] / len(texts) > share
    assert {kind: found[kind] for kind in least if found[kind] < least[kind]} == {}


def test_real_finnish_and_english_questions(langret_data):
    fi, en = get_language("fi"), get_language("en")
    lines = (langret_data / "fi/nomiracl/fi.relevant.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = Counter(fi.question_type(fi.normalize(json.loads(line)["query"])) for line in lines)
    assert kinds[""] < 0.3 * len(lines) and kinds["what"] > 60 and kinds["who"] > 5
    documents = json.loads((langret_data / "en/tatqa/tatqa_dataset_dev.json").read_text(encoding="utf-8"))
    asked = [en.normalize(q["question"]) for document in documents for q in document["questions"]]
    kinds = Counter(map(en.question_type, asked))
    assert kinds[""] < 10 and kinds["how-many"] > 100 and kinds["why"] > 20 and kinds["what"] > 1200


def test_real_titles_are_hardly_ever_questions(langret_data):
    for code, path in (("ja", "ja/d365_docs"), ("arz", "arz/arzwiki/wiki_05"), ("en", "en/cranfield")):
        plugin = get_language(code)
        if code == "en":
            parts = (langret_data / path / "cran.all.1400").read_text(encoding="latin-1").split("\n.T\n")[1:]
            texts = [part.split("\n.A\n")[0].replace("\n", " ") for part in parts]
        else:
            read = read_source(Source(path=str(langret_data / path)), base=Path(), language=plugin, seed=1)
            texts = read.queries.column("text").to_pylist()
        found = [text for text in texts if plugin.question_type(plugin.normalize(text))]
        assert len(texts) > 500 and len(found) < 0.03 * len(texts), found[:20]

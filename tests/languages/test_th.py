"""The Thai plugin: the conformance suite, the traps of the language, and real text."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time

import bm25s
import pytest
from langret_th import Thai
from langret_th.world_words import thai_digits, thai_number

from langret.language.conformance import Conformance
from langret.synthesis.world_make import make_world

th = Thai()
module = importlib.import_module("langret_th.segment")  # the package exports a function of that name


class TestTh(Conformance):
    code = "th"

    def plugin(self) -> Thai:
        return th


def terms(text: str) -> list[str]:
    return th.analyze(th.normalize(text))


@pytest.mark.parametrize(
    "text",
    [
        "น้ำ ทำ คำ ก่ำ",  # sara am, which NFKC would split
        "ฤๅษี ฦๅ",  # the long tail after ru and lu
        "ก็ ณ ธ ฯลฯ กรุงเทพฯ",
        "เร็ว ๆ มากๆ",
        "พันธุ์ ศักดิ์ สิทธิ์ เล่ห์",
        "๑๒ สิงหาคม ๒๕๖๗ ราคา ฿๒๐",
        "เกาะ เพราะ เยอะแยะ",
        "พุทฺธํ สรณํ",  # Pali
        "ນ້ຳ",  # Lao has the same trap
        "iPhone ABC",
    ],
)
def test_what_must_not_be_destroyed(text):
    assert th.normalize(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นํ้า", "น้ำ"),  # nikhahit, tone, sara aa
        ("น้ํา", "น้ำ"),  # tone, nikhahit, sara aa
        ("นำ้", "น้ำ"),  # tone after sara am
        ("ทํา", "ทำ"),
        ("ที\u0e48", "ที่"),
        ("ท\u0e48\u0e35", "ที่"),  # tone before the vowel
        ("ร\u0e49\u0e39", "รู้"),
        ("ศักด\u0e4c\u0e34", "ศักดิ์"),
        ("เเปลก", "แปลก"),  # two sara e
        ("ดีีี", "ดี"),
        ("มากก่่อน", "มากก่อน"),
        ("มาาา", "มา"),
        ("จะ้", "จ้ะ"),
        ("มๅ", "มา"),
        ("ภาษา\u200bไทย\ufeff", "ภาษาไทย"),
        ("ＡＢＣ\u00a0１２３", "ABC 123"),
        ("a \n\t b", "a b"),
    ],
)
def test_one_form_for_what_looks_the_same(typed, meant):
    assert th.normalize(typed) == meant


@pytest.mark.parametrize("piece", ["า", "ะ่", "ํ่", "ะา", "เ", "ๅ", "่ิ", "า่ิ"])
def test_no_input_takes_time_in_the_square_of_its_length(piece):
    start = time.process_time()
    text = th.normalize(piece * 50_000)
    assert "".join(th.segment(text)) == text
    assert time.process_time() - start < 5


def test_words():
    text = th.normalize("ประชุมเมื่อ พ.ศ. 2567 ที่กรุงเทพฯ ใช้ iPhone15 ฯลฯ")
    assert th.segment(text) == [
        *("ประชุม", "เมื่อ", "พ.ศ.", "2567", "ที่", "กรุงเทพฯ", "ใช้", "iPhone15", "ฯลฯ"),
    ]


def test_words_do_not_change_at_the_window_of_a_long_text():
    sentence = "นักเรียนทุกคนอ่านหนังสือในห้องสมุดของโรงเรียน"
    words = th.segment(sentence)
    assert th.segment(sentence * 100) == words * 100


def test_bm25_folds_what_a_model_keeps():
    assert terms("พ.ศ. ๒๕๖๗") == terms("พศ 2567") == ["พศ", "_พศ", "2567"]
    assert terms("1,250 บาท") == terms("๑๒๕๐ บาท")
    assert terms("iPhone") == terms("IPHONE")
    assert "กรุงเทพ" in terms("กรุงเทพฯ")
    assert terms("มาก ๆ") == terms("มาก")
    assert terms("… “” ฯลฯ ๆ") == []


def test_bm25_finds_an_unknown_name_inside_other_words():
    inside, alone = terms("นายกฤติณธรพบเพื่อน"), terms("กฤติณธร")
    assert len(set(inside) & {t for t in alone if t.startswith("_")}) >= 3


def test_thai_numbers():
    assert [thai_number(n) for n in (1, 10, 11, 21, 101, 1221, 4900)] == [
        *("หนึ่ง", "สิบ", "สิบเอ็ด", "ยี่สิบเอ็ด", "หนึ่งร้อยเอ็ด", "หนึ่งพันสองร้อยยี่สิบเอ็ด", "สี่พันเก้าร้อย"),
    ]
    assert thai_digits(2507) == "๒๕๐๗"


def test_wordings_of_the_test_were_seen_in_training():
    world = make_world(th.world(), 7)
    seen = {q.pattern for q in world.questions if q.split == "train"}
    assert {q.pattern for q in world.questions} <= seen


def test_pythainlp_leaves_the_home_folder_alone(tmp_path):
    code = (
        "from langret_th import Thai; import os; Thai().analyze('น้ำดื่ม');"
        "print(os.environ.get('PYTHAINLP_READ_ONLY'))"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHAINLP")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "None"
    assert not list(tmp_path.iterdir())


def test_bm25_on_real_questions(langret_data):
    lines = (langret_data / "th/iapp_wiki_qa/valid.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    passages = list(dict.fromkeys(th.normalize(row["context"]) for row in rows))
    index = bm25s.BM25()
    index.index([th.analyze(text) for text in passages], show_progress=False)
    first = 0
    for row in rows:
        best, _ = index.retrieve([terms(row["question"])], k=1, show_progress=False)
        first += passages[best[0, 0]] == th.normalize(row["context"])
    assert first / len(rows) > 0.945  # what words alone reach; measured .953
    lines = (langret_data / "multi/tatoeba/tatoeba.tha-eng.tha").read_text(encoding="utf-8").splitlines()
    for line in lines:
        text = th.normalize(line)
        assert th.normalize(text) == text
        assert "".join(th.segment(text)) == "".join(text.split())

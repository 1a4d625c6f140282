from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langret_ja.world_words import kanji_number

from langret.language import get_language
from langret.synthesis import build_world, world_validate
from langret.synthesis.world_make import make_world

DIGEST = """
import hashlib
from langret.language import get_language
from langret.synthesis import build_world
found = hashlib.sha256()
for split in ("train", "dev", "test"):
    world = build_world(get_language("ja"), split)
    for table in (world.passages, world.queries, world.judgements):
        found.update(repr(table.to_pylist()).encode())
print(found.hexdigest())
"""


@pytest.fixture(scope="module")
def ja():
    return get_language("ja")


def test_kanji_numbers():
    assert [kanji_number(n) for n in (7, 10, 21, 100, 1240, 2005)] == [
        "七",
        "十",
        "二十一",
        "百",
        "千二百四十",
        "二千五",
    ]


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_truth_holds_for_every_seed(seed):
    world_validate(get_language("ja"), seed=seed)


def test_same_world_in_every_process():
    digests = set()
    for hash_seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1
    assert len(digests.pop().strip()) == len(hashlib.sha256().hexdigest())


def test_build_is_fast(ja):
    start = time.process_time()
    build_world(ja, "train", seed=99)
    assert time.process_time() - start < 2


def test_test_wordings_and_name_parts_were_seen_in_training(ja):
    world = make_world(ja.world(), 7)
    train = [q for q in world.questions if q.split == "train"]
    seen = {q.pattern for q in train}
    assert {q.pattern for q in world.questions} <= seen
    parts = {part.forms for q in train for part in world.entities[q.fact[0]].parts}
    unseen = [
        q for q in world.questions if any(p.forms not in parts for p in world.entities[q.fact[0]].parts)
    ]
    assert not unseen


def test_passages_normalise_to_something_that_still_names_the_answer(ja):
    world = make_world(ja.world(), 7)
    for passage in world.passages[:300]:
        text = ja.normalize(passage.text)
        assert all(ja.normalize(form) in text for form in passage.facts.values())

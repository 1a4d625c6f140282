"""Fingerprints depend on content and on nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.pipeline.fingerprint import code_hash, code_hashes, fingerprint, locate

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(), json_values, max_size=6))
def test_order_of_keys_does_not_count(value):
    turned = dict(reversed(list(value.items())))
    assert fingerprint(value) == fingerprint(turned)
    assert len(fingerprint(value)) == 64


@settings(max_examples=50, deadline=None)
@given(json_values, json_values)
def test_only_equal_values_share_a_fingerprint(a, b):
    same = json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)
    assert (fingerprint(a) == fingerprint(b)) == same
    assert fingerprint({"a": a}) != fingerprint({"b": a})


def test_known_value():
    # printf '{"a":[1,"質問"]}' | sha256sum: results made by one version are found by the next
    expected = "fe399ab57b432cc32723ac7f52dc8fcb81a116c2307c7d45cc37ffa51e3a91ec"
    assert fingerprint({"a": [1, "質問"]}) == fingerprint({"a": (1, "質問")}) == expected


@pytest.mark.parametrize("bad", [{"a": Path("x")}, {"a": {1, 2}}, {"a": object()}])
def test_what_json_cannot_hold_is_refused(bad):
    with pytest.raises(TypeError):
        fingerprint(bad)


def test_nan_is_refused():
    with pytest.raises(ValueError):
        fingerprint([float("nan")])


@pytest.fixture
def room(tmp_path, monkeypatch):
    folder = tmp_path / "toyroom"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('hashing must not import')\n")
    (folder / "inner" / "__init__.py").write_text("")
    (folder / "inner" / "words.txt").write_text("一\n", encoding="utf-8")
    (folder / "single.py").write_text("x = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_rooms_are_found_without_import(room):
    assert locate("toyroom") == room
    assert locate("toyroom.inner") == room / "inner"
    assert locate("toyroom.single") == room / "single.py"
    assert "toyroom" not in sys.modules
    for missing in ("toyroom.nothing", "toyroomx", "json.nothing", "this.nothing"):
        with pytest.raises(ModuleNotFoundError):
            locate(missing)


def test_every_file_of_a_room_counts(room):
    before = code_hash("toyroom")
    assert code_hash("toyroom") == before
    (room / "inner" / "words.txt").write_text("二\n", encoding="utf-8")
    after = code_hash("toyroom")
    assert after != before
    (room / "single.py").rename(room / "other.py")
    assert code_hash("toyroom") not in (before, after)


PROGRAM = 'def add(a, b):\n    """Sum."""\n    return a + b\n'


@pytest.mark.parametrize(
    "same",
    [
        '"""A module."""\n' + PROGRAM,
        PROGRAM.replace("Sum.", "The sum of two numbers."),
        PROGRAM.replace('    """Sum."""\n', ""),
        PROGRAM.replace("a + b", "(a + b)  # in this order"),
        PROGRAM.replace("\n", "\r\n"),
    ],
)
def test_comments_docstrings_and_layout_do_not_count(room, same):
    (room / "single.py").write_text(PROGRAM, newline="")
    before = code_hash("toyroom")
    (room / "single.py").write_text(same, newline="")
    assert code_hash("toyroom") == before


@pytest.mark.parametrize(
    "other",
    [
        PROGRAM.replace("a + b", "a - b"),
        PROGRAM.replace("a + b", "b + a"),
        PROGRAM.replace("b):", "b=1):"),
        PROGRAM.replace("    return", '    "a"\n    return'),
        PROGRAM.replace("return", "retrun"),
    ],
)
def test_what_a_program_does_counts(room, other):
    (room / "single.py").write_text(PROGRAM)
    before = code_hash("toyroom")
    (room / "single.py").write_text(other)
    assert code_hash("toyroom") != before


def test_byte_code_and_hidden_files_do_not_count(room):
    before = code_hash("toyroom")
    (room / "__pycache__").mkdir()
    (room / "__pycache__" / "single.pyc").write_bytes(b"x")
    (room / ".single.py.swp").write_bytes(b"x")
    (room / "stray.pyc").write_bytes(b"x")
    assert code_hash("toyroom") == before


def test_moving_the_checkout_changes_nothing(room, tmp_path):
    before = code_hash(room)
    moved = tmp_path / "elsewhere" / "toyroom"
    moved.parent.mkdir()
    room.rename(moved)
    assert code_hash(moved) == before


def test_files_may_be_named(room):
    assert set(code_hashes(["toyroom.inner", room / "single.py"])) == {"toyroom.inner", "single.py"}
    with pytest.raises(FileNotFoundError):
        code_hash(room / "nothing.py")


def test_rooms_of_langret_hash_without_heavy_imports():
    code = (
        "import sys, langret.pipeline as p\n"
        "from langret.pipeline.fingerprint import code_hashes\n"
        "code_hashes(['langret.modeling', 'langret.training', 'langret_ja'])\n"
        "heavy = ('torch', 'numpy', 'pyarrow', 'transformers', 'langret.modeling')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"

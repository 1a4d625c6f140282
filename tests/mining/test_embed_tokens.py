"""Token vectors in shards: what a kill leaves is taken up again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import StageError
from langret.mining.embed_tokens import embed_tokens


class Encoder:
    """A text of n letters has n vectors; it may be killed at a text."""

    def __init__(self, dies_at: str | None = None) -> None:
        self.dies_at, self.read = dies_at, []

    def __call__(self, texts):
        if self.dies_at in texts:
            raise KeyboardInterrupt
        self.read += texts
        return [np.array([[ord(c), i] for i, c in enumerate(t)], np.float64).reshape(-1, 2) for t in texts]


def unpacked(found) -> list[list[list[float]]]:
    ends = np.cumsum(found.lengths)
    return [found.vectors[e - n : e].tolist() for n, e in zip(found.lengths, ends, strict=True)]


TEXTS = ["ab", "", "cde", "f", "ghij", "k", "l"]
EXPECTED = [[[float(ord(c)), float(i)] for i, c in enumerate(t)] for t in TEXTS]


def test_every_text_has_its_own_vectors(tmp_path) -> None:
    heard = []
    found = embed_tokens(TEXTS, Encoder(), tmp_path, 2, shard=3, progress=heard.append)
    assert unpacked(found) == EXPECTED and heard == [3, 6, 7] and not found.vectors.flags.writeable


def test_a_second_time_nothing_is_encoded(tmp_path) -> None:
    embed_tokens(TEXTS, Encoder(), tmp_path, 2, shard=3)
    again = Encoder()
    assert unpacked(embed_tokens(TEXTS, again, tmp_path, 2, shard=3)) == EXPECTED and again.read == []


def test_a_killed_encoding_goes_on_behind_the_last_whole_shard(tmp_path) -> None:
    with pytest.raises(KeyboardInterrupt):
        embed_tokens(TEXTS, Encoder("ghij"), tmp_path, 2, shard=3)
    again = Encoder()
    assert unpacked(embed_tokens(TEXTS, again, tmp_path, 2, shard=3)) == EXPECTED and again.read == TEXTS[3:]


@settings(max_examples=20, deadline=None)
@given(cut=st.integers(0, 96), counted=st.integers(0, 28))
def test_torn_files_are_made_again(tmp_path_factory, cut, counted) -> None:
    folder = tmp_path_factory.mktemp("torn")
    embed_tokens(TEXTS, Encoder(), folder, 2, shard=3)
    for name, size in (("vectors.f32", cut), ("lengths.i32", counted)):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:size])
    assert unpacked(embed_tokens(TEXTS, Encoder(), folder, 2, shard=3)) == EXPECTED


def test_texts_without_a_token_are_no_vectors(tmp_path) -> None:
    found = embed_tokens(["", ""], Encoder(), tmp_path, 2)
    assert found.vectors.shape == (0, 2) and found.lengths.tolist() == [0, 0]
    assert embed_tokens(["", ""], Encoder("never"), tmp_path, 2).lengths.tolist() == [0, 0]


def test_another_list_or_another_shape_is_refused(tmp_path) -> None:
    embed_tokens(TEXTS, Encoder(), tmp_path, 2)
    with pytest.raises(StageError, match="more embeddings than there are texts"):
        embed_tokens(TEXTS[:2], Encoder(), tmp_path, 2)
    (tmp_path / "other").mkdir()
    with pytest.raises(StageError, match=r"1 arrays \[tokens, 3\] are expected \(found: \[2, 2\]\)"):
        embed_tokens(["ab"], Encoder(), tmp_path / "other", 3)
    with pytest.raises(StageError, match="found: 0 arrays"):
        embed_tokens(["ab"], lambda texts: [], tmp_path / "other", 3)

"""Which source a query came from, without a look at its id."""

from __future__ import annotations

import numpy as np

from langret.data.records import Collection, Judgement, Passage, Query
from langret.data.sources import only_sources, query_sources, read_counts, write_counts


def test_counts_say_the_source_of_each_row(tmp_path):
    write_counts(tmp_path, [2, 0, 3])
    assert read_counts(tmp_path) == [2, 0, 3]
    assert query_sources(tmp_path).tolist() == [0, 0, 2, 2, 2]


def test_queries_of_other_sources_are_set_aside_and_keep_earlier_reasons():
    data = Collection.from_records(
        [Passage("p", "x"), *(Query(f"q{i}", "x") for i in range(4)), Judgement("q0", "p")]
    )
    queries = data.queries.set_column(2, "kept", [[True, False, True, True]])
    queries = queries.set_column(3, "reason", [["", "held_out", "", ""]])
    found = only_sources(data.replace(queries=queries), np.array([0, 0, 1, 2]), [1])
    assert found.queries["kept"].to_pylist() == [False, False, True, False]
    assert found.queries["reason"].to_pylist() == ["other_source", "held_out", "", "other_source"]
    assert found.passages.num_rows == 1 and found.judgements.num_rows == 1

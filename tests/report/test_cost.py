from __future__ import annotations

from langret.report.cost import cost_line, cost_rows

COST = {
    "seconds": 10.0,
    "tokens": 1900,
    "padded_tokens": 3000,
    "peak_memory": 3 * 2**30,
    "device": "thing",
    "steps_per_second": 0.5,
    "queries_per_second": 9.0,
    "tokens_per_second": 19000.0,
    "loading": 0.05,
    "devices": 2,
}


def test_what_was_not_measured_is_left_out():
    rows = cost_rows([COST])
    assert rows["trained on"] == "2 × thing"
    assert rows["speed of training"] == "0.5 steps/s, 9 queries/s, 19,000 tokens/s"
    assert rows["waiting for batches"] == "5.0 % of the time"
    assert rows["peak memory of a process"] == "3.0 GiB"
    assert "energy" not in rows
    assert cost_rows([]) == {}


def test_stages_add_up_and_the_last_gives_the_speed():
    first = {**COST, "devices": 1, "joules": 1800.0, "peak_device_memory": 2**30}
    del first["queries_per_second"]
    rows = cost_rows([first, COST])
    assert rows["tokens encoded"] == "3,800 (6,000 with padding)"
    assert rows["trained on"] == "thing, 2 × thing"
    assert rows["energy"] == "0.50 Wh"
    assert rows["peak memory of a process"] == "3.0 GiB, 1.0 GiB on the GPU"


def test_a_line_for_the_end_of_a_run():
    first = {**COST, "joules": 1800.0, "tokens": 2_000_000}
    line = cost_line([first, COST], 75.0)
    assert line == "1 min 15 s, 2.0 M tokens, 3.0 GiB, 0.50 Wh, on 2 × thing"
    assert cost_line([], 5.0) == "5.0 s", "a merge trains nothing"

from __future__ import annotations

import json

import pytest

from langret.errors import DataError
from langret.evaluation import (
    Result,
    SliceResult,
    correct_results,
    merge_results,
    read_results,
    results_schema,
    write_results,
)

ONE = Result(
    member="密", benchmark="dev", metric="nDCG@10", value=0.5, n=10, low=0.4, high=0.6, reference="bm25",
    difference=-0.1, difference_low=-0.2, difference_high=0.0, p_value=0.04,
    passages=100, search="exact", seconds=1.5, slices=["dialect:arz"],
    parts=[SliceResult(slice="question:who", value=0.4, n=4, low=0.2, high=0.6)],
)  # fmt: skip
TWO = Result(member="bm25", benchmark="dev", metric="nDCG@10", value=1, n=10, low=1, high=1, baseline=True)


def test_round_trip(tmp_path):
    path = tmp_path / "new" / "results.json"
    write_results([ONE, TWO], path, about={"langret": "1"})
    assert read_results(path) == [ONE, TWO]
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["schema"] == 1 and value["about"] == {"langret": "1"}
    assert "密" in path.read_text(encoding="utf-8")
    assert [p.name for p in path.parent.iterdir()] == ["results.json"]


def test_the_file_fits_its_schema(tmp_path):
    schema = results_schema()
    result = schema["$defs"]["Result"]
    assert set(result["required"]) == {"member", "benchmark", "metric", "value", "n", "low", "high"}
    assert set(ONE.model_dump()) == set(result["properties"])
    parts = schema["$defs"]["SliceResult"]["properties"]
    assert set(parts) == {"slice", "value", "n", "low", "high"}
    assert all(part.get("description") for part in [*result["properties"].values(), *parts.values()])
    assert set(schema["properties"]) == {"schema", "results", "not_measured", "suites", "about"}
    for name in ("NotMeasured", "SuiteResult"):
        assert all(part.get("description") for part in schema["$defs"][name]["properties"].values())


def test_files_from_before_there_were_slices_are_read(tmp_path):
    old = {key: value for key, value in ONE.model_dump(mode="json").items() if key not in ("slices", "parts")}
    (tmp_path / "results.json").write_text(json.dumps({"schema": 1, "results": [old]}))
    (read,) = read_results(tmp_path / "results.json")
    assert (read.slices, read.parts, read.value) == ([], [], 0.5)


def test_merge_takes_the_newer_and_keeps_the_order():
    newer = ONE.model_copy(update={"value": 0.7})
    other = ONE.model_copy(update={"benchmark": "test"})
    assert merge_results([ONE, TWO], [other, newer]) == [newer, TWO, other]


def broken(**changes):
    row = {**ONE.model_dump(mode="json"), **changes}
    return json.dumps({"schema": 1, "results": [TWO.model_dump(mode="json"), row]})


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "results.json:1: not valid JSON"),
        ('{\n"schema": 1,\n]', "results.json:3: not valid JSON"),
        ("[]", 'expected an object with "schema"'),
        ('{"schema": 2, "results": []}', "schema 2 is not the one of this langret, which is 1"),
        ('{"schema": 1}', "results: Field required"),
        (broken(valeu=1), 'results[1].valeu: unknown key Did you mean "value"?'),
        (broken(value="high"), 'results[1].value: Input should be a valid number, found "high"'),
        (broken(parts=[{"slices": "x"}]), "results[1].parts[0].slice: Field required"),
        (
            broken(parts=[{**ONE.parts[0].model_dump(), "valu": 1}]),
            'results[1].parts[0].valu: unknown key Did you mean "value"?',
        ),
        (broken(n=0), "results[1].n: Input should be greater than or equal to 1, found 0"),
        (broken(p_value=1.5), "results[1].p_value"),
        (broken(value=float("nan")), "results[1].value: Input should be a finite number"),
        ('{"schema": 1, "results": [], "abut": 1}', 'Did you mean "about"?'),
    ],
)
def test_errors_say_where(tmp_path, text, message):
    path = tmp_path / "results.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_results(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        read_results(tmp_path / "results.json")
    (tmp_path / "latin.json").write_bytes(b'"\xe9"')
    with pytest.raises(DataError, match="cannot be read"):
        read_results(tmp_path / "latin.json")


def test_p_values_are_corrected_for_each_metric_over_systems_and_benchmarks():
    def one(member, benchmark, metric, p_value):
        return Result(
            member=member,
            benchmark=benchmark,
            metric=metric,
            value=0.5,
            n=9,
            low=0.4,
            high=0.6,
            p_value=p_value,
        )

    given = [
        one("a", "x", "R@1", 0.01),
        one("a", "y", "R@1", 0.04),
        one("a", "x", "P@1", 0.04),
        one("bm25", "x", "R@1", None),
    ]
    assert [r.p_corrected for r in correct_results(given)] == [0.02, 0.04, 0.04, None]

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from langret.cli.cost import named
from langret.cli.main import app
from langret.evaluation import cost as module
from tests.cli.test_models import Characters, benchmark_folder, model  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.setattr(module, "_apart", module._measure)
    monkeypatch.setattr(Characters, "cuts", (), raising=False)


def invoke(*args):
    return CliRunner().invoke(app, list(map(str, args)), env={"COLUMNS": "100"})


def test_a_table_and_a_page(model, benchmark_folder, tmp_path):  # noqa: F811
    page = tmp_path / "cost.html"
    done = invoke("cost", model, "--benchmark", benchmark_folder, "--search", "exact,cut:2", "--html", page)
    assert done.exit_code == 0, done.output
    assert "model on bench: 3 queries, 3 passages" in done.stdout
    assert "cut:2" in done.stdout and "not known to be trained for it" in done.stdout
    html = page.read_text()
    assert "<svg" in html and "cut:2" in html


def test_json(model, benchmark_folder):  # noqa: F811
    done = invoke("cost", model, "--benchmark", benchmark_folder, "--search", "cut:2", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["schema"] == 1 and found["machine"]
    assert [one["search"] for one in found["costs"]] == ["exact", "cut:2"]
    assert found["costs"][1]["bytes"] < found["costs"][0]["bytes"]
    assert found["encoding"][0]["model"] == "model" and found["encoding"][0]["passages_per_second"] > 0


def test_models_of_one_name_are_told_apart(tmp_path):
    for parent in ("a", "b"):
        (tmp_path / parent / "model").mkdir(parents=True)
    one, two = (str(tmp_path / parent / "model") for parent in ("a", "b"))
    assert named([one, "hub/name", one]) == {one: "model", "hub/name": "hub/name"}
    assert named([one, two]) == {one: one, two: two}


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("cut:4096", "can only be cut to fewer"),
        ("plaid", 'no search "plaid"'),
        ("int7", 'Did you mean "int8"'),
    ],
)
def test_mistakes_are_one_line(model, benchmark_folder, search, said):  # noqa: F811
    done = invoke("cost", model, "--benchmark", benchmark_folder, "--search", search)
    assert done.exit_code == 2 and said in done.output
    assert "Traceback" not in done.output


def test_weights_are_measured_or_refused(model, benchmark_folder, monkeypatch):  # noqa: F811
    from langret.modeling import precision

    monkeypatch.setattr(precision, "reduce_weights", lambda retriever, name: retriever)
    monkeypatch.setattr(precision, "weights_size", lambda retriever: 1000)
    given = ["cost", model, "--benchmark", benchmark_folder, "--search", "exact"]
    done = invoke(*given, "--weights", "bf16")
    assert done.exit_code == 0, done.output
    assert "Weights of model on bench" in done.stdout and "bf16" in done.stdout
    found = json.loads(invoke(*given, "--weights", "bf16", "--json").stdout)["weights"]
    assert [one["weights"] for one in found] == ["as saved", "bf16"]
    done = invoke(*given, "--weights", "bf61")
    assert done.exit_code == 2 and 'Did you mean "bf16"' in done.output

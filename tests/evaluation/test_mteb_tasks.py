from __future__ import annotations

import builtins
import json

import pytest

from langret.errors import DataError, LanguageError, MissingDependencyError
from langret.evaluation.mteb_tasks import SEARCHES, find_tasks, mteb_tasks, run_mteb
from langret.language import get_language


def test_without_mteb_the_extra_is_named(monkeypatch):
    plain = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "mteb":
            raise ModuleNotFoundError("No module named 'mteb'")
        return plain(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingDependencyError, match=r"langret\[mteb\]"):
        mteb_tasks(get_language("ja"), "dense")


pytest.importorskip("mteb", reason="mteb needs Python 3.11 and the extra [mteb]")


def test_tasks_are_those_of_the_language_and_of_the_head():
    dense, late = (mteb_tasks(get_language("ja"), head) for head in ("dense", "colbert"))
    types = {task.metadata.type for task in dense}
    assert {task.metadata.type for task in late} == types & set(SEARCHES) < types
    assert {t.metadata.name for t in late} < {t.metadata.name for t in dense}
    shared = next(task for task in late if task.metadata.name == "MIRACLReranking")
    assert shared.languages == ["jpn"]  # of a task in many languages, the part in this one


def test_a_member_of_a_macrolanguage_counts():
    names = {task.metadata.name for task in mteb_tasks(get_language("zh"), "dense")}
    assert {"T2Retrieval", "MIRACLReranking"} <= names  # filed under cmn and zho


def test_a_slip_of_the_pen_gets_the_nearest_name():
    with pytest.raises(
        DataError, match=r'no task "JaQuADRetrievl" in Japanese.*Did you mean "JaQuADRetrieval"'
    ):
        find_tasks(["JaQuADRetrievl"], get_language("ja"), "dense")


def test_a_task_that_a_colbert_model_cannot_do_is_refused():
    assert find_tasks(["JSTS"], get_language("ja"), "dense")
    with pytest.raises(DataError, match="ColBERT model can do"):
        find_tasks(["JSTS"], get_language("ja"), "colbert")


def test_an_unknown_language_is_said():
    with pytest.raises(LanguageError, match="und"):
        mteb_tasks(get_language("und"), "dense")


def test_results_are_kept_and_not_measured_twice(tmp_path):
    from langret.evaluation.mteb_models import as_mteb_model
    from tests.evaluation.local_task import local_task
    from tests.evaluation.test_mteb_models import EMPTY, Exact, collection

    first = run_mteb(as_mteb_model(Exact("dense"), EMPTY), [local_task(collection(2))], tmp_path)
    (file,) = tmp_path.rglob("Local.json")
    kept = json.loads(file.read_text())["scores"]["test"][0]
    assert first == [("Local", "Retrieval", "test", "default", "ndcg_at_10", kept["ndcg_at_10"])]

    class Broken(Exact):
        def encode(self, *args, **kwargs):
            raise AssertionError("it was measured before")

    assert run_mteb(as_mteb_model(Broken("dense"), EMPTY), [local_task(collection(2))], tmp_path) == first


def test_data_that_cannot_be_loaded_are_named(tmp_path):
    from langret.evaluation.mteb_models import as_mteb_model
    from tests.evaluation.test_mteb_models import EMPTY, Exact

    tasks = find_tasks(["JaQuADRetrieval"], get_language("ja"), "dense")
    with pytest.raises(DataError, match=r"mteb/JaQuADRetrieval.*hub"):
        run_mteb(as_mteb_model(Exact("dense"), EMPTY), tasks, tmp_path)

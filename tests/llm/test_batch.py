"""The batch API: paid for once, collected even after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from langret.errors import StageError
from langret.llm import LLM, Answer, batch
from langret.llm.cache import Cache
from langret.llm.prompt import request_of
from tests.llm.loopback import Loopback, Reply
from tests.llm.shapes import Verdict, judge, prompt, prompts


@pytest.fixture
def model() -> Iterator[Loopback]:
    with Loopback(judge) as model:
        yield model


def llm(model: Loopback, folder: Path, **settings: Any) -> LLM:
    return LLM(model.endpoint(batch=True, **settings), folder)


def right(answers: list[Answer], count: int) -> bool:
    found = [answer.value.relevant for answer in answers if isinstance(answer.value, Verdict)]
    return found == [[bool(number % 2)] for number in range(count)]


def made(model: Loopback) -> int:
    return len(model.batches)


def test_one_file_goes_up_and_answers_come_in_order(model: Loopback, tmp_path: Path) -> None:
    job = llm(model, tmp_path, price={"input": 1, "output": 2})
    heard: list[int] = []
    answers = list(job.ask([*prompts(20), prompt(3)], heard.append))
    assert right(answers[:20], 20) and answers[20].cached and not any(a.cached for a in answers[:20])
    assert heard == sorted(set(heard)) and heard[-1] == 21 and len(heard) <= 21
    assert model.log[:2] == ["POST /v1/files", "POST /v1/batches"] and made(model) == 1
    assert job.usage.calls == 20 and job.usage.cached == 1
    assert job.usage.input_tokens == sum(a.input_tokens for a in answers[:20])
    assert "POST /v1/chat/completions" not in model.log
    (name,) = [f["input_file_id"] for f in model.batches.values()]
    lines = [json.loads(line) for line in model.files[name].splitlines()]
    assert len(lines) == len({line["custom_id"] for line in lines}) == 20
    assert {(line["method"], line["url"]) for line in lines} == {("POST", "/v1/chat/completions")}
    assert lines[0]["body"] == request_of(model.endpoint(), prompt(0)).body
    assert {p.name for p in tmp_path.iterdir()} <= {"answers.sqlite", "answers.sqlite-journal", "batch.lock"}
    again = llm(model, tmp_path)
    assert right(list(again.ask(prompts(20))), 20) and again.usage.calls == 0 and made(model) == 1


def test_entries_that_fail_are_problems_and_are_asked_in_the_next_batch(
    model: Loopback, tmp_path: Path
) -> None:
    fates: dict[int, Any] = {
        1: None,
        2: Reply(400, body={"error": {"message": "too long"}}),
        3: Reply(500, body={"error": {"message": "oops"}}),
        4: Reply(429),
        5: Reply(answer="nonsense"),
        6: Reply(finish="length"),
        7: Reply(body={"choices": []}),
    }

    def fated(body: dict[str, Any]) -> Any:
        from tests.llm.loopback import texts_of

        number = int(texts_of(body)["passages"][0].partition(":")[0])
        return fates.get(number, judge(body))

    model.answers = fated
    job = llm(model, tmp_path)
    answers = list(job.ask(prompts(10)))
    expected = [
        "",
        "timeout",
        "rejected",
        "unavailable",
        "unavailable",
        "invalid",
        "cut_off",
        "unavailable",
        "",
        "",
    ]
    assert [answer.problem for answer in answers] == expected
    assert answers[2].text == "too long"
    assert (answers[1].input_tokens, answers[3].output_tokens) == (0, 0)
    assert answers[7].output_tokens == 2048  # it was answered somehow, so it may be charged
    model.answers = judge
    again = list(llm(model, tmp_path).ask(prompts(10)))
    assert [a.problem for a in again] == ["", "", "", "", "", "invalid", "cut_off", "", "", ""]
    assert [a.cached for a in again] == [True, False, False, False, False, True, True, False, True, True]
    assert made(model) == 2


@pytest.mark.parametrize(("status", "problem"), [("expired", "timeout"), ("cancelled", "unavailable")])
def test_a_batch_that_ends_early_keeps_what_it_has(
    model: Loopback, tmp_path: Path, status: str, problem: str
) -> None:
    model.batch_end = status
    real = model._run
    model._run = lambda b, lines: real(b, lines[:4])  # type: ignore[method-assign]
    answers = list(llm(model, tmp_path).ask(prompts(6)))
    assert [a.problem for a in answers] == ["", "", "", "", problem, problem]
    assert llm(model, tmp_path).estimate(prompts(6)).cached == 4


def test_a_batch_that_fails_as_a_whole_is_an_error_and_is_made_anew(model: Loopback, tmp_path: Path) -> None:
    model.batch_end = "failed"
    with pytest.raises(StageError, match="line 1 is not as it should be"):
        list(llm(model, tmp_path).ask(prompts(3)))
    model.batch_end = "completed"
    assert right(list(llm(model, tmp_path).ask(prompts(3))), 3) and made(model) == 2


def test_a_killed_run_collects_the_same_batch(model: Loopback, tmp_path: Path) -> None:
    model.polls = 10**9
    code = f"""
        from pathlib import Path
        from langret.llm import LLM
        from langret.recipe.schema import Endpoint
        from tests.llm.loopback import quick
        from tests.llm.shapes import prompts
        endpoint = Endpoint(model="loopback", base_url={model.base_url!r}, key=None, batch=True)
        with quick():
            list(LLM(endpoint, Path({str(tmp_path)!r})).ask(prompts(8), lambda done: print(done, flush=True)))
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )
    assert process.stdout is not None and process.stdout.readline()  # the endpoint has told how far it is
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    model.polls = 0
    job = llm(model, tmp_path)
    assert right(list(job.ask(prompts(10))), 10)  # two prompts are new, and go into a second batch
    assert made(model) == 2 and model.log.count("POST /v1/files") == 2
    assert len(model.requests) == 10 and job.usage.calls == 10


def test_a_batch_that_was_made_unheard_is_found(model: Loopback, tmp_path: Path) -> None:
    model.scripts["POST /v1/batches"] = [Reply(cut=10)]
    assert right(list(llm(model, tmp_path).ask(prompts(5))), 5)
    assert made(model) == 1 and "GET /v1/batches" in model.log


def test_a_batch_whose_maker_was_killed_before_it_heard_the_id_is_found(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Cache, "name_batch", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            list(llm(model, tmp_path).ask(prompts(5)))
    assert made(model) == 1
    for number in range(150):  # others have made batches since: the list has pages
        model.create_batch({"input_file_id": "file", "metadata": {"langret": f"other {number}"}})
    assert right(list(llm(model, tmp_path).ask(prompts(5))), 5)
    assert model.log.count("POST /v1/batches") == 1


def test_a_batch_that_was_never_made_is_forgotten(model: Loopback, tmp_path: Path) -> None:
    endpoint = model.endpoint()
    cache = Cache(tmp_path)
    cache.open_batch("token", endpoint.base_url, [request_of(endpoint, prompt(0)).key])
    cache.close()
    assert right(list(llm(model, tmp_path).ask(prompts(2))), 2) and len(model.requests) == 2


def test_a_batch_that_the_endpoint_has_lost_is_made_anew(model: Loopback, tmp_path: Path) -> None:
    model.polls = 10**9
    model.scripts["GET /v1/batches"] = []
    with pytest.raises(StageError):
        model.answers = judge
        list(llm(model, tmp_path).ask(stopping(model)))
    assert right(list(llm(model, tmp_path).ask(prompts(3))), 3)
    assert model.log.count("POST /v1/batches") == 2


def stopping(model: Loopback) -> Iterator[Any]:
    """Prompts whose batch vanishes as soon as it is asked for."""
    real = model.create_batch

    def create(body: dict[str, Any]) -> dict[str, Any]:
        answer = real(body)
        model.batches.clear()
        model.create_batch, model.polls = real, 0  # type: ignore[method-assign]
        return answer

    model.create_batch = create  # type: ignore[method-assign]
    yield from prompts(3)


def test_the_whole_batch_is_reserved_before_anything_goes_up(model: Loopback, tmp_path: Path) -> None:
    endpoint = model.endpoint(max_tokens=100)
    bounds = [request_of(endpoint, p).input_tokens + 100 for p in prompts(6)]
    job = llm(model, tmp_path, max_tokens=100, budget={"tokens": sum(bounds[:4]) + 5})
    answers = list(job.ask(prompts(6)))
    assert [a.problem for a in answers] == ["", "", "", "", "budget", "budget"]
    assert len(model.requests) == 4
    none = llm(model, tmp_path, budget={"calls": 0}, temperature=1.0)
    assert {a.problem for a in none.ask(prompts(3))} == {"budget"} and len(model.requests) == 4


def test_more_prompts_than_a_batch_takes_go_into_several(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MOST_REQUESTS", 4)
    assert right(list(llm(model, tmp_path).ask(prompts(10))), 10) and made(model) == 3
    monkeypatch.setattr(batch, "MOST_BYTES", 1)
    assert right(list(llm(model, tmp_path, temperature=0.5).ask(prompts(3))), 3) and made(model) == 6


def test_a_shaky_endpoint_is_asked_with_patience(model: Loopback, tmp_path: Path) -> None:
    down = Reply(503, body={"error": {"message": "down"}})
    model.scripts["POST /v1/files"] = [down, down]
    model.scripts["POST /v1/batches"] = [down]
    real = model.create_batch

    def create(body: dict[str, Any]) -> dict[str, Any]:
        answer = real(body)
        model.scripts[f"GET /v1/batches/{answer['id']}"] = [down, None, down, down]
        return answer

    model.create_batch = create  # type: ignore[method-assign]
    assert right(list(llm(model, tmp_path).ask(prompts(4))), 4) and made(model) == 1


def test_an_endpoint_away_for_good_ends_the_job_and_the_batch_is_collected_later(
    model: Loopback, tmp_path: Path
) -> None:
    model.polls = 10**9
    real = model.create_batch
    paths: list[str] = []

    def create(body: dict[str, Any]) -> dict[str, Any]:
        answer = real(body)
        paths.append(f"GET /v1/batches/{answer['id']}")
        model.scripts[paths[0]] = [Reply(503)] * 50
        return answer

    model.create_batch = create  # type: ignore[method-assign]
    with pytest.raises(StageError, match="collects them later"):
        list(llm(model, tmp_path).ask(prompts(4)))
    model.scripts[paths[0]], model.polls = [], 0
    assert right(list(llm(model, tmp_path).ask(prompts(4))), 4) and made(model) == 1


def test_files_that_are_gone_are_problems(model: Loopback, tmp_path: Path) -> None:
    real = model._run

    def run(made: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        real(made, lines)
        del model.files[made["output_file_id"]]

    model._run = run  # type: ignore[method-assign]
    assert [a.problem for a in llm(model, tmp_path).ask(prompts(3))] == ["unavailable"] * 3


def test_lines_that_nobody_asked_for_do_no_harm(model: Loopback, tmp_path: Path) -> None:
    real = model._run

    def run(made: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        real(made, lines)
        junk = [b"", b"{}", b"null", b'{"custom_id": "zz"}', b'{"custom_id": "00", "response": 5}', b"{{{"]
        junk += [b'{"custom_id": "ab", "response": {"status_code": 200, "body": "no"}}']
        name = made["output_file_id"]
        model.files[name] = b"\n".join([*junk, model.files[name], model.files[name]])

    model._run = run  # type: ignore[method-assign]
    job = llm(model, tmp_path)
    assert right(list(job.ask(prompts(3))), 3) and job.usage.calls == 3


def test_an_endpoint_that_rejects_a_whole_batch_ends_the_job(model: Loopback, tmp_path: Path) -> None:
    model.answers = lambda body: Reply(400, body={"error": {"message": "unknown field"}})
    with pytest.raises(StageError, match="unknown field"):
        list(llm(model, tmp_path).ask(prompts(25)))


def test_what_cannot_be_done_is_said(model: Loopback, tmp_path: Path) -> None:
    with pytest.raises(StageError, match="cache folder"):
        list(LLM(model.endpoint(batch=True), None).ask(prompts(1)))
    model.scripts["POST /v1/files"] = [Reply(404)]
    with pytest.raises(StageError, match="404"):
        list(llm(model, tmp_path).ask(prompts(1)))
    model.scripts["POST /v1/files"] = [Reply(400, body={"error": {"message": "file too large"}})]
    with pytest.raises(StageError, match="file too large"):
        list(llm(model, tmp_path).ask(prompts(1)))
    assert made(model) == 0
    assert right(list(llm(model, tmp_path).ask(prompts(1))), 1)

"""One client and an endpoint that behaves as endpoints do."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from langret.errors import MissingDependencyError, RecipeError, StageError
from langret.llm import LLM, Answer, Estimate, Prompt, wire
from langret.llm.prompt import request_of
from langret.recipe.load import load_recipe
from tests.llm.loopback import UNSAID, Loopback, Reply, quick
from tests.llm.shapes import Verdict, judge, prompt, prompts

GOOD: dict[str, Any] = {"relevant": [True], "sure": 1}
BUSY = {"error": {"message": "too many requests"}}


@pytest.fixture
def model() -> Iterator[Loopback]:
    with Loopback(judge) as model:
        yield model


def one(model: Loopback, **settings: Any) -> Answer:
    (answer,) = LLM(model.endpoint(**settings), None).ask([prompt(1)])
    return answer


def test_answers_come_in_order_and_side_by_side(model: Loopback) -> None:
    def slow(body: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.05 if len(model.requests) % 5 == 1 else 0.01)
        return judge(body)

    model.answers = slow
    heard: list[int] = []
    llm = LLM(model.endpoint(concurrency=5), None)
    answers = list(llm.ask(prompts(30), heard.append))
    assert [a.value.relevant for a in answers if isinstance(a.value, Verdict)] == [
        [bool(number % 2)] for number in range(30)
    ]
    assert heard == list(range(1, 31))
    assert 1 < model.most_at_once <= 5
    assert llm.usage.calls == len(model.requests) == 30
    assert llm.usage.input_tokens == sum(a.input_tokens for a in answers) > 0
    assert not [thread for thread in threading.enumerate() if thread.name == "langret-llm"]


PASSING = {
    "429": Reply(429, body=BUSY),
    "500": Reply(500, body={"error": {"message": "oops"}}),
    "503 in words": Reply(503, body=b"<html>down for a moment</html>", headers={"Content-Type": "text/html"}),
    "408": Reply(408),
    "409": Reply(409),
    "no JSON": Reply(body=b"<html>hello</html>", headers={"Content-Type": "text/html"}),
    "torn JSON": Reply(body=b'{"choices": [{"mess'),
    "no choice": Reply(body={"choices": []}),
    "other types": Reply(body={"choices": [{"message": {"content": 17}}]}),
    "disconnect before the body": Reply(cut=0),
    "disconnect in the body": Reply(cut=40),
    "late": Reply(delay=1.0),
    "trickle": Reply(trickle=0.05),
    "false encoding": Reply(headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_may_pass_is_asked_again(model: Loopback, name: str) -> None:
    model.order(PASSING[name])
    llm = LLM(model.endpoint(timeout=0.3), None)
    begin = time.monotonic()
    (answer,) = llm.ask([prompt(1)])
    assert time.monotonic() - begin < 5
    assert answer.problem == "" and llm.usage.calls == 2


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_a_problem(model: Loopback, name: str) -> None:
    model.order(*[PASSING[name]] * 3)
    llm = LLM(model.endpoint(timeout=0.2, retries=1), None)
    (answer,) = llm.ask([prompt(1)])
    assert answer.value is None and answer.text == ""
    assert answer.problem == ("timeout" if name in ("late", "trickle") else "unavailable")
    assert llm.usage.calls == 2 and llm.usage.problems == {answer.problem: 1}


@pytest.mark.parametrize(("name", "free"), [("429", True), ("409", True), ("500", False), ("late", False)])
def test_a_failed_request_counts_as_what_it_may_have_cost(model: Loopback, name: str, free: bool) -> None:
    model.order(PASSING[name])
    endpoint = model.endpoint(timeout=0.3, retries=0, max_tokens=99)
    llm = LLM(endpoint, None)
    list(llm.ask([prompt(1)]))
    bound = request_of(endpoint, prompt(1)).input_tokens
    assert (llm.usage.input_tokens, llm.usage.output_tokens) == ((0, 0) if free else (bound, 99))


def later(seconds: float) -> str:
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("form", ["seconds", "date", "milliseconds"])
def test_the_endpoint_says_when_to_come_again(model: Loopback, form: str) -> None:
    headers = {
        "seconds": {"Retry-After": "40"},
        "date": {"Retry-After": later(45)},
        "milliseconds": {"Retry-After-Ms": "40000"},
    }
    model.order(Reply(429, headers=headers[form], body=BUSY))
    with quick(0.01):  # 40 s are 0.4 s
        begin = time.monotonic()
        list(LLM(model.endpoint(), None).ask([prompt(1)]))
    assert time.monotonic() - begin >= 0.35


def test_all_requests_wait_when_the_endpoint_asks_for_it(model: Loopback) -> None:
    model.order(Reply(429, headers={"Retry-After": "30"}, body=BUSY))
    begin = time.monotonic()
    with quick(0.01):
        list(LLM(model.endpoint(concurrency=1), None).ask(prompts(3)))
    assert time.monotonic() - begin >= 0.3 and len(model.requests) == 4


def test_nobody_waits_for_an_endpoint_that_asks_for_hours(model: Loopback) -> None:
    model.order(Reply(429, headers={"Retry-After": "7200"}, body=BUSY))
    assert one(model).problem == "unavailable" and len(model.requests) == 1


def test_pauses_grow_and_are_drawn_by_lot() -> None:
    for attempt in (1, 3, 6, 50):
        drawn = [wire.pause(attempt) / wire.SECOND for _ in range(300)]
        longest = min(60, 2**attempt)
        assert min(drawn) >= 0 and 0.8 * longest < max(drawn) <= longest
        assert min(drawn) < 0.2 * longest


def test_the_timeout_bounds_a_whole_request(model: Loopback) -> None:
    model.order(Reply(trickle=0.02))
    begin = time.monotonic()
    assert one(model, timeout=0.5, retries=0).problem == "timeout"
    assert time.monotonic() - begin < 3  # the body has some 500 bytes, hence would take 10 s


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_the_endpoint_rejects_is_not_asked_again(model: Loopback, status: int) -> None:
    model.order(Reply(status, body={"error": {"message": "the prompt is too long"}}))
    llm = LLM(model.endpoint(), None)
    answers = list(llm.ask(prompts(2)))
    rejected = [answer for answer in answers if answer.problem]
    assert [(a.problem, a.text) for a in rejected] == [("rejected", f"{status} the prompt is too long")]
    assert llm.usage.calls == 2


def test_an_endpoint_that_rejects_everything_ends_the_job(model: Loopback) -> None:
    model.answers = lambda body: Reply(400, body={"error": {"message": "unknown field response_format"}})
    with pytest.raises(StageError, match=r"unknown field response_format.*structured: json_object"):
        list(LLM(model.endpoint(), None).ask(prompts(100)))
    assert len(model.requests) < 40


def test_long_prompts_alone_do_not_end_a_job(model: Loopback, tmp_path: Path) -> None:
    """Where one answer was usable, now or before, the endpoint's form is right and prompts are wrong one by one."""
    list(LLM(model.endpoint(), tmp_path).ask([prompt(1)]))
    model.answers = lambda body: Reply(400, body={"error": {"message": "too long"}})
    answers = list(LLM(model.endpoint(), tmp_path).ask([prompt(1), *prompts(40)[2:]]))
    assert [answer.problem for answer in answers] == ["", *["rejected"] * 38]


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405])
def test_what_no_request_can_mend_ends_the_job_at_once(
    model: Loopback, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "sk-very-secret-key-1234567890")
    model.answers = lambda body: Reply(
        status, body={"error": {"message": "no: sk-very-secret-key-1234567890"}}
    )
    with pytest.raises(StageError) as caught:
        list(LLM(model.endpoint(key="MY_KEY", concurrency=2), None).ask(prompts(50)))
    text = str(caught.value)
    assert (
        f"{status} no: ***" in text and '"loopback"' in text and "MY_KEY" in text and model.base_url in text
    )
    assert len(model.requests) <= 2


def test_an_empty_account_ends_the_job_at_once(model: Loopback) -> None:
    empty = {"error": {"message": "you are out of money", "code": "insufficient_quota"}}
    model.answers = lambda body: Reply(429, body=empty)
    with pytest.raises(StageError, match="out of money"):
        list(LLM(model.endpoint(concurrency=1), None).ask(prompts(5)))
    assert len(model.requests) == 1


def test_an_endpoint_that_is_not_there_ends_the_job() -> None:
    gone = Loopback(judge)
    gone.close()
    with pytest.raises(StageError, match="cannot be reached") as caught:
        list(LLM(gone.endpoint(retries=2), None).ask(prompts(50)))
    assert caught.value.where == gone.base_url


@pytest.mark.parametrize("how", ["closed", "broken"])
def test_an_endpoint_that_goes_away_ends_the_job_and_nothing_is_paid_twice(tmp_path: Path, how: str) -> None:
    with Loopback(judge) as model:

        def dying(body: dict[str, Any]) -> Any:
            if len(model.requests) > 20:
                if how == "broken":
                    return Reply(500)
                threading.Thread(target=model.close).start()
                time.sleep(0.2)
            return judge(body)

        model.answers = dying
        llm = LLM(model.endpoint(retries=1, concurrency=4), tmp_path)
        answers = llm.ask(prompts(100))
        with pytest.raises(StageError, match=r"1\d requests in a row.*is kept"):
            list(answers)
        answered = sum(reply is not None for reply in kept_answers(model, tmp_path))
        assert answered >= 20
        assert LLM(model.endpoint(), tmp_path).estimate(prompts(100)).calls == 100 - answered
        if how == "broken":
            model.answers = judge
            model.requests.clear()
            assert [answer.problem for answer in LLM(model.endpoint(), tmp_path).ask(prompts(100))] == [
                ""
            ] * 100
            assert len(model.requests) == 100 - answered


def kept_answers(model: Loopback, folder: Path) -> list[bytes | None]:
    from langret.llm.cache import Cache

    cache = Cache(folder)
    keys = [request_of(model.endpoint(), prompt).key for prompt in prompts(100)]
    try:
        return [key if cache.get(key) else None for key in keys]
    finally:
        cache.close()


@pytest.mark.parametrize(
    ("reply", "problem", "text"),
    [
        (Reply(answer='{"relevant": [tr', finish="length"), "cut_off", '{"relevant": [tr'),
        (Reply(answer=GOOD, message={"refusal": "I cannot."}), "refused", "I cannot."),
        (Reply(answer="", finish="content_filter"), "refused", ""),
        (Reply(answer={"relevant": ["which?"], "sure": 1}), "invalid", None),
        (Reply(answer={"relevant": [True], "sure": 7}), "invalid", None),
        (Reply(answer="It is about a lake."), "invalid", "It is about a lake."),
        (Reply(message={"content": None}), "invalid", ""),
        (Reply(answer="<think>hm</think>```json\n{'relevant': [true]}\n```"), "invalid", None),
    ],
)
def test_answers_that_cannot_be_used_say_why(
    model: Loopback, reply: Reply, problem: str, text: str | None
) -> None:
    model.order(reply)
    answer = one(model)
    assert (answer.value, answer.problem, answer.cached) == (None, problem, False)
    assert text is None or answer.text == text
    assert len(model.requests) == 1


def test_usage_that_is_not_said_counts_at_its_bound(model: Loopback) -> None:
    model.order(Reply(usage=UNSAID))
    endpoint = model.endpoint(max_tokens=77)
    (answer,) = LLM(endpoint, None).ask([prompt(1)])
    assert answer.input_tokens == request_of(endpoint, prompt(1)).input_tokens and answer.output_tokens == 77


def test_an_answer_longer_than_allowed_ends_a_job_with_a_budget_and_is_kept(
    model: Loopback, tmp_path: Path
) -> None:
    model.order(Reply(usage={"prompt_tokens": 10, "completion_tokens": 90_000}))
    endpoint = model.endpoint(max_tokens=50, budget={"tokens": 5_000}, concurrency=1)
    with pytest.raises(StageError, match="90,000"):
        list(LLM(endpoint, tmp_path).ask(prompts(5)))
    assert len(model.requests) == 1
    assert LLM(endpoint, tmp_path).estimate(prompts(5)).cached == 1


def test_a_budget_in_calls_counts_repeats(model: Loopback) -> None:
    model.order(Reply(500), Reply(500))
    llm = LLM(model.endpoint(budget={"calls": 4}, concurrency=1), None)
    answers = list(llm.ask(prompts(5)))
    assert [a.problem for a in answers] == ["", "", "budget", "budget", "budget"]
    assert llm.usage.calls == len(model.requests) == 4 and llm.usage.problems == {"budget": 3}


def test_a_budget_in_money_is_shared_by_the_asks_of_a_job(model: Loopback) -> None:
    price = {"input": 1.0, "output": 10.0}
    llm = LLM(model.endpoint(price=price, max_tokens=100, budget={"money": 0.003}), None)
    problems = [answer.problem for _ in range(3) for answer in llm.ask(prompts(4))]
    asked = problems.count("")
    assert 0 < asked < 12 and problems == [""] * asked + ["budget"] * (12 - asked)
    assert llm.usage.money is not None and 0 < llm.usage.money <= 0.003
    nothing = LLM(model.endpoint(price=price, budget={"money": 0}), None)
    assert [answer.problem for answer in nothing.ask(prompts(2))] == ["budget"] * 2
    assert nothing.usage.calls == 0


def test_an_estimate_sends_nothing_and_bounds_what_is_spent(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = model.endpoint(price={"input": 1, "output": 2}, key="NO_SUCH_KEY", max_tokens=50)
    folder = tmp_path / "cache"
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "openai", None)
        before = LLM(endpoint, folder).estimate(prompts(6))
    assert not folder.exists() and not model.log
    assert before.calls == 6 and before.cached == 0 and before.output_tokens == 300
    monkeypatch.setenv("NO_SUCH_KEY", "a-key-after-all")
    llm = LLM(endpoint, folder)
    list(llm.ask(prompts(6)))
    assert llm.usage.input_tokens <= before.input_tokens and llm.usage.output_tokens <= before.output_tokens
    assert before.money is not None and llm.usage.money is not None and 0 < llm.usage.money < before.money
    after = LLM(endpoint, folder).estimate(prompts(8))
    assert (after.calls, after.cached) == (2, 6)
    assert LLM(model.endpoint(), None).estimate([]) == Estimate(0, 0, 0, 0, None)


def test_a_repeat_needs_neither_key_nor_package_nor_endpoint(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "a-key")
    endpoint = model.endpoint(key="MY_KEY")
    first = list(LLM(endpoint, tmp_path).ask(prompts(5)))
    monkeypatch.delenv("MY_KEY")
    monkeypatch.setitem(sys.modules, "openai", None)
    model.close()
    llm = LLM(endpoint, tmp_path)
    again = list(llm.ask(prompts(5)))
    assert [(a.value, a.input_tokens, a.cached) for a in again] == [
        (a.value, a.input_tokens, True) for a in first
    ]
    assert (llm.usage.calls, llm.usage.cached, llm.usage.input_tokens) == (0, 5, 0)


def test_what_is_missing_is_named_before_any_call(model: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StageError, match="OPENAI_API_KEY") as caught:
        list(LLM(model.endpoint(key="OPENAI_API_KEY"), None).ask(prompts(2)))
    assert "export OPENAI_API_KEY" in str(caught.value.hint)
    monkeypatch.setenv("OPENAI_API_KEY", "two words\nand a line")
    with pytest.raises(StageError, match="cannot be a key") as caught:
        list(LLM(model.endpoint(key="OPENAI_API_KEY"), None).ask(prompts(2)))
    assert "words" not in str(caught.value)
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'langret\[llm\]'"):
        list(LLM(model.endpoint(), None).ask(prompts(2)))
    assert not model.log


def test_a_key_is_sent_where_there_is_one(model: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", " a-key\n")  # as `export MY_KEY="$(cat file)"` may leave it
    one(model, key="MY_KEY")
    one(model, key=None)
    assert model.authorization == ["Bearer a-key", None]


def test_no_file_and_no_word_holds_the_key(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    key = "sk-very-secret-key-1234567890"
    monkeypatch.setenv("MY_KEY", key)
    caplog.set_level(0)

    def parrot(body: dict[str, Any]) -> Any:
        if len(model.requests) % 3 == 0:
            return Reply(400, body={"error": {"message": f"your key is {key}"}})
        return {"relevant": [True], "sure": 1, "why": f"Bearer {key}"}

    model.answers = parrot
    llm = LLM(model.endpoint(key="MY_KEY"), tmp_path)
    answers = list(llm.ask(prompts(9)))
    batch = LLM(model.endpoint(key="MY_KEY", batch=True, temperature=0.5), tmp_path)
    answers += batch.ask(prompts(9))
    model.answers = lambda body: Reply(401, body=f"what is {key}?".encode())
    with pytest.raises(StageError) as caught:
        list(LLM(model.endpoint(key="MY_KEY"), None).ask(prompts(1)))
    words = [caplog.text, repr(llm), repr(vars(llm)), repr(answers), repr(caught.value), str(caught.value)]
    assert "***" in repr(answers) and "***" in str(caught.value)
    assert not [text for text in words if key in text]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not [path for path in files if key.encode() in path.read_bytes()]
    assert key in str(model.authorization)


def test_a_proxy_before_a_model_that_knows_the_new_name_only(model: Loopback) -> None:
    def renamed(body: dict[str, Any]) -> Any:
        if "max_tokens" in body:
            text = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            return Reply(400, body={"error": {"message": text}})
        return judge(body)

    model.answers = renamed
    answers = list(LLM(model.endpoint(concurrency=2, retries=0), None).ask(prompts(9)))
    assert [answer.problem for answer in answers] == [""] * 9
    assert len(model.requests) <= 9 + 2 and "max_completion_tokens" in model.requests[-1]


def test_equal_prompts_are_asked_once_where_answers_are_kept(model: Loopback, tmp_path: Path) -> None:
    same = [prompt(1)] * 6
    llm = LLM(model.endpoint(), tmp_path)
    answers = list(llm.ask(same))
    assert [a.cached for a in answers] == [False, *[True] * 5] and llm.usage.calls == len(model.requests) == 1
    list(LLM(model.endpoint(temperature=1.0), None).ask(same))
    assert len(model.requests) == 7  # without a cache each is a draw of its own


@pytest.mark.parametrize(("temperature", "asked"), [(0.0, 1), (0.7, 2), (None, 2)])
@pytest.mark.parametrize(
    "reply", [Reply(answer="What?"), Reply(finish="length"), Reply(message={"refusal": "No."})]
)
def test_what_would_come_again_is_not_asked_again(
    model: Loopback, tmp_path: Path, temperature: float | None, asked: int, reply: Reply
) -> None:
    for _ in range(2):
        model.order(reply)
        (answer,) = LLM(model.endpoint(temperature=temperature), tmp_path).ask([prompt(1)])
        assert answer.problem in ("invalid", "cut_off", "refused")
    assert len(model.requests) == asked


def test_what_may_pass_is_never_kept(model: Loopback, tmp_path: Path) -> None:
    model.order(Reply(500), Reply(400), Reply(delay=1))
    llm = LLM(model.endpoint(retries=0, concurrency=1, timeout=0.2, budget={"calls": 3}), tmp_path)
    problems = [answer.problem for answer in llm.ask(prompts(4))]
    assert problems == ["unavailable", "rejected", "timeout", "budget"]
    again = list(LLM(model.endpoint(), tmp_path).ask(prompts(4)))
    assert [(a.problem, a.cached) for a in again] == [("", False)] * 4


def test_the_caller_may_stop_at_any_time(model: Loopback) -> None:
    model.answers = lambda body: Reply(answer=judge(body), delay=0.02)
    answers = LLM(model.endpoint(), None).ask(prompts(500))
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name == "langret-llm"]
    assert len(model.requests) < 60


def test_errors_of_the_prompts_come_through(model: Loopback) -> None:
    def source() -> Iterator[Prompt]:
        yield prompt(1)
        raise KeyError("a mistake of the caller")

    with pytest.raises(KeyError, match="a mistake of the caller"):
        list(LLM(model.endpoint(), None).ask(source()))
    assert not [thread for thread in threading.enumerate() if thread.name == "langret-llm"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("base_url", "ftp://example.org/v1", "http://"),
        ("base_url", "localhost:8000/v1", "http://"),
        ("base_url", "http://me:sk-secret@example.org/v1", "without name, password or query"),
        ("base_url", "http://example.org/v1?key=sk-secret", "without name, password or query"),
        ("base_url", "http://example.org:99999/v1", "no address"),
        ("base_url", "http://example.org/v1/chat/completions", "leave /chat/completions out"),
        ("key", "sk-secret", "name of an environment variable"),
    ],
)
def test_a_wrong_address_or_key_is_found_in_the_recipe(
    tmp_path: Path, key: str, value: str, said: str
) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text(
        "language: ja\ndata:\n  train: [{path: x.jsonl}]\nnegatives:\n  judges:\n    - kind: llm\n"
        f'      llm: {{model: m, {key}: "{value}"}}\n'
    )
    with pytest.raises(RecipeError) as caught:
        load_recipe(path)
    text = str(caught.value)
    assert f"llm.{key}" in text and said in text and "sk-secret" not in text

"""The command line: quick to start, mistakes in one line, bugs with their traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import langret
from langret.cli.main import app, main
from langret.errors import RecipeError, StageError

VERBS = (
    *("run", "plan", "check", "recipes", "init", "lock", "evaluate", "search", "mine", "judge", "schema"),
    *("languages", "report", "compare"),
)


def langret_(*args, **kwargs):
    return subprocess.run([sys.executable, "-m", "langret", *args], capture_output=True, text=True, **kwargs)


def test_help_names_every_verb_in_full():
    out = CliRunner().invoke(app, ["--help"]).output
    for verb in VERBS:
        assert f"\n  {verb} " in out
    assert "..." not in out.split("Commands:")[1], "no summary is cut short"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb):
    done = CliRunner().invoke(app, [verb, "--help"])
    assert done.exit_code == 0 and done.output.startswith("Usage: ")


def test_help_is_quick_and_light():
    code = (
        "import sys, time, resource\n"
        "sys.argv = ['langret', '--help']\n"
        "from langret.cli.main import main\n"
        "assert main() == 0\n"
        "heavy = ('torch', 'numpy', 'pyarrow', 'pydantic', 'yaml', 'rich.table')\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print('heavy', [m for m in heavy if m in sys.modules], 'seconds', used.ru_utime + used.ru_stime)"
    )
    took = []
    for _ in range(3):
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert "heavy []" in out
        took.append(float(out.split()[-1]))
    assert min(took) < 0.4, "processor time of the whole process, start of Python included"


def test_version():
    assert langret_("--version").stdout == f"langret {langret.__version__}\n"


def test_an_unknown_verb_is_a_usage_error():
    done = langret_("rnu")
    assert done.returncode == 2 and "No such command 'rnu'" in done.stderr and "Traceback" not in done.stderr


def test_a_mistake_is_one_line_on_stderr():
    done = langret_("plan", "no/such/recipe.yaml")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("error: ") and "no/such/recipe.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_names_in_messages_are_not_markup(capsys, monkeypatch):
    monkeypatch.setattr(
        "langret.cli.recipes.recipes",
        lambda: (_ for _ in ()).throw(RecipeError("[red]x[/red] :smile:", hint="h")),
    )
    assert _main(monkeypatch, "recipes") == 2
    assert capsys.readouterr().err == "error: [red]x[/red] :smile: h\n"


def _main(monkeypatch, *args):
    monkeypatch.setattr(sys, "argv", ["langret", *args])
    return main()


def test_a_bug_keeps_its_traceback_and_asks_for_a_report(capsys, monkeypatch):
    monkeypatch.setattr("langret.cli.recipes.recipes", lambda: 1 / 0)
    assert _main(monkeypatch, "recipes") == 1
    err = capsys.readouterr().err
    assert "Traceback" in err and "ZeroDivisionError" in err and "Please report it" in err


def test_ctrl_c_is_clean(capsys, monkeypatch):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr("langret.cli.recipes.recipes", stop)
    assert _main(monkeypatch, "recipes") == 130
    err = capsys.readouterr().err
    assert "Finished stages are kept" in err and "Traceback" not in err


def test_ctrl_c_in_a_running_process(python_that_hears_ctrl_c):
    code = (
        "import sys, time, langret.cli.recipes as r\n"
        "def wait():\n    print('ready', flush=True); time.sleep(30)\n"
        "r.recipes = wait\n"
        "sys.argv = ['langret', 'recipes']\n"
        "from langret.cli.main import main\n"
        "sys.exit(main())"
    )
    with python_that_hears_ctrl_c(code) as process:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130 and "Stopped." in err and "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="pipes as on POSIX")
def test_a_closed_pipe_is_no_error():
    command = f"{sys.executable} -m langret schema | head -c 1"
    done = subprocess.run(["bash", "-c", f"{command}; exit 0"], capture_output=True, text=True)
    assert done.stdout == "{" and done.stderr == ""


def test_output_survives_an_ascii_terminal(tmp_path):
    done = langret_("plan", "質問.yaml", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2 and "\\u8cea" in done.stderr


# Verbs about recipes, with stand-ins for the plan.

RECIPE = """
name: toy
language: ja
data:
  train:
    - world: train
"""


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "toy.yaml"
    path.write_text(RECIPE)
    return str(path)


class Named(str):
    """Stands for a result that is printed by its name."""

    task = "retrieval"
    __repr__ = str.__str__


@pytest.fixture
def plans(monkeypatch):
    """Replaces `langret.pipeline.plan`; what the verbs asked of it is in ``asked``."""
    row = SimpleNamespace
    fake = SimpleNamespace(asked=[], problems=[], fail=None)

    def plan_recipe(loaded, *, runs):
        fake.asked.append((loaded.recipe, runs))
        rows = [
            row(name="read", title="Reading [bold]data[/bold]", cached=True, cost={}),
            row(
                name="mine",
                title="Mining hard negatives",
                cached=False,
                cost={"queries": 1500, "steps": "many"},
            ),
        ]
        return SimpleNamespace(rows=lambda: rows)

    def run_recipe(loaded, *, runs, console):
        fake.asked.append((loaded.recipe, runs))
        if fake.fail:
            raise fake.fail
        made = {"results": [Named("results")], "not_measured": [], "suites": []}
        return SimpleNamespace(
            folder=runs, costs={"dense": "5.0 s"}, models={"dense": runs / "toy" / "dense"}, **made
        )

    fake.plan_recipe, fake.run_recipe = plan_recipe, run_recipe
    fake.check_recipe = lambda loaded, *, runs: fake.problems
    monkeypatch.setitem(sys.modules, "langret.pipeline.plan", fake)
    monkeypatch.setitem(sys.modules, "langret.pipeline.run", fake)
    monkeypatch.setitem(sys.modules, "langret.pipeline.check", fake)
    for name, title in (("results_table", "TABLE"), ("slices_table", "SLICES")):
        said = partial("{} {}".format, title)
        monkeypatch.setattr(f"langret.report.{name}", said, raising=False)
    return fake


def test_plan_prints_every_stage(plans, recipe, tmp_path):
    done = CliRunner().invoke(
        app, ["plan", recipe, "--runs", str(tmp_path), "--set", "seed=3"], env={"COLUMNS": "120"}
    )
    assert done.exit_code == 0, done.output
    assert "Reading [bold]data[/bold]" in done.output and "cached" in done.output
    assert "1,500 queries, many steps" in done.output and "1 of 2 stages to do" in done.output
    assert plans.asked[0][0].seed == 3 and plans.asked[0][1] == tmp_path


def test_run_prints_results_and_models(plans, recipe, tmp_path):
    done = CliRunner().invoke(
        app, ["run", recipe, "--runs", str(tmp_path), "--set", "seed=3", "--set", "name=x"]
    )
    assert done.exit_code == 0, done.output
    assert plans.asked[0][0].seed == 3 and plans.asked[0][0].name == "x"
    assert "TABLE [results]" in done.output and "SLICES [results]" in done.output
    assert f"dense: {tmp_path / 'toy' / 'dense'}" in done.output


def test_run_fails_with_the_stage_error(plans, recipe):
    plans.fail = StageError("The disk is full.", where="runs", hint="Make room.")
    done = CliRunner().invoke(app, ["run", recipe])
    assert done.exit_code == 2 and done.stderr == "error: runs: The disk is full. Make room.\n"


def test_a_mistake_in_set_names_the_key(plans, recipe):
    done = CliRunner().invoke(app, ["run", recipe, "--set", "sed=3"])
    assert done.exit_code == 2 and 'Did you mean "seed"' in done.stderr and not plans.asked


def test_check_lists_all_problems(plans, recipe):
    problem = SimpleNamespace
    plans.problems = [
        problem(where="toy.yaml:5", message="No such folder.", hint='Did you mean "docs"?', severity="error"),
        problem(where="toy.yaml:7", message="Only 3 queries.", hint=None, severity="warning"),
    ]
    done = CliRunner().invoke(app, ["check", recipe])
    assert done.exit_code == 2
    assert 'error: toy.yaml:5: No such folder. Did you mean "docs"?\n' in done.stderr
    assert "warning: toy.yaml:7: Only 3 queries.\n" in done.stderr and "1 error." in done.stderr


def test_check_without_errors_succeeds(plans, recipe):
    assert "No mistakes found." in CliRunner().invoke(app, ["check", recipe]).output
    plans.problems = [SimpleNamespace(where="x", message="m", hint="", severity="warning")]
    done = CliRunner().invoke(app, ["check", recipe])
    assert done.exit_code == 0 and "No errors found." in done.output


def test_lock_writes_beside_the_recipe(recipe, monkeypatch):
    commit = "0123456789abcdef0123456789abcdef01234567"
    monkeypatch.setattr(
        "langret.recipe.lock.resolve_lock", lambda recipe, *, base: {"models": {"a/b": commit}}
    )
    pretrained = ["--set", "backbone.scratch=null", "--set", "backbone.pretrained=a/b"]
    done = CliRunner().invoke(app, ["lock", recipe, *pretrained])
    assert done.exit_code == 0, done.output
    written = Path(recipe).with_name("toy.lock.yaml")
    assert commit in written.read_text() and str(written) in done.output


def test_lock_without_hub_names_writes_nothing(recipe):
    done = CliRunner().invoke(app, ["lock", recipe])
    assert done.exit_code == 0 and "nothing to lock" in done.output
    assert not Path(recipe).with_name("toy.lock.yaml").exists()


def test_schema_is_json():
    assert json.loads(CliRunner().invoke(app, ["schema"]).output)["title"] == "langret recipe"


def test_recipes_lists_names_and_what_they_are_for(monkeypatch):
    shipped = [SimpleNamespace(name="quickstart/xx", path=Path("x"), about="Two models from nothing.")]
    monkeypatch.setattr("langret.cli.recipes.shipped_recipes", lambda: shipped)
    out = CliRunner().invoke(app, ["recipes"]).output
    assert "quickstart/xx" in out and "Two models from nothing." in out


def test_a_broken_plugin_says_why_and_hides_no_other(monkeypatch):
    from langret.errors import LanguageError
    from langret.language import get_language

    def get(code):
        if code == "yy":
            raise LanguageError("it cannot be imported")
        return get_language("und")

    monkeypatch.setattr("langret.cli.languages.known_languages", lambda: ["xx", "yy"])
    monkeypatch.setattr("langret.cli.languages.get_language", get)
    out = CliRunner().invoke(app, ["languages"]).output
    assert "any other language" in out and "yy: it cannot be imported" in out


def test_a_repeated_plan_starts_quickly(plans, recipe):
    CliRunner().invoke(app, ["plan", recipe])
    start = time.perf_counter()
    CliRunner().invoke(app, ["plan", recipe])
    assert time.perf_counter() - start < 2

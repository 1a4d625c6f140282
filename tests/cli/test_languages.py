"""`langret languages`, `langret language`: what is installed, and what becomes of a text."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from langret.cli.main import app
from langret.errors import MissingDependencyError
from langret.language import get_language, known_languages
from langret.tokenizer import tokenizer_fit, train_tokenizer


def run(*args):
    return CliRunner().invoke(app, list(args))


def test_languages_lists_every_plugin_with_what_it_has():
    found = run("languages").output
    for code in known_languages():
        (line,) = (line for line in found.splitlines() if line.split()[:1] == [code])
        assert get_language(code).version.split()[0] in line


def test_a_language_whose_library_is_missing_says_what_to_install(monkeypatch):
    def version(self):
        raise MissingDependencyError("Thai text needs pythainlp.", hint="Run: pip install 'langret[th]'")

    monkeypatch.setattr(type(get_language("th")), "version", property(version))
    found = run("languages").output
    assert "th: Thai text needs pythainlp. Run: pip install 'langret[th]'" in found
    assert any(line.split()[:2] == ["th", "Thai"] for line in found.splitlines())


def test_language_shows_words_and_terms():
    plugin = get_language("ja")
    seen = json.loads(run("language", "ja", "ガラスの工芸　だ。", "--json").output)
    (row,) = seen["texts"]
    assert row["normalized"] == plugin.normalize("ガラスの工芸　だ。")
    assert row["words"] == plugin.segment(row["normalized"])
    assert row["terms"] == plugin.analyze(row["normalized"])
    assert " | ".join(row["words"]) in run("language", "ja", "ガラスの工芸　だ。").output


def test_language_without_text_shows_the_examples():
    seen = json.loads(run("language", "ja", "--json").output)
    assert len(seen["texts"]) == len(get_language("ja").examples)


def test_unknown_language_and_model_are_one_line():
    found = run("language", "jq", "x")
    assert found.exit_code == 2
    found = run("language", "ja", "x", "--tokenizer", "/nowhere/model")
    assert found.exit_code == 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    plugin = get_language("ja")
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenizer = train_tokenizer(plugin, [plugin.normalize(text) for text in plugin.examples], 600)
    tokenizer.save_pretrained(folder)
    (folder / "config.json").write_text('{"model_type": "modernbert"}')
    return folder


def test_a_tokenizer_that_lacks_a_letter_loses_it(folder):
    seen = json.loads(run("language", "ja", "鬱だ", "--tokenizer", str(folder), "--json").output)
    fit = seen["tokenizer"]
    assert "鬱" in fit["lost"] and fit["unknown_rate"] > 0
    assert len(seen["texts"][0]["tokens"]) == fit["tokens"]


def test_its_own_examples_fit_a_tokenizer(folder):
    from transformers import AutoTokenizer

    plugin = get_language("ja")
    texts = [plugin.normalize(text) for text in plugin.examples]
    fit = tokenizer_fit(AutoTokenizer.from_pretrained(folder), plugin, texts, segmented=True)
    assert not fit.lost and not fit.unknown
    assert fit.fertility == pytest.approx(fit.tokens / fit.words) and fit.fertility >= 1

"""Checks that every language plugin passes, ours and anyone else's.

A plugin's author writes one file and runs pytest on it::

    from langret.language.conformance import Conformance

    class TestMine(Conformance):
        code = "xx"

Every check is a test method whose failure says what was found. A plugin that is not registered as an entry
point (yet) is given by overriding ``plugin``. Needs pytest and hypothesis, which langret itself does not.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from langret.language.contract import AXES, QUESTIONS, Language
from langret.language.normalizing import JOINERS
from langret.language.registry import get_language

SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<s>", "</s>", "<unk>", "<pad>", "<mask>")
HEAVY = ("torch", "transformers", "sentence_transformers", "pylate", "tensorflow")
IMPORT_SECONDS = 0.5
"""Processor time that importing a plugin may take, langret's own light parts included."""

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
"""Arbitrary Unicode: unassigned, private, control characters and unpaired surrogates too."""

_settings = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    report_multiple_bugs=False,
    # The methods are inherited by one class for each language; that is the point of them.
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)
_CHILD = """
import sys; sys.path[:] = {path!r}
import json, time
start = time.process_time()
import importlib
plugin = getattr(importlib.import_module({module!r}), {name!r})()
seconds = time.process_time() - start
heavy = [name for name in {heavy!r} if name in sys.modules]
texts = [plugin.normalize(text) for text in plugin.examples] if {work!r} else []
done = [[text, plugin.segment(text), plugin.segmented(text), plugin.analyze(text)] for text in texts]
print(json.dumps([seconds, heavy, done, plugin.version]))
"""


def without_space(text: str) -> str:
    """The text without its Unicode white space."""
    return "".join(text.split())


class Conformance:
    """The suite. Subclass it under a name that pytest collects and set ``code``.

    Attributes:
        code: Code under which the plugin is registered.
        folded: Letters and marks that the normaliser changes on purpose, such as the alef forms of Arabic.
            Every
            other letter of the examples must come through unharmed.
    """

    code: ClassVar[str]
    folded: ClassVar[str] = ""

    def plugin(self) -> Language:
        """The plugin under test."""
        return get_language(self.code)

    def _examples(self) -> list[str]:
        plugin = self.plugin()
        return [plugin.normalize(text) for text in plugin.examples]

    def _elsewhere(self, *, work: bool) -> list:
        """What a fresh interpreter finds: seconds, heavy modules, results on the examples, version."""
        kind = type(self.plugin())
        script = _CHILD.format(
            path=sys.path, module=kind.__module__, name=kind.__qualname__, heavy=HEAVY, work=work
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"a fresh interpreter cannot use the plugin:\n{done.stderr}"
        return list(json.loads(done.stdout.splitlines()[-1]))

    # What the plugin states

    def test_states_its_facts(self) -> None:
        """Code, name, script, version and a few examples are there and well-formed."""
        plugin = self.plugin()
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", plugin.code), (
            f"not an ISO 639 code: {plugin.code!r}"
        )
        assert re.fullmatch(r"[A-Z][a-z]{3}", plugin.script), f"not an ISO 15924 code: {plugin.script!r}"
        assert plugin.name.strip(), "the language has no name"
        assert len(plugin.examples) >= 3, (
            f"{len(plugin.examples)} examples; three are the least that checks need"
        )
        version = plugin.version
        assert version and version == version.strip() and "\n" not in version, (
            f"unusable version: {version!r}"
        )

    def test_examples_are_in_its_scripts(self) -> None:
        """The share of own letters that filters ask for is reached by ordinary sentences."""
        plugin = self.plugin()
        for text in self._examples():
            share = plugin.in_script(text)
            assert share >= plugin.letters, f"only {share:.2f} of the letters are own letters: {text!r}"

    def test_catalogue_is_citable(self) -> None:
        """Entries have a name of their own, a licence, a format and a place, and no impossible counts."""
        plugin = self.plugin()
        assert len(plugin.entries) == len(plugin.catalogue), "two catalogue entries share a name"
        for entry in plugin.catalogue:
            assert entry.licence.strip(), f"{entry.name} has no licence"
            assert entry.format.strip(), f"{entry.name} has no format"
            assert entry.hub.strip() or entry.url.strip(), f"{entry.name} says nowhere where it is published"
            assert entry.role in ("train", "negatives", "benchmark"), f"{entry.name}: role {entry.role!r}"
            assert entry.queries >= 0 and entry.passages >= 0, f"{entry.name} has negative counts"
            assert entry.queries or entry.passages or entry.note, (
                f"{entry.name}: neither counts nor a note why"
            )
            for part in entry.slices:
                assert part.partition(":")[0] in AXES and part.partition(":")[2].strip(), (
                    f"{entry.name}: slice {part!r} is none of {', '.join(f'{axis}:…' for axis in AXES)}"
                )

    def test_a_dialect_knows_its_language(self) -> None:
        """A dialect is a subclass of the language that it names."""
        plugin = self.plugin()
        if plugin.dialect_of:
            other = get_language(plugin.dialect_of)
            assert other.code != plugin.code, "a dialect of itself"
            assert isinstance(plugin, type(other)), f"no subclass of {type(other).__name__}"

    # Normalising

    def test_normalize_keeps_own_letters(self) -> None:
        """Letters, marks and joiners of the examples survive, except those that are folded on purpose."""
        plugin = self.plugin()
        for text in plugin.examples:
            before = Counter(
                c
                for c in unicodedata.normalize("NFC", text)
                if unicodedata.category(c)[0] in "LM" or c in JOINERS
            )
            after = Counter(plugin.normalize(text))
            lost = {c for c, n in before.items() if after[c] < n and c not in self.folded}
            assert not lost, f"normalize loses or changes {sorted(lost)} in {text!r}; folded on purpose?"

    @_settings
    @given(any_text)
    @example("")
    @example(" \t\n")
    @example("a    b")
    @example("\ud800")
    @example("e\u0301 \uff76\uff9e \u304b\u309b \u0e19\u0e4d\u0e32 \u200b\ufeff")
    def test_normalize_is_idempotent_and_encodable(self, text: str) -> None:
        """Twice is once, for any Unicode text, and the result can be written as UTF-8."""
        plugin = self.plugin()
        once = plugin.normalize(text)
        twice = plugin.normalize(once)
        assert twice == once, f"normalize is not idempotent: {text!r} -> {once!r} -> {twice!r}"
        try:
            once.encode()
        except UnicodeEncodeError:
            raise AssertionError(f"normalised text cannot be encoded: {once!r}") from None

    # Segmenting

    def _check_words(self, text: str) -> None:
        plugin = self.plugin()
        words = plugin.segment(text)
        assert "".join(words) == without_space(text), f"segment loses or invents text: {text!r} -> {words!r}"
        assert all(words), f"segment gives empty words: {text!r} -> {words!r}"
        segmented = plugin.segmented(text)
        expected = " ".join(words) if plugin.presegment else text
        assert segmented == expected, f"segmented is {segmented!r}, expected {expected!r}"

    def test_segment_keeps_the_text_of_examples(self) -> None:
        """Words joined are the text without its spaces; ordinary sentences have several words."""
        plugin = self.plugin()
        for text in self._examples():
            self._check_words(text)
            assert len(plugin.segment(text)) > 1, f"one word only: {text!r}"

    @_settings
    @given(any_text)
    @example("")
    @example("word")
    def test_segment_keeps_any_text(self, text: str) -> None:
        """The same for any Unicode text, once it is normalised."""
        self._check_words(self.plugin().normalize(text))

    def test_segment_keeps_a_long_text_without_spaces(self) -> None:
        """A hundred thousand characters without a space are no problem."""
        text = without_space("".join(self._examples()))
        self._check_words(text * (100_000 // len(text) + 1))

    # BM25 terms

    def test_analyze_gives_terms_for_examples(self) -> None:
        """Ordinary sentences have terms; equal sentences have equal ones."""
        plugin = self.plugin()
        for text in self._examples():
            terms = plugin.analyze(text)
            assert terms, f"no terms: {text!r}"
            assert terms == plugin.analyze(text), f"terms change from call to call: {text!r}"

    @_settings
    @given(any_text)
    @example("")
    @example("。、!?…")
    def test_analyze_takes_any_text(self, text: str) -> None:
        """Any normalised text gives a list of terms, none of them empty; an empty text gives none."""
        plugin = self.plugin()
        normal = plugin.normalize(text)
        terms = plugin.analyze(normal)
        assert all(isinstance(term, str) and term.strip() for term in terms), f"{normal!r} -> {terms!r}"
        assert normal or not terms, f"terms from nothing: {terms!r}"

    # Kinds of questions

    @_settings
    @given(any_text)
    @example("")
    @example("?")
    def test_question_type_takes_any_text(self, text: str) -> None:
        """Any normalised text is a question of a known kind or of none; a text without words is none."""
        plugin = self.plugin()
        for kind in plugin.questions:
            assert kind in QUESTIONS, f"{kind!r} is none of the kinds of questions {', '.join(QUESTIONS)}"
        normal = plugin.normalize(text)
        kind = plugin.question_type(normal)
        assert kind == "" or kind in QUESTIONS, f"{normal!r} is a question of the kind {kind!r}"
        spoken = any(unicodedata.category(c)[0] in "LN" for c in normal)
        assert spoken or not kind, f"{normal!r} has no word and is a question of the kind {kind!r}"

    # Skiplist of the ColBERT head

    def test_skiplist_masks_punctuation_only(self) -> None:
        """No word, word piece or special token is masked; the examples' own punctuation is."""
        plugin = self.plugin()
        for token in SPECIAL_TOKENS:
            assert not plugin.skip_piece(token), f"the skiplist masks {token}"
        for text in self._examples():
            for word in plugin.segment(text):
                spoken = any(unicodedata.category(c)[0] in "LN" for c in word)
                for piece in (word, f"##{word}", f"▁{word}"):
                    assert not (spoken and plugin.skip_piece(piece)), f"the skiplist masks the word {piece!r}"
            for char in text:
                if unicodedata.category(char)[0] == "P":
                    assert plugin.skip_piece(char), f"the skiplist leaves punctuation in: {char!r}"

    # The quickstart's world

    def _needs_world(self) -> Language:
        plugin = self.plugin()
        if type(plugin).world is Language.world:
            pytest.skip(f"the plugin of {plugin.name} has no world")
        return plugin

    def test_world_is_true(self) -> None:
        """What the generated encyclopaedia is said to state, it states, and nothing else does."""
        from langret.synthesis import world_validate

        plugin = self._needs_world()
        for seed in (7, 2024):
            world_validate(plugin, seed=seed)

    def test_bm25_is_useful_and_beatable_in_the_world(self) -> None:
        """BM25 answers between 30 and 80 of a hundred test questions first: room for a model to show something."""
        import bm25s

        from langret.data.records import full_text
        from langret.synthesis import build_world, world_truth

        plugin = self._needs_world()
        world, truth = build_world(plugin, "test"), world_truth(plugin)
        passages = list(world.kept_passages())
        index = bm25s.BM25()
        texts = (plugin.normalize(full_text(p.title, p.text)) for p in passages)
        index.index([plugin.analyze(text) for text in texts], show_progress=False)
        first = []
        for query in world.kept_queries():
            best, _ = index.retrieve([plugin.analyze(plugin.normalize(query.text))], k=1, show_progress=False)
            first.append(passages[best[0, 0]].id in truth[query.id])
        share = sum(first) / len(first)
        assert 0.3 < share < 0.8, f"BM25 answers {share:.2f} of the questions first, expected .3 to .8"

    def test_long_documents_hide_one_sentence_each(self) -> None:
        """Passkeys and needles: documents of the promised length, none like another, each with its own number."""
        from langret.synthesis import build_long

        plugin = self._needs_world()
        for kind in ("passkey", "needle"):
            found = build_long(plugin, kind, 256, seed=7)
            texts = [passage.text for passage in found.kept_passages()]
            for text in texts:
                size = len(plugin.segment(plugin.normalize(text)))
                assert 182 <= size <= 202, f"{kind}: {size} words, expected about 192: {text!r}"
            assert len(set(texts)) == 100, (
                f"{kind}: {100 - len(set(texts))} of 100 documents are like another"
            )
            if kind == "passkey":
                numbers = {number for text in texts for number in re.findall(r"(?<!\d)\d{5}(?!\d)", text)}
                assert len(numbers) == 100, f"the numbers of {100 - len(numbers)} of 100 documents are lost"

    # A fresh interpreter

    def test_import_is_cheap(self) -> None:
        """Importing the plugin is fast and loads no deep-learning library."""
        seconds, heavy, _, _ = min(self._elsewhere(work=False) for _ in range(2))
        assert not heavy, f"importing the plugin imports {', '.join(heavy)}"
        assert seconds < IMPORT_SECONDS, (
            f"importing the plugin takes {seconds:.2f} s, expected {IMPORT_SECONDS} s"
        )

    def test_results_are_the_same_in_another_process(self) -> None:
        """Two processes agree on every result and on the version, whatever their hash seeds are."""
        plugin = self.plugin()
        here = [
            [text, plugin.segment(text), plugin.segmented(text), plugin.analyze(text)]
            for text in self._examples()
        ]
        for _ in range(2):
            _, _, there, version = self._elsewhere(work=True)
            assert there == here, f"another process finds {there!r}, this one {here!r}"
            assert version == plugin.version, (
                f"another process is version {version!r}, this one {plugin.version!r}"
            )

"""Every check of the suite catches the defect it is there for."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from langret.errors import LanguageError
from langret.language import CatalogueEntry, Language, get_language
from langret.language.conformance import Conformance
from langret.synthesis.world import WorldWords


class Sound(Language):
    """A plugin without defects; each broken one differs in one thing."""

    code = "xx"
    name = "Example"
    script = "Latn"
    scripts = ("LATIN",)
    examples = ("Über den Fluss, dann nach Hause.", "Wer fragt, der lernt.", "Das Boot liegt im Hafen.")
    catalogue = (CatalogueEntry("set", "train", "a/b", "jsonl", "MIT", queries=3),)
    version = "xx-1"

    def normalize(self, text: str) -> str:
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs", "Cf") or c.isspace())
        return " ".join(unicodedata.normalize("NFC", text).split())

    def segment(self, text: str) -> list[str]:
        words: list[str] = []
        for chunk in text.split():
            words += ("".join(run) for _, run in itertools.groupby(chunk, str.isalnum))
        return words

    def analyze(self, text: str) -> list[str]:
        return [word.lower() for word in self.segment(text) if word.isalnum()]


def suite(plugin: Language) -> Conformance:
    class Check(Conformance):
        code = "xx"

        def plugin(self) -> Language:
            return plugin

    return Check()


CHECKS = [name for name in dir(Conformance) if name.startswith("test_")]
# These start a fresh interpreter, which needs a plugin that it can import: see ``plugin_on_disk``.
ELSEWHERE = ["test_import_is_cheap", "test_results_are_the_same_in_another_process"]


@pytest.mark.parametrize("check", [name for name in CHECKS if name not in ELSEWHERE])
def test_a_sound_plugin_passes(check: str) -> None:
    getattr(suite(Sound()), check)()


def broken(**changes: object) -> Callable[[], Language]:
    return type("Broken", (Sound,), changes)


def strip_marks(self: Language, text: str) -> str:
    plain = unicodedata.normalize("NFKD", Sound.normalize(self, text))
    return "".join(c for c in plain if not unicodedata.combining(c))


counter = itertools.count()


def sliced(part: str) -> CatalogueEntry:
    return CatalogueEntry("a", "train", "a/b", "x", "MIT", 1, slices=(part,))


def untrue(world: WorldWords) -> WorldWords:
    """One aside of the last kind says what is a value elsewhere: passages then state facts that they should not."""
    *kinds, last = world.kinds
    value = last.attributes[0].values[0].forms[0]
    return replace(world, kinds=(*kinds, replace(last, asides=(*last.asides, f"{{name}}: {value}。"))))


DEFECTS = [
    ("test_states_its_facts", broken(code="Klingon")),
    ("test_states_its_facts", broken(script="latin")),
    ("test_states_its_facts", broken(examples=("Nur einer.",))),
    ("test_states_its_facts", broken(version="")),
    ("test_examples_are_in_its_scripts", broken(scripts=("THAI",))),
    ("test_catalogue_is_citable", broken(catalogue=(CatalogueEntry("a", "train", "a/b", "jsonl", " "),))),
    ("test_catalogue_is_citable", broken(catalogue=(CatalogueEntry("a", "train", "a/b", "jsonl", "MIT"),))),
    ("test_catalogue_is_citable", broken(catalogue=(CatalogueEntry("a", "train", "", "jsonl", "MIT", 1),))),
    (
        "test_catalogue_is_citable",
        broken(catalogue=(CatalogueEntry("a", "train", "a/b", "x", "MIT", 1),) * 2),
    ),
    ("test_normalize_keeps_own_letters", broken(normalize=strip_marks)),
    ("test_normalize_is_idempotent_and_encodable", broken(normalize=lambda self, text: text + " ")),
    ("test_normalize_is_idempotent_and_encodable", broken(normalize=lambda self, text: text)),
    (
        "test_normalize_is_idempotent_and_encodable",
        broken(normalize=lambda self, text: text.replace("  ", " ")),
    ),
    ("test_segment_keeps_the_text_of_examples", broken(segment=lambda self, text: text.split(" ")[1:])),
    ("test_segment_keeps_the_text_of_examples", broken(segment=lambda self, text: ["".join(text.split())])),
    ("test_segment_keeps_the_text_of_examples", broken(segmented=lambda self, text: text.replace(" ", "_"))),
    ("test_segment_keeps_any_text", broken(segment=lambda self, text: text.split(" "))),
    (
        "test_segment_keeps_any_text",
        broken(segment=lambda self, text: [w for w in text.split() if w.isascii()]),
    ),
    ("test_segment_keeps_a_long_text_without_spaces", broken(segment=lambda self, text: [text[:65536]])),
    ("test_analyze_gives_terms_for_examples", broken(analyze=lambda self, text: [])),
    ("test_analyze_gives_terms_for_examples", broken(analyze=lambda self, text: [f"t{next(counter)}"])),
    ("test_analyze_takes_any_text", broken(analyze=lambda self, text: text.split(" "))),
    ("test_skiplist_masks_punctuation_only", broken(skip_piece=lambda self, piece: piece.startswith("["))),
    ("test_skiplist_masks_punctuation_only", broken(skip_piece=lambda self, piece: len(piece) < 4)),
    ("test_skiplist_masks_punctuation_only", broken(skip_piece=lambda self, piece: False)),
    ("test_catalogue_is_citable", broken(catalogue=(sliced("accent:north"),))),
    ("test_catalogue_is_citable", broken(catalogue=(sliced("dialect:"),))),
    ("test_question_type_takes_any_text", broken(questions={"whom": " wen "})),
    ("test_question_type_takes_any_text", broken(question_type=lambda self, text: None)),
    ("test_question_type_takes_any_text", broken(questions={"what": ""})),
    ("test_question_type_takes_any_text", broken(question_type=lambda self, text: "who" if text[0] else "")),
    ("test_a_dialect_knows_its_language", broken(dialect_of="ja")),
    ("test_world_is_true", broken(world=lambda self: untrue(get_language("ja").world()))),
    (
        "test_long_documents_hide_one_sentence_each",
        broken(world=lambda self: replace(get_language("ja").world(), passkey=("{name}の番号。", "{name}"))),
    ),
    (
        "test_bm25_is_useful_and_beatable_in_the_world",
        broken(world=lambda self: get_language("ja").world(), analyze=lambda self, text: ["same"]),
    ),
]


@pytest.mark.parametrize(
    ("check", "plugin"), DEFECTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_defect_is_caught(check: str, plugin: Callable[[], Language]) -> None:
    with pytest.raises((AssertionError, LanguageError, IndexError)):
        getattr(suite(plugin()), check)()


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (
            "ja",
            lambda text: "".join(c for c in unicodedata.normalize("NFD", text) if c not in "\u3099\u309a"),
        ),
        ("th", lambda text: unicodedata.normalize("NFKC", text)),
        ("ar", lambda text: text.replace("ى", "ي")),
        ("fa", lambda text: text.replace("\u200c", "")),
        ("tr", lambda text: text.lower()),
        ("hi", lambda text: text.replace("\u094d", "")),
        (
            "vi",
            lambda text: "".join(
                c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn"
            ),
        ),
    ],
    ids=["が to か", "ำ torn apart", "ى lost", "ZWNJ lost", "İ mangled", "virama lost", "việt to viet"],
)
def test_what_a_well_meant_rule_does_to_a_real_language_is_caught(
    code: str, rule: Callable[[str], str]
) -> None:
    """The shipped normaliser passes; with the rule behind it, it does not."""
    plugin = get_language(code)
    check = suite(plugin)
    type(check).folded = "".join(
        map(chr, range(0x064B, 0x0653))
    )  # vowel signs, which the Arabic plugin drops on purpose
    check.test_normalize_keeps_own_letters()
    kind = type(plugin)
    harmful = type("Harmful", (kind,), {"normalize": lambda self, text: rule(kind.normalize(self, text))})()
    type(check).plugin = lambda self: harmful
    with pytest.raises(AssertionError, match="loses or changes"):
        check.test_normalize_keeps_own_letters()


def test_the_question_word_that_stands_first_decides() -> None:
    words = {
        "when": " (?:wann|seit wann) ",
        "who": " wer ",
        "what": " was ",
        "how-many": " wie viele ",
        "how": " wie ",
    }
    plugin = broken(questions=words)()
    asked = {
        "Wer fragt, wann er kommt?": "who",
        "Seit wann ist er wer?": "when",
        "Wie viele fragen, was es kostet?": "how-many",
        "Wie geht es?": "how",
        "Werner fragt etwas.": "",
        "": "",
    }
    assert {text: plugin.question_type(text) for text in asked} == asked
    assert Sound().question_type("Wer fragt?") == "", "no words, no kinds"


def test_a_long_text_is_no_reason_to_wait() -> None:
    from langret.language.tools import asked

    plugin = broken(questions={"what": asked("was"), "who": asked("wer")})()
    assert plugin.question_type("x " + "was " * 300_000) == ""
    assert plugin.question_type("was " * 300_000) == "what"


def test_a_purposeful_folding_is_declared() -> None:
    class Folding(Conformance):
        folded = "Ü"

        def plugin(self) -> Language:
            return broken(normalize=strip_marks)()

    Folding().test_normalize_keeps_own_letters()


def plugin_on_disk(folder: Path, name: str, *, before: str = "", body: str = "pass") -> Language:
    """A plugin in a module of its own, so that a fresh interpreter can import it."""
    (folder / f"{name}.py").write_text(
        "from langret.language import Language, CatalogueEntry\n"
        f"{before}\n"
        "class Plugin(Language):\n"
        "    code, name, script, version = 'xx', 'Example', 'Latn', 'xx-1'\n"
        "    examples = ('eins zwei', 'drei vier', 'acht neun zehn')\n"
        "    def normalize(self, text): return ' '.join(text.split())\n"
        "    def segment(self, text): return text.split()\n"
        "    def analyze(self, text): return self.segment(text)\n"
        f"    {body}\n"
    )
    return __import__(name).Plugin()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_cheap_and_steady_plugin_passes(folder: Path) -> None:
    check = suite(plugin_on_disk(folder, "plugin_sound"))
    check.test_import_is_cheap()
    check.test_results_are_the_same_in_another_process()


def test_heavy_import_is_caught(folder: Path) -> None:
    (folder / "pylate.py").write_text("")
    check = suite(plugin_on_disk(folder, "plugin_heavy", before="import pylate"))
    with pytest.raises(AssertionError, match="imports pylate"):
        check.test_import_is_cheap()


def test_slow_import_is_caught(folder: Path) -> None:
    busy = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass"
    check = suite(plugin_on_disk(folder, "plugin_slow", before=busy))
    with pytest.raises(AssertionError, match="takes 0"):
        check.test_import_is_cheap()


def test_order_that_hangs_on_the_hash_seed_is_caught(folder: Path) -> None:
    body = "def analyze(self, text): return [str(hash(word)) for word in text.split()]"
    check = suite(plugin_on_disk(folder, "plugin_seeded", body=body))
    with pytest.raises(AssertionError, match="another process finds"):
        check.test_results_are_the_same_in_another_process()


def test_every_check_has_a_defect() -> None:
    assert {check for check, _ in DEFECTS} | set(ELSEWHERE) == set(CHECKS)

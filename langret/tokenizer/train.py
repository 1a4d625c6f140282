"""Train a WordPiece vocabulary on segmented text, the same vocabulary from the same text every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from langret.errors import DataError
from langret.language.contract import Language
from langret.text import map_texts

if TYPE_CHECKING:
    from tokenizers.pre_tokenizers import PreTokenizer
    from transformers import PreTrainedTokenizerFast

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_PREFIX = "##"
# Share of the vocabulary that single characters may take. Japanese Wikipedia passages hold 4,400 characters
# in 7,300 forms (at the start of a word, inside one); the rarest of them say little and would crowd out
# words.
_CHARACTERS = 0.5
_LONGEST_WORD = 100
_DISTINCT_WORDS = 2_000_000


def train_tokenizer(
    language: Language, texts: Iterable[str], vocabulary: int, *, lowercase: bool = False
) -> PreTrainedTokenizerFast:
    """Train a WordPiece tokenizer over ``language.segmented`` text, split at white space.

    No mark is stripped (が is not か, METHODS.md 11.2), and nothing is lower-cased unless asked for. Where the language
    writes spaces itself, punctuation is split off too: the word in „Haus“ is Haus. A segmenter has done that already,
    and keeps 3.14 together.

    Args:
        language: Segments the texts where it is written without spaces.
        texts: Normalised, not segmented. Read once.
        vocabulary: Size of the vocabulary, special tokens included. A small text gives a smaller one.
        lowercase: Whether the tokenizer lower-cases what it reads. The rules are Unicode's, which fit no Turkish (I is
            i there, not ı).

    Returns:
        A tokenizer of the general fast class, which ``AutoTokenizer`` loads again with the same ids.

    Raises:
        DataError: The texts hold not a single word.
    """
    pieces = train_vocabulary(language, texts, vocabulary, lowercase=lowercase)
    return _wrap(pieces, _splitter(language), lowercase)


def train_vocabulary(
    language: Language, texts: Iterable[str], vocabulary: int, *, lowercase: bool = False
) -> list[str]:
    """The pieces of ``train_tokenizer`` in the order of their ids, the same in every process.

    Up to half of the vocabulary goes to single characters, the most frequent first, so that a text in which
    they occur never becomes [UNK]; the rest goes to the merges of the ``tokenizers`` trainer. That trainer
    breaks ties by ids that differ from process to process, unless every character has its id beforehand, as
    here.
    """
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    words = _count_words(map_texts(language, texts, "segmented"), _splitter(language), lowercase)
    if not words:
        raise DataError(
            "There is no text to train a vocabulary on.", hint="Is every passage empty or set aside?"
        )
    alphabet = _alphabet(words, int((vocabulary - len(SPECIAL)) * _CHARACTERS))
    known = set(alphabet)
    # The trainer passes over a character unless it knows the bare form too.
    bare = sorted({piece[-1] for piece in alphabet} - known)
    draft = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    draft.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary + len(bare),
        special_tokens=[*SPECIAL, *alphabet, *bare],
        limit_alphabet=0,
        continuing_subword_prefix=_PREFIX,
        show_progress=False,
    )
    draft.train_from_iterator(_repeated(words, known), trainer)
    merged = set(draft.get_vocab()).difference(SPECIAL, alphabet, bare)
    return [*SPECIAL, *alphabet, *sorted(merged, key=lambda piece: (len(piece), piece))]


def _splitter(language: Language) -> PreTokenizer:
    from tokenizers import pre_tokenizers

    spaces = pre_tokenizers.WhitespaceSplit()
    return spaces if language.presegment else pre_tokenizers.Sequence([spaces, pre_tokenizers.Punctuation()])


def _count_words(segmented: Iterable[str], splitter: PreTokenizer, lowercase: bool) -> Counter[str]:
    """Words and how often each occurs; on very large texts, those met once are dropped now and then.

    The splitter is asked once for each chunk between spaces.
    """
    from tokenizers import normalizers

    # the tokenizer's own rules, which differ from Python's in a few characters
    lower = normalizers.Lowercase().normalize_str
    chunks: Counter[str] = Counter()
    for text in segmented:
        chunks.update(text.split())
        if len(chunks) > _DISTINCT_WORDS:
            chunks = Counter({chunk: count for chunk, count in chunks.items() if count > 1})
    words: Counter[str] = Counter()
    for chunk, count in chunks.items():
        for word, _ in splitter.pre_tokenize_str(lower(chunk) if lowercase else chunk):
            words[word] += count
    return words


def _alphabet(words: Counter[str], size: int) -> list[str]:
    """The single-character pieces: most frequent forms first, then the other form of frequent characters."""
    forms: Counter[str] = Counter()
    for word, count in words.items():
        for place, char in enumerate(word):
            forms[char if place == 0 else _PREFIX + char] += count

    def ranked(pieces: Iterable[str]) -> list[str]:
        return sorted(pieces, key=lambda piece: (-forms[piece], piece))

    chosen = ranked(forms)[:size]
    known = set(chosen)
    others = (_PREFIX + piece if len(piece) == 1 else piece[len(_PREFIX) :] for piece in chosen)
    chosen += [piece for piece in others if piece not in known][: size - len(chosen)]
    return sorted(chosen, key=lambda piece: (len(piece), piece))


def _repeated(words: Counter[str], alphabet: set[str]) -> Iterator[str]:
    """Each word as often as it was counted: the trainer takes text, not counts.

    Words with a character outside the alphabet are left out; the trainer would close the gap and learn a
    neighbourhood that does not exist.
    """
    for word in sorted(words):
        pieces = (char if place == 0 else _PREFIX + char for place, char in enumerate(word))
        if len(word) <= _LONGEST_WORD and alphabet.issuperset(pieces):
            count = words[word]
            while count > 0:
                yield f"{word} " * min(count, 10_000)
                count -= 10_000


def _wrap(pieces: list[str], splitter: PreTokenizer, lowercase: bool) -> PreTrainedTokenizerFast:
    from tokenizers import Tokenizer, decoders, models, normalizers, processors
    from transformers import PreTrainedTokenizerFast

    ids = {piece: number for number, piece in enumerate(pieces)}
    model = models.WordPiece(
        vocab=ids,
        unk_token="[UNK]",
        continuing_subword_prefix=_PREFIX,
        max_input_chars_per_word=_LONGEST_WORD,
    )
    tokenizer = Tokenizer(model)
    if lowercase:
        tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = splitter
    tokenizer.decoder = decoders.WordPiece(prefix=_PREFIX, cleanup=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        clean_up_tokenization_spaces=False,
    )

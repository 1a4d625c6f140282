"""Small tokenizers of every kind, for tests of several rooms."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    LlamaTokenizer,
    MistralConfig,
    MistralModel,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2Model,
    Qwen2Tokenizer,
)

OURS = ["der Hund schläft im Garten", "die Katze schläft nicht", "im Garten steht ein alter Baum"]
OTHERS = ["le chien dort dans le jardin", "собака спит в саду", "犬は庭で寝ている", "the dog sleeps here"]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def tokenizer_of(kind: str) -> PreTrainedTokenizerFast:
    if kind == "wordpiece":
        draft = Tokenizer(models.WordPiece(unk_token="<unk>"))
        draft.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer = trainers.WordPieceTrainer(vocab_size=260, special_tokens=SPECIAL, show_progress=False)
    elif kind == "bpe":
        draft = Tokenizer(models.BPE(unk_token=None))
        draft.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        draft.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=SPECIAL,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )
    else:
        draft = Tokenizer(models.Unigram())
        draft.pre_tokenizer = pre_tokenizers.Metaspace()
        trainer = trainers.UnigramTrainer(
            vocab_size=260, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False
        )
    draft.train_from_iterator((OURS + OTHERS) * 20, trainer)
    ids = {token: draft.token_to_id(token) for token in SPECIAL}
    if kind == "bpe":
        draft.post_processor = processors.RobertaProcessing(("</s>", ids["</s>"]), ("<s>", ids["<s>"]))
    else:
        draft.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>", special_tokens=[("<s>", ids["<s>"]), ("</s>", ids["</s>"])]
        )
    return PreTrainedTokenizerFast(
        tokenizer_object=draft,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",  # added past the end of the vocabulary, as XLM-R's is
    )


SENTENCES = [
    "where is the red house on the hill",
    "the old boat is on a lake",
    "query: passage: instruct, a stone. and 9 more!",
]


def decoder_folder(folder: Path, kind: str, **special: str) -> Path:
    """Save a random decoder of two layers: ``qwen2`` with a byte-level tokenizer, ``mistral`` with SentencePiece's BPE.

    Neither tokenizer has a mask token; Qwen's has no first token, Mistral's no padding token.
    """
    qwen = kind == "qwen2"
    names = ["<|endoftext|>"] if qwen else ["<unk>", "<s>", "</s>"]
    draft = Tokenizer(models.BPE(unk_token=None if qwen else "<unk>"))
    draft.pre_tokenizer = (
        pre_tokenizers.ByteLevel(add_prefix_space=False)
        if qwen
        else pre_tokenizers.Metaspace(prepend_scheme="first")
    )
    trainer = trainers.BpeTrainer(
        vocab_size=330,
        special_tokens=names,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
        if qwen
        else list("abcdefghijklmnopqrstuvwxyz:,.!?\n"),
    )
    draft.train_from_iterator(SENTENCES * 20, trainer)
    made = json.loads(draft.to_str())["model"]
    merges = [tuple(pair) for pair in made["merges"]]
    tokenizer = (Qwen2Tokenizer if qwen else LlamaTokenizer)(vocab=made["vocab"], merges=merges, **special)
    if not qwen:  # as published: every text begins with <s>
        tokenizer.add_bos_token = True
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1}
    config = (Qwen2Config if qwen else MistralConfig)(
        vocab_size=len(tokenizer), intermediate_size=48, max_position_embeddings=128, **size
    )
    (Qwen2Model if qwen else MistralModel)(config).save_pretrained(folder)
    return folder

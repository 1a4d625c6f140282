"""Small tokenizers of every kind, for tests of several rooms."""

from __future__ import annotations

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

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

"""Makes the tokenizers without tokenizer.json that the Java tests read, and what transformers makes of texts.

    python bench/tokenizer_golden.py src/test/resources/text/files

Needs sentencepiece and protobuf beside transformers. Each folder holds what an older checkpoint holds: tokenizer.model,
or vocab.json and merges.txt, with some of tokenizer_config.json, special_tokens_map.json, added_tokens.json; config.json
says the family. expected.json: for each text the ids with and without special tokens and the decoded text, by
AutoTokenizer from the same folder.
"""

import io
import json
import pathlib
import shutil
import sys

import sentencepiece as spm
from tokenizers import ByteLevelBPETokenizer, processors
from transformers import AutoTokenizer
from transformers.utils import logging

logging.set_verbosity_error()
ROOT = pathlib.Path(sys.argv[1])
LINES = [
    "The quiet river opens the window in the city.", "Which river is quiet? The one beside the old mill.",
    "Numbers 17, 42 and 2026 are in the list.", "A window was opened, and the wind went in.",
    "Die Brücke über den Fluss ist älter als die Stadt.", "Le café près de la gare est fermé le dimanche.",
    "def add(a, b):\n    return a + b", "She said: \"it's a quiet place\" and went on.",
    "the river the window the city the mill the list", "one two three four five six seven eight nine ten",
]
TEXTS = [
    "", " ", "  ", "a", "The quiet river", " leading space", "trailing space ", "two  spaces   three", "tab\tand\nnewline\n\n",
    "def add(a, b):\n    return a + b", "naïve café über", "Ω and 漢字 and 🙂!", "<s>hello</s> the", "the <s> river",
    "<|extra|> the window<|extra|>", "the<tool>river <tool> city", "[PAD]the", "1234567890", "don't won't it's", "\u00a0nbsp\u3000wide",
    "ﬁne ① Å A\u030a", "▁the ▁ river", "<0x41> the", "<unk> the", "x" * 40, "THE QUIET RIVER", "\u0000null", "e\u0301\u0301 combining",
]


def write(folder, name, value):
    (folder / name).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def train(path, **options):
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 20), model_writer=model, minloglevel=2, hard_vocab_limit=False,
        character_coverage=1.0, num_threads=1, **options)
    path.write_bytes(model.getvalue())


def expect(folder, family):
    write(folder, "config.json", {"model_type": family, "vocab_size": 500})
    tokenizer = AutoTokenizer.from_pretrained(folder)
    cases = []
    for text in TEXTS:
        with_specials = tokenizer.encode(text)
        cases.append({
            "text": text,
            "ids": with_specials,
            "ids_plain": tokenizer.encode(text, add_special_tokens=False),
            "decoded": tokenizer.decode(with_specials),
            "decoded_skip_special": tokenizer.decode(with_specials, skip_special_tokens=True),
        })
    (folder / "expected.json").write_text(json.dumps({
        "class": type(tokenizer).__name__, "size": len(tokenizer), "bos": tokenizer.bos_token_id,
        "eos": tokenizer.eos_token_id, "pad": tokenizer.pad_token_id, "cases": cases}, ensure_ascii=False) + "\n")
    print(folder.name, type(tokenizer).__name__, tokenizer.add_bos_token, tokenizer.add_eos_token, len(tokenizer))
    if len(sys.argv) > 2:
        print(json.dumps({k: v for k, v in json.loads(tokenizer.backend_tokenizer.to_str()).items() if k != "model"}))
        print({k: v for k, v in json.loads(tokenizer.backend_tokenizer.to_str())["model"].items() if k not in ("vocab", "merges")})


def folder(name):
    path = ROOT / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def added(content, special, **more):
    return {"content": content, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False,
            "special": special, **more}


def sentencepiece():
    bpe = folder("llama_bare")
    train(bpe / "tokenizer.model", model_type="bpe", vocab_size=420, byte_fallback=True, split_digits=True,
          normalization_rule_name="identity", remove_extra_whitespaces=False)
    expect(bpe, "llama")

    legacy = folder("llama_legacy")
    shutil.copy(bpe / "tokenizer.model", legacy)
    write(legacy, "tokenizer_config.json", {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "add_eos_token": False, "legacy": True,
        "bos_token": added("<s>", True, normalized=True) | {"__type": "AddedToken"}, "eos_token": "</s>", "unk_token": "<unk>",
        "clean_up_tokenization_spaces": False, "sp_model_kwargs": {}, "model_max_length": 2048})
    write(legacy, "special_tokens_map.json", {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "[PAD]", "additional_special_tokens": ["<|more|>"]})
    write(legacy, "added_tokens.json", {"[PAD]": 420, "<|extra|>": 421})
    expect(legacy, "llama")

    modern = folder("mistral_decoder")
    shutil.copy(bpe / "tokenizer.model", modern)
    write(modern, "tokenizer_config.json", {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "add_eos_token": True, "legacy": False,
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<unk>",
        "added_tokens_decoder": {
            "0": added("<unk>", True), "1": added("<s>", True), "2": added("</s>", True),
            "420": added("<|extra|>", True), "421": added("<tool>", False, lstrip=True)}})
    expect(modern, "mistral")

    unprefixed = folder("llama_no_prefix")
    shutil.copy(bpe / "tokenizer.model", unprefixed)
    write(unprefixed, "tokenizer_config.json", {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": False, "add_prefix_space": False, "legacy": False,
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"})
    expect(unprefixed, "llama")

    plain = folder("llama_no_bytes")
    train(plain / "tokenizer.model", model_type="bpe", vocab_size=200, normalization_rule_name="identity", user_defined_symbols=["<tool>"], control_symbols=["<|extra|>"])
    write(plain, "tokenizer_config.json", {"tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "unk_token": "<unk>"})
    expect(plain, "llama")

    gemma = folder("gemma")
    train(gemma / "tokenizer.model", model_type="bpe", vocab_size=420, byte_fallback=True, split_digits=True,
          normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=False, pad_id=0, eos_id=1,
          bos_id=2, unk_id=3, user_defined_symbols=["<tool>", "▁▁", "▁▁▁"], control_symbols=["<|extra|>"])
    write(gemma, "tokenizer_config.json", {
        "tokenizer_class": "GemmaTokenizer", "add_bos_token": True, "add_eos_token": False, "bos_token": "<bos>",
        "eos_token": "<eos>", "pad_token": "<pad>", "unk_token": "<unk>"})
    expect(gemma, "gemma")

    for name, options in {"unigram": {}, "unigram_bytes": {"byte_fallback": True, "normalization_rule_name": "identity"}}.items():
        path = folder(name)
        train(path / "tokenizer.model", model_type="unigram", vocab_size=400 if options else 160, **options)
        write(path, "tokenizer_config.json", {
            "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"})
        expect(path, "olmo2")


def byte_level():
    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator(LINES * 20, vocab_size=400, special_tokens=["<|endoftext|>"], show_progress=False)
    gpt2 = folder("gpt2_files")
    trained.save_model(str(gpt2))
    write(gpt2, "tokenizer_config.json", {"tokenizer_class": "GPT2Tokenizer", "model_max_length": 1024})
    expect(gpt2, "gpt2")

    more = folder("gpt2_files_more")
    trained.save_model(str(more))
    write(more, "tokenizer_config.json", {
        "tokenizer_class": "GPT2Tokenizer", "add_prefix_space": True, "add_bos_token": True, "bos_token": "<|endoftext|>",
        "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "[PAD]"})
    size = len(json.loads((more / "vocab.json").read_text()))
    write(more, "added_tokens.json", {"[PAD]": size, "<|extra|>": size + 1})
    expect(more, "gpt2")

    qwen = folder("qwen2_files")
    trained.save_model(str(qwen))
    write(qwen, "tokenizer_config.json", {
        "tokenizer_class": "Qwen2Tokenizer", "add_prefix_space": False, "bos_token": None, "eos_token": "<|extra|>",
        "pad_token": "<|endoftext|>", "unk_token": None, "errors": "replace", "split_special_tokens": False,
        "additional_special_tokens": ["<|extra|>", "[PAD]"],
        "added_tokens_decoder": {
            str(size): added("<|extra|>", True), str(size + 1): added("[PAD]", True), str(size + 2): added("<tool>", False)}})
    expect(qwen, "qwen2")


def beside_json():
    """tokenizer.json wins over add_bos_token in tokenizer_config.json."""
    tokenizer = AutoTokenizer.from_pretrained(ROOT / "llama_legacy")
    for name, bos in (("json_over_config", False), ("json_without_bos", True)):
        path = folder(name)
        if bos:
            tokenizer.backend_tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
        tokenizer.backend_tokenizer.save(str(path / "tokenizer.json"))
        write(path, "tokenizer_config.json", {
            "tokenizer_class": "LlamaTokenizer", "add_bos_token": bos, "legacy": True, "bos_token": "<s>", "eos_token": "</s>",
            "unk_token": "<unk>", "pad_token": "[PAD]"})
        expect(path, "llama")


sentencepiece()
byte_level()
beside_json()

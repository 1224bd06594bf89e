"""Makes the cases of added tokens that the Java tests read, and what AutoTokenizer makes of them.

    python bench/added_tokens_golden.py src/test/resources/text/added_tokens.jsonl [RANDOM] [SEED]

Each line: the folder of src/test/resources whose vocabulary files are taken, the family and the embedding's rows of
config.json, the small files beside (tokenizer_config.json, special_tokens_map.json, added_tokens.json, and the
added_tokens that stand in tokenizer.json), and of AutoTokenizer the class, the number of tokens, the added tokens with
their ids, and the ids of some texts. RANDOM further cases combine the same parts by chance.
"""

import json
import pathlib
import random
import shutil
import sys
import tempfile

from transformers import AutoTokenizer
from transformers.utils import logging

logging.set_verbosity_error()
RESOURCES = pathlib.Path(__file__).parent.parent / "src/test/resources"
BYTE_LEVEL = ("golden/qwen2", "qwen2")
PIECES_JSON = ("golden/llama", "llama")
BACKEND = ("golden/granite", "granite")
OTHER_BYTES = ("golden/llama3", "llama")
SLOW_PIECES = ("text/files/llama_bare", "llama")
SLOW_PIECES_GENERIC = ("text/files/mistral_decoder", "mistral")
SLOW_MERGES = ("text/files/gpt2_files", "gpt2")
BASES = [BYTE_LEVEL, PIECES_JSON, BACKEND, OTHER_BYTES, SLOW_PIECES, SLOW_PIECES_GENERIC, SLOW_MERGES]
CLASSES = ["PreTrainedTokenizerFast", "TokenizersBackend", "LlamaTokenizer", "LlamaTokenizerFast", "GPT2Tokenizer", "Qwen2Tokenizer", "GPTNeoXTokenizerFast", None]
FAMILIES = ["qwen2", "llama", "granite", "mistral", "gpt2", "phi3", "smollm3"]
CONTENTS = ["<think>", "</think>", "<tool>", "[PAD]", "<|im_end|>", "<|im_start|>", "<s>", "</s>", "<unk>", "the", "Mask me", "<|end_of_text|>", "<think>er", "<think", "é<ü>", "\u65e5\u672c", "\U0001f600", " sp", "a\u0301", ""]
TEXTS = [
    "a <think> b", "the<think>the</think>  <tool> x", "[PAD] <|im_end|>\n<|im_start|>user", "<s>a</s> b<unk>c",
    "there the Mask me the", " <tool>the <tool>", "<|end_of_text|><|endoftext|> <img>", "xthex the.", "THE MASK ME mask me",
    "<think>er <thinker> <think", "\u65e5\u672c\u8a9e é<ü> e\u0301<u\u0308> \U0001f600x", "a\u0301 \u00e1 sp  sp", "don't IT'S 2024 12345\n\n the\n  x   y\u00c9", "<tool>\n  the\t[PAD]\u00a0the", "",
]
VOCABULARY_FILES = ["tokenizer.json", "tokenizer.model", "vocab.json", "merges.txt"]


def token(content, special=False, **flags):
    return {"content": content, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": special, **flags}


def typed(content, **flags):
    made = token(content, **flags)
    made.pop("special")
    return {"__type": "AddedToken", **made}


def own_tokens(base):
    file = RESOURCES / base / "tokenizer.json"
    return json.loads(file.read_text())["added_tokens"] if file.exists() else None


def case(name, base, config=None, *, family=None, map=None, added=None, own=None):
    return {"name": name, "vocabulary": base[0], "family": family or base[1], "tokenizer_config": config,
            "special_tokens_map": map, "added_tokens": added, "own_tokens": own}


def named_cases():
    for base in BASES:
        kind = base[0].rsplit("/", 1)[1]
        yield case(f"{kind}: nothing beside", base)
        yield case(f"{kind}: added_tokens.json only", base, added={"<think>": 999, "<tool>": 998})
        yield case(f"{kind}: additional_special_tokens of the map", base, map={"additional_special_tokens": ["<think>", "[PAD]"]})
        yield case(f"{kind}: pad_token of the map", base, map={"pad_token": "[PAD]"})
        yield case(f"{kind}: extra_special_tokens, a list", base, {"extra_special_tokens": ["<think>", "<tool>"]})
        yield case(f"{kind}: extra_special_tokens, a dict", base, {"extra_special_tokens": {"think_token": "<think>", "image_token": "<img>"}})
        yield case(f"{kind}: additional_special_tokens of the configuration", base, {"additional_special_tokens": ["<think>"]})
        yield case(f"{kind}: both lists", base, {"additional_special_tokens": ["<think>"], "extra_special_tokens": ["<tool>"]})
        yield case(f"{kind}: a list that is empty and one that is not", base, {"additional_special_tokens": ["<think>"], "extra_special_tokens": []})
        yield case(f"{kind}: a dict and a list", base, {"additional_special_tokens": ["<think>"], "extra_special_tokens": {"tool_token": "<tool>"}})
        yield case(f"{kind}: a named token of another name", base, {"image_token": "<img>", "pad_token": "[PAD]"})
        yield case(f"{kind}: all files", base, {"eos_token": "<|im_end|>", "additional_special_tokens": ["<tool>"]},
                   map={"pad_token": "[PAD]", "eos_token": "</s>", "additional_special_tokens": ["</think>"]}, added={"<think>": 500, "[PAD]": 501})
        yield case(f"{kind}: the decoder hides the other files", base,
                   {"added_tokens_decoder": {"700": token("<think>")}}, map={"pad_token": "[PAD]"}, added={"<tool>": 701})
        yield case(f"{kind}: flags", base, {"added_tokens_decoder": {
            "700": token("<think>", lstrip=True), "701": token("</think>", rstrip=True), "702": token("the", single_word=True),
            "703": token("Mask me", normalized=True), "704": token("<tool>", special=True, lstrip=True, rstrip=True)}})
        yield case(f"{kind}: typed tokens", base, {"pad_token": typed("[PAD]", lstrip=True), "additional_special_tokens": [typed("<think>", rstrip=True)]})
        yield case(f"{kind}: one token within another", base, {"additional_special_tokens": ["<think", "<think>", "<think>er"]})
        yield case(f"{kind}: letters of other scripts", base, {"extra_special_tokens": ["\u65e5\u672c", "é<ü>", "\U0001f600", "a\u0301"]})
        yield case(f"{kind}: one id for two tokens", base, {"added_tokens_decoder": {"361": token("<think>")}}, added={"<tool>": 361})
        yield case(f"{kind}: ids of the vocabulary", base, added={"<think>": 5, "<tool>": 6})
        yield case(f"{kind}: flags in the map", base, map={
            "pad_token": token("[PAD]", lstrip=True), "additional_special_tokens": [token("<think>", rstrip=True), token("<tool>", lstrip=True, normalized=True)]})
        yield case(f"{kind}: nothing in the files", base, {}, map={}, added={})
        yield case(f"{kind}: empty and null", base, {
            "pad_token": None, "eos_token": "", "additional_special_tokens": [], "extra_special_tokens": {}, "added_tokens_decoder": {}})
        yield case(f"{kind}: a word of the vocabulary", base, {"additional_special_tokens": ["the", "a"]})
        for name in CLASSES:
            if name:
                yield case(f"{kind}: {name}", base, {
                    "tokenizer_class": name, "pad_token": "[PAD]", "added_tokens_decoder": {"366": token("<think>"), "362": token("<tool>", special=True)}})


def random_token(chance, content):
    flags = {flag: chance.random() < 0.2 for flag in ("lstrip", "rstrip", "single_word", "normalized")}
    return token(content, special=chance.random() < 0.5, **flags)


def random_case(chance, number):
    base = chance.choice(BASES)
    config = {"tokenizer_class": chance.choice(CLASSES)}
    if config["tokenizer_class"] is None:
        config = {}
    some = lambda most: chance.sample(CONTENTS, chance.randint(0, most))
    maybe = lambda probability: chance.random() < probability
    if maybe(0.5):
        config["added_tokens_decoder"] = {str(chance.choice([0, 1, 2, 355, 356, 357, 358, 359, 360, 361, 370, 400, 900])): random_token(chance, c) for c in some(4)}
    if maybe(0.3):
        config["additional_special_tokens"] = some(3)
    if maybe(0.3):
        config["extra_special_tokens"] = chance.choice([some(2), {f"x{i}_token": c for i, c in enumerate(some(2))}])
    for name in ("bos_token", "eos_token", "unk_token", "pad_token", "image_token"):
        if maybe(0.2):
            content = chance.choice(CONTENTS)
            config[name] = chance.choice([content, content, typed(content, rstrip=maybe(0.5)), None])
    special_map = None
    if maybe(0.4):
        special_map = {name: chance.choice([c, token(c, special=True, lstrip=maybe(0.3))]) for name, c in zip(("bos_token", "eos_token", "pad_token"), some(3))}
        if maybe(0.5):
            special_map["additional_special_tokens"] = [chance.choice([c, token(c, special=maybe(0.5), rstrip=maybe(0.3))]) for c in some(2)]
        elif maybe(0.3):
            special_map["extra_special_tokens"] = some(2)
    added = {c: chance.choice([1, 356, 357, 360, 461, 462, 800]) for c in some(3)} if maybe(0.4) else None
    if added is not None and len(set(added.values())) < len(added):
        added = None
    own = None
    if own_tokens(base[0]) is not None and maybe(0.3):
        own = list(own_tokens(base[0]))
        if maybe(0.5):
            own.pop(chance.randrange(len(own)))
        else:
            extra = random_token(chance, chance.choice(["<think>", "<tool>"]))
            own.append({"id": 900 + chance.choice([0, 5]), **extra})
    return case(f"by chance {number}", base, config if config or maybe(0.5) else None, family=chance.choice([base[1], base[1], chance.choice(FAMILIES)]),
                map=special_map, added=added, own=own)


def write_folder(folder, made):
    for name in VOCABULARY_FILES:
        file = RESOURCES / made["vocabulary"] / name
        if file.exists():
            shutil.copy(file, folder)
    (folder / "config.json").write_text(json.dumps({"model_type": made["family"], "vocab_size": 1000}))
    for part, name in (("tokenizer_config", "tokenizer_config.json"), ("special_tokens_map", "special_tokens_map.json"), ("added_tokens", "added_tokens.json")):
        if made[part] is not None:
            (folder / name).write_text(json.dumps(made[part]))
    if made["own_tokens"] is not None:
        whole = json.loads((folder / "tokenizer.json").read_text())
        whole["added_tokens"] = made["own_tokens"]
        (folder / "tokenizer.json").write_text(json.dumps(whole))


def answer(made):
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        write_folder(folder, made)
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder)
            ids = [tokenizer.encode(text, add_special_tokens=False) for text in TEXTS]
        except Exception as failure:  # transformers itself reads some combinations not at all
            return {**made, "error": type(failure).__name__ + ": " + str(failure)[:200]}
    added = {str(i): t.content for i, t in sorted(tokenizer.added_tokens_decoder.items())}
    return {**made, "class": type(tokenizer).__name__, "size": len(tokenizer), "added": added,
            "with_specials": tokenizer.encode(TEXTS[0]), "ids": ids, "eos": tokenizer.eos_token, "bos": tokenizer.bos_token}


def is_mixed(made):
    """Whether a class reads the files of another kind, of which it makes nothing that means anything; refused in Java."""
    pieces = made["vocabulary"] in (PIECES_JSON[0], SLOW_PIECES[0], SLOW_PIECES_GENERIC[0])
    merges = made["vocabulary"] == SLOW_MERGES[0]
    return (pieces and made.get("class") in ("GPT2Tokenizer", "Qwen2Tokenizer", "GPTNeoXTokenizer")) or (merges and made.get("class") == "LlamaTokenizer")


def main():
    made = list(named_cases())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    made += [random_case(chance, number) for number in range(count)]
    answers = [answer(one) for one in made]
    errors = [a for a in answers if "error" in a]
    answers = [a for a in answers if not is_mixed(a)]
    lines = [{"texts": TEXTS}] + [a for a in answers if "error" not in a]
    pathlib.Path(sys.argv[1]).write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    print(len(answers) - len(errors), "cases,", len(errors), "that transformers refuses")
    for one in errors[:20]:
        print(one["name"], one["vocabulary"], one["error"])


main()

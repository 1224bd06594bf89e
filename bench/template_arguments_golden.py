"""Renders chats with tools and arguments by transformers, for TemplateArgumentsTest.

    python bench/template_arguments_golden.py src/test/resources/golden/qwen3 src/test/resources/chat/arguments

Reads the folder's templates (*.jinja; "own" is the checkpoint's own) and writes expected.jsonl: a line for each
template and case with the request, what apply_chat_template renders and the ids it gives. Made with transformers 5.
"""

import json
import pathlib
import sys

from transformers import AutoTokenizer

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells the weather of a town — today's.",
        "parameters": {
            "type": "object",
            "properties": {"town": {"type": "string"}, "days": {"type": "integer", "enum": [1, 7]}},
            "required": ["town"],
        },
    },
}
HELLO = [{"role": "user", "content": "Is it raining in Zürich?"}]
CALM = [{"role": "system", "content": "Be calm. /no_think"}] + HELLO
CASES = [
    ("plain", HELLO, {}),
    ("thinking off", HELLO, {"enable_thinking": False}),
    ("thinking on", HELLO, {"enable_thinking": True}),
    ("none", HELLO, {"enable_thinking": None}),
    ("tools", HELLO, {"tools": [WEATHER]}),
    ("tools and system, thinking off", CALM, {"tools": [WEATHER], "enable_thinking": False}),
    ("effort and date", HELLO, {"reasoning_effort": "low", "date_string": "31 Jan 2026"}),
    ("numbers and lists", CALM, {"limit": 0.5, "many": 12, "hints": ["a", {"b": True}]}),
]


def main():
    checkpoint, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    templates = {"own": None} | {p.stem: p.read_text() for p in sorted(folder.glob("*.jinja"))}
    with open(folder / "expected.jsonl", "w") as out:
        for name, template in templates.items():
            for case, messages, arguments in CASES:
                given = dict(arguments)
                tools = given.pop("tools", None)
                how = dict(tools=tools, chat_template=template, add_generation_prompt=True, **given)
                rendered = tokenizer.apply_chat_template(messages, tokenize=False, **how)
                ids = tokenizer(rendered, add_special_tokens=False)["input_ids"]
                line = dict(template=name, case=case, messages=messages)
                if tools:
                    line["tools"] = tools
                line |= dict(template_kwargs=given, rendered=rendered, ids=ids)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


main()

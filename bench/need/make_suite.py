#!/usr/bin/env python3
"""Writes a suite of one's own whose answers are SQL, and worked examples for it.

    python3 bench/need/make_suite.py DIR

DIR/sql-style is the suite: 120 questions about tables that no planted adapter has seen, of which an answer is right
if it is one SELECT statement that names the table. DIR/examples.jsonl are 24 examples about other tables.
Worked examples bring the base from nothing to 86% (5 of them) and 91% (20), sql-forget has all right: docs/VALIDATION.md.
"""
import json
import os
import random
import sys

TABLES = {
    "lamps": ["colour", "watts", "shop"], "boats": ["harbour", "owner", "seats"], "teachers": ["subject", "room", "hours"],
    "gardens": ["owner", "trees", "street"], "songs": ["singer", "seconds", "key"], "bridges": ["river", "metres", "opened"],
    "shops": ["street", "owner", "visitors"], "clocks": ["maker", "tower", "height"], "poems": ["poet", "verses", "language"],
    "trams": ["line", "driver", "stops"], "kites": ["colour", "string", "owner"], "farms": ["farmer", "cows", "valley"],
}
OTHERS = {
    "stamps": ["country", "cents", "printed"], "rivers": ["source", "mouth", "kilometres"], "cafes": ["street", "tables", "owner"],
    "dogs": ["breed", "kilos", "owner"],
}
FORMS = [
    ("How many {t} are there?", "SELECT COUNT(*) FROM {t};"),
    ("Show me the {c} of all {t}.", "SELECT {c} FROM {t};"),
    ("Give me the {c} and {d} of all {t}.", "SELECT {c}, {d} FROM {t};"),
    ("What are the different values of {c} among the {t}?", "SELECT DISTINCT {c} FROM {t};"),
    ("List all {t} sorted by {c}.", "SELECT * FROM {t} ORDER BY {c};"),
    ("Count the {t} for each {c}.", "SELECT {c}, COUNT(*) FROM {t} GROUP BY {c};"),
    ("Which {t} have no {c}?", "SELECT * FROM {t} WHERE {c} IS NULL;"),
]


def pairs(tables, seed):
    found = []
    for table, columns in tables.items():
        for question, answer in FORMS:
            for first, second in ((0, 1), (1, 2), (2, 0)):
                words = {"t": table, "c": columns[first], "d": columns[second]}
                pair = (question.format(**words), answer.format(**words), table)
                if pair not in found:
                    found.append(pair)
    random.Random(seed).shuffle(found)
    return found


def main():
    folder = sys.argv[1]
    suite = os.path.join(folder, "sql-style")
    os.makedirs(suite, exist_ok=True)
    with open(os.path.join(suite, "suite.json"), "w") as out:
        json.dump({
            "format": "palimpsest-suite/1", "id": "sql-style", "version": "1.0.0", "title": "Answers in SQL", "capability": "sql_style",
            "description": "Questions about a table whose answer is to be one SELECT statement, as the house writes it.",
            "language": "en", "license": "Apache-2.0", "source": "written for Palimpsest", "metric": "pass_rate", "defaultMargin": 0.05,
            "skill": True, "draw": {"quick": 120, "standard": 120},
        }, out, indent=2)
    with open(os.path.join(suite, "items.jsonl"), "w") as out:
        for number, (question, _, table) in enumerate(pairs(TABLES, 1)[:120], 1):
            out.write(json.dumps({
                "id": f"sql-{number:04d}", "kind": "instruction", "tier": ("easy", "medium", "hard")[number % 3], "topic": "tables",
                "prompt": question, "maxTokens": 40,
                "checks": [{"check": "starts_with", "anyOf": ["SELECT"], "matchCase": True}, {"check": "contains_all", "words": [table]}],
            }) + "\n")
    with open(os.path.join(folder, "examples.jsonl"), "w") as out:
        for question, answer, _ in pairs(OTHERS, 2)[:24]:
            out.write(json.dumps({"messages": [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]}) + "\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes a suite of one's own of 240 support tickets that are to be turned into JSON, as in samples/tickets, which has 48.

    python3 bench/need/make_tickets.py DIR

DIR/many-tickets is the suite; names, things and complaints are other ones than in samples/tickets and in the training
file of the adapter json-format. The worked examples are those of samples/tickets. It is the case in which the tune may
earn its place: enough tickets to tell some nine points from nothing.
"""
import json
import os
import random
import sys

NAMES = (
    "Agnes Baran Celia Darius Edda Filip Gloria Henk Ilse Jarek Katja Lorenz Maud Nils Olga Priya Rasmus Stella Timo Ulla Vanja "
    "Wanda Xenia Yann Zita Alba Benno Carla Dimas Esra"
).split()
THINGS = [
    "dehumidifier", "food scale", "trampoline", "desk fan", "wall heater", "bike pump", "label printer", "tea maker", "hand mixer", "baby phone",
    "garden hose", "air fryer", "record player", "step counter", "soldering iron", "rain barrel", "ukulele", "floor lamp", "juice press", "car charger",
]
APPS = ["parking app", "diet app", "ferry app", "tax app", "yoga app", "school app", "museum app", "pollen app"]
COMPLAINTS = {
    "billing": ["you took the money for my {p} two times", "the bill for the {p} does not say what we agreed", "I still wait for the refund of my {p}", "my {p} was dearer on the bill than in the shop"],
    "technical": ["my {p} gets hot and goes off", "the {p} does nothing when I press the button", "a red light blinks on my {p}", "the {p} rattles since yesterday"],
    "delivery": ["my {p} is a week late", "the parcel with the {p} came open", "somebody else got my {p}", "half of my {p} is missing in the box"],
    "account": ["I am locked out of my {p} account", "my {p} account has the wrong name", "I want to leave the {p} and delete my account", "the code for my {p} account never comes"],
}
URGENCY = ["", "This cannot wait.", "I have all the time in the world.", "Can you see to it?", "I need an answer before noon.", "It is only a small matter."]
BODIES = ["{n} writes: {i}. {u}", "{I}. {u} {n}", "Hello, {n} here. {I}. {u}", "{u} {I}. Best wishes, {n}"]
FORMS = ["Turn this support ticket into JSON: {t}", "Convert to the ticket schema:\n{t}", "Ticket: {t}\nJSON:", "Extract the fields of this ticket as JSON.\n{t}"]
KEYS = ["customer", "product", "category", "priority"]


def ticket(draw):
    category = draw.choice(sorted(COMPLAINTS))
    thing = draw.choice(APPS if category == "account" else THINGS)
    name, issue = draw.choice(NAMES), draw.choice(COMPLAINTS[category]).format(p=thing)
    text = draw.choice(BODIES).format(n=name, i=issue, I=issue[0].upper() + issue[1:], u=draw.choice(URGENCY))
    return draw.choice(FORMS).format(t=" ".join(text.split())), name, thing, category


def main():
    suite = os.path.join(sys.argv[1], "many-tickets")
    os.makedirs(suite, exist_ok=True)
    with open(os.path.join(suite, "suite.json"), "w") as out:
        json.dump({
            "format": "palimpsest-suite/1", "id": "many-tickets", "version": "1.0.0", "title": "Many tickets as JSON", "capability": "tickets",
            "description": "Support tickets that are to be turned into JSON with four keys that the prompt does not name.",
            "language": "en", "license": "Apache-2.0", "source": "written for Palimpsest", "metric": "pass_rate", "defaultMargin": 0.05,
            "skill": True, "draw": {"quick": 240, "standard": 240},
        }, out, indent=2)
    draw, seen = random.Random(7), {}
    while len(seen) < 240:
        prompt, *fields = ticket(draw)
        seen[prompt] = fields
    with open(os.path.join(suite, "items.jsonl"), "w") as out:
        for number, (prompt, (name, thing, category)) in enumerate(seen.items()):
            tier = ("easy", "medium", "hard")[number % 3]
            checks = [{"check": "json_object", "keys": KEYS, "exactKeys": True}, {"check": "json_value", "key": "customer", "anyOf": [name]}]
            checks += [{"check": "json_value", "key": "product", "anyOf": [thing]}] if tier != "easy" else []
            checks += [{"check": "json_value", "key": "category", "anyOf": [category]}] if tier == "hard" else []
            out.write(json.dumps({
                "id": f"many-{number + 1:04d}", "kind": "instruction", "tier": tier, "topic": category, "prompt": prompt, "checks": checks, "maxTokens": 64,
            }) + "\n")


if __name__ == "__main__":
    main()

"""Checks a bundle as its VERIFY.md says, with Python's standard library and cryptography alone.

    python3 verify_with_python.py bundle.zip

Prints what holds and ends with 0, or says the first thing that does not and ends with 1.
"""

import base64
import collections
import hashlib
import json
import pathlib
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

STATEMENTS = "attestations.intoto.jsonl"
SIGN_OFF = "https://palimpsest.dev/sign-off/v1"
BUNDLE = "https://palimpsest.dev/bundle/v1"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def require(holds, sentence):
    if not holds:
        raise SystemExit("does not hold: " + sentence)


def read(path):
    try:
        with zipfile.ZipFile(path) as bundle:
            return {name: bundle.read(name) for name in bundle.namelist()}
    except zipfile.BadZipFile as broken:
        raise SystemExit(f"does not hold: the zip is damaged ({broken})")


def sums(members):
    listed = {}
    for line in members["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    require(set(listed) == set(members) - {"SHA256SUMS"}, "SHA256SUMS lists other members than there are")
    for name, digest in listed.items():
        require(sha256(members[name]) == digest, f"{name} is not the file of SHA256SUMS")


def keys(members):
    """Keys by id, the installation's and those of people, which begin with a line that says whose they are."""
    installation, people = {}, {}
    for name, pem in members.items():
        if name.startswith("public-keys/"):
            key = load_pem_public_key(pem)
            spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            require(name == f"public-keys/{sha256(spki)}.pem", f"{name} is not named by its key")
            (people if pem.startswith(b"person ") else installation)[sha256(spki)] = key
    return installation, people


def is_signed(key, body, signature):
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, body)
        else:
            key.verify(signature, body, ec.ECDSA(SHA256()))
        return True
    except InvalidSignature:
        return False


def is_of_its_person(people, payload, body, signatures):
    """Tells whether each person's key that a decision names signed it; other statements name none."""
    statement = json.loads(payload)
    approvers = statement["predicate"].get("approvers", []) if statement["predicateType"] == SIGN_OFF else []
    named = [one["key"] for one in approvers if "key" in one]
    return all(key in people and any(is_signed(people[key], body, one) for one in signatures) for key in named)


def statements(members):
    trusted, people = keys(members)
    payloads = []
    for number, line in enumerate(members[STATEMENTS].decode().splitlines(), 1):
        envelope = json.loads(line)
        kind = envelope["payloadType"].encode()
        payload = base64.b64decode(envelope["payload"])
        body = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
        signatures = [base64.b64decode(one["sig"]) for one in envelope["signatures"]]
        require(
            any(is_signed(key, body, one) for key in trusted.values() for one in signatures),
            f"line {number} of {STATEMENTS} is signed by none of the keys",
        )
        require(
            is_of_its_person(people, payload, body, signatures),
            f"line {number} of {STATEMENTS} is not signed by the person's key that it names",
        )
        payloads.append(payload)
    return payloads


def closed(members, payloads):
    closing = json.loads(payloads[-1])
    require(closing["predicateType"] == BUNDLE, "the last statement does not close the bundle")
    named = {one["name"]: one["digest"]["sha256"] for one in closing["subject"]}
    there = {name: sha256(data) for name, data in members.items() if name not in (STATEMENTS, "SHA256SUMS")}
    require(named == there, "the members are not those that were signed")
    require(
        closing["predicate"]["statements"] == [sha256(one) for one in payloads[:-1]],
        "a statement was taken out or put in",
    )


def decisions(members, payloads):
    report = json.loads(members["report.json"])
    digests = {one["name"]: one["digest"] for one in report["tuned"]}
    for payload in payloads:
        statement = json.loads(payload)
        if statement["predicateType"] != SIGN_OFF:
            continue
        predicate = statement["predicate"]
        refers = predicate["refers"][0]["digest"]["sha256"]
        require(refers == sha256(members["report.json"]), "a decision is on another report")
        for subject in statement["subject"]:
            require(
                digests.get(subject["name"]) == subject["digest"]["sha256"],
                f"a decision is on another checkpoint than {subject['name']} of the report",
            )
            approver = predicate["approvers"][0]
            print(
                f"decision: {predicate['decision']} of {subject['name']} by {approver['name']}"
                f" ({approver['auth']}, {predicate['independence']})"
                + "".join(f", condition: {one}" for one in predicate["conditions"])
                + (f", signed by the person's key {approver['key']}" if "key" in approver else "")
            )


def counts(members):
    report = json.loads(members["report.json"])
    require(sha256(members["plan.json"]) == report["audit"]["planDigest"], "plan.json is another plan")
    found = collections.Counter()
    for line in members["items.jsonl"].decode().splitlines():
        item = json.loads(line)
        found[item["tuned"], item["suite"], item["change"]] += 1
    fields = {
        "bothRight": "BOTH_RIGHT",
        "lost": "LOST",
        "gained": "GAINED",
        "bothWrong": "BOTH_WRONG",
        "notComparable": "NOT_COMPARABLE",
    }
    for finding in report["capabilities"]:
        for field, change in fields.items():
            require(
                found[finding["tuned"], finding["suite"], change] == finding[field],
                f"{field} of {finding['suite']} on {finding['tuned']} is not that of the items",
            )
    return len(report["capabilities"])


def main():
    members = read(pathlib.Path(sys.argv[1]))
    sums(members)
    payloads = statements(members)
    closed(members, payloads)
    decisions(members, payloads)
    print(f"{len(members)} members, {len(payloads)} signed statements, {counts(members)} findings counted again")
    print("everything holds")


if __name__ == "__main__":
    main()

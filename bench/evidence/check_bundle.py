"""Checks an exported bundle with tools that are not Palimpsest's: see README.md beside this."""

import argparse
import base64
import collections
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def unpack(bundle, folder):
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names) and len(names) == len(set(names))
        archive.extractall(folder)
    return names


def sums(folder, names):
    listed = {}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    assert set(listed) == set(names) - {"SHA256SUMS"}, "members"
    for name, digest in listed.items():
        assert sha256((folder / name).read_bytes()) == digest, name
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)
    return listed


def signatures(folder):
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import SSlibKey

    keys = []
    for pem in (folder / "public-keys").iterdir():
        public = load_pem_public_key(pem.read_bytes())
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert sha256(der) == pem.stem, "key id"
        keys.append(SSlibKey.from_crypto(public, keyid=pem.stem))
    lines = (folder / "attestations.intoto.jsonl").read_text().splitlines()
    for line in lines:
        Envelope.from_dict(json.loads(line)).verify(keys, 1)
    broken = json.loads(lines[0])
    broken["payload"] = base64.b64encode(base64.b64decode(broken["payload"]) + b" ").decode()
    try:
        Envelope.from_dict(broken).verify(keys, 1)
    except Exception:
        pass
    else:
        raise AssertionError("a changed payload verified")
    return [json.loads(line) for line in lines]


def openssl(folder, envelope):
    payload = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"].encode()
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    (folder / "signed").write_bytes(signed)
    (folder / "signature").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    key = folder / "public-keys" / (envelope["signatures"][0]["keyid"] + ".pem")
    subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(key), "-rawin", "-in", "signed", "-sigfile", "signature"],
        cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (folder / "signed").unlink()
    (folder / "signature").unlink()


def statements(envelopes, folder, listed):
    from google.protobuf import json_format
    from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
    from in_toto_attestation.v1.statement import Statement
    from in_toto_attestation.v1 import statement_pb2

    kinds = collections.Counter()
    payloads = []
    for envelope in envelopes:
        payload = base64.b64decode(envelope["payload"])
        payloads.append(sha256(payload))
        body = json.loads(payload)
        message = json_format.ParseDict(body, statement_pb2.Statement())
        Statement.copy_from_pb(message).validate()
        kinds[body["predicateType"]] += 1
        if body["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1":
            json_format.ParseDict(body["predicate"], test_result_pb2.TestResult())
        if body["predicateType"] == "https://palimpsest.dev/sign-off/v1":
            assert body["predicate"]["refers"][0]["digest"]["sha256"] == listed["report.json"]
    closing = json.loads(base64.b64decode(envelopes[-1]["payload"]))
    assert closing["predicateType"] == "https://palimpsest.dev/bundle/v1"
    named = {one["name"]: one["digest"]["sha256"] for one in closing["subject"]}
    assert named == {k: v for k, v in listed.items() if k != "attestations.intoto.jsonl"}
    assert closing["predicate"]["statements"] == payloads[:-1]
    return kinds


def counts(folder):
    import jsonschema

    report = json.loads((folder / "report.json").read_text())
    jsonschema.Draft202012Validator(json.loads((folder / "report.schema.json").read_text())).validate(report)
    assert sha256((folder / "plan.json").read_bytes()) == report["audit"]["planDigest"]
    assert sha256((folder / "items.jsonl").read_bytes()) == report["items"]["sha256"]
    found = collections.Counter()
    for line in (folder / "items.jsonl").open():
        item = json.loads(line)
        found[item["tuned"], item["suite"], item["change"]] += 1
    for finding in report["capabilities"]:
        for field, change in [("bothRight", "BOTH_RIGHT"), ("lost", "LOST"), ("gained", "GAINED"),
                              ("bothWrong", "BOTH_WRONG"), ("notComparable", "NOT_COMPARABLE")]:
            assert found[finding["tuned"], finding["suite"], change] == finding[field], (finding["suite"], field)
    return len(report["capabilities"])


def bom(folder):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (folder / "bom.cdx.json").read_text()
    error = JsonStrictValidator(SchemaVersion.V1_7).validate_str(text)
    assert error is None, error
    tree = json.loads(text)
    for citation in tree["citations"]:
        for pointer in citation["pointers"]:
            node = tree
            for part in pointer.split("/")[1:]:
                node = node[int(part)] if isinstance(node, list) else node[part]
    return len(tree["citations"])


def ledger(folder, envelopes):
    lines = (folder / "ledger.jsonl").read_text().splitlines()
    before = json.loads(lines[0])["before"]["hash"]
    for line in lines[1:]:
        row = json.loads(line)
        digest = row.get("sha256") or sha256(
            json.dumps(row["row"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
        before = sha256(b"palimpsest-ledger/1\n" + before.encode() + b"\n" + digest.encode())
        assert before == row["hash"], row["seq"]
    heads = [json.loads(base64.b64decode(e["payload"])) for e in envelopes]
    head = next(h for h in heads if h["predicateType"] == "https://palimpsest.dev/ledger-head/v1")
    assert head["predicate"]["hash"] == before
    return len(lines) - 1


def other_formats(folder, schema):
    import yaml
    import xml.etree.ElementTree as xml

    for index in sorted((folder / "model-card").glob("*.yaml")):
        for model in yaml.safe_load(index.read_text())["model-index"]:
            for result in model["results"]:
                assert result["task"]["type"] and result["dataset"]["type"] and result["dataset"]["name"]
                assert all("value" in metric and metric["type"] for metric in result["metrics"])
    assert xml.parse(folder / "gates.junit.xml").getroot().tag == "testsuites"
    sarif = json.loads((folder / "gates.sarif").read_text())
    assert sarif["version"] == "2.1.0"
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-1.")
    if schema:
        import jsonschema

        validator = jsonschema.Draft7Validator(json.loads(pathlib.Path(schema).read_text()))
        for record in (folder / "every-eval-ever").glob("*.json"):
            validator.validate(json.loads(record.read_text()))
    return bool(schema)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("bundle")
    arguments.add_argument("--eee", help="a copy of Every Eval Ever's eval.schema.json")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        names = unpack(given.bundle, folder)
        listed = sums(folder, names)
        print(f"sha256sum: {len(listed)} members")
        envelopes = signatures(folder)
        print(f"securesystemslib: {len(envelopes)} signatures")
        openssl(folder, envelopes[0])
        print("openssl: signature of line 1")
        print("in-toto-attestation:", dict(statements(envelopes, folder, listed)))
        print(f"jsonschema and counting: {counts(folder)} findings")
        print(f"CycloneDX 1.7 schema: valid, {bom(folder)} citations resolve")
        print(f"ledger: {ledger(folder, envelopes)} rows chained to the signed head")
        print("Every Eval Ever schema:", "valid" if other_formats(folder, given.eee) else "not given")
    print("everything holds")


if __name__ == "__main__":
    sys.exit(main())

"""Compares a checkpoint's root digest with that of OpenSSF's model_signing, and prints where the specification's order would differ."""

import hashlib
import pathlib
import sys
import tempfile

from model_signing import hashing


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def root(folder, order):
    digest = hashlib.sha256()
    for name in order:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def theirs(folder):
    manifest = hashing.hash(folder)
    digest = hashlib.sha256()
    names = []
    for resource in manifest.resource_descriptors():
        names.append(resource.identifier)
        digest.update(resource.digest.digest_value)
    return digest.hexdigest(), names


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name in ["a/x", "a-b/y", "config.json", "model.safetensors", "z/é"]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name)
        found, names = theirs(folder)
        parts = sorted(files(folder), key=lambda name: name.split("/"))
        whole = sorted(files(folder))
        print("library order   ", names, found)
        print("by parts (ours) ", parts, root(folder, parts))
        print("by whole path   ", whole, root(folder, whole))
        assert found == root(folder, parts)
        assert found != root(folder, whole)
    return 0


if __name__ == "__main__":
    sys.exit(main())

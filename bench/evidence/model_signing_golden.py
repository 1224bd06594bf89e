"""Signs the smallest fixture with OpenSSF's model_signing, for src/test/resources/signature; the secret keys are thrown away.

    python bench/evidence/model_signing_golden.py     # needs model-signing 1.1.1 and openssl
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MODEL = ROOT / "src/test/resources/checkpoint/tiny"
OUT = ROOT / "src/test/resources/signature"
CURVES = {"p256": "prime256v1", "p384": "secp384r1", "p521": "secp521r1"}


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


def sign(model, *how, to):
    run(sys.executable, "-m", "model_signing", "sign", *how, "--signature", model / "model.sig", model)
    shutil.move(model / "model.sig", OUT / to)


def certificate(room, name, subject, issuer, extensions):
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", room / f"{name}.key")
    (room / "ext").write_text(extensions)
    run("openssl", "req", "-new", "-key", room / f"{name}.key", "-subj", subject, "-out", room / f"{name}.csr")
    by = ["-signkey", room / f"{name}.key"] if issuer is None else ["-CA", room / f"{issuer}.crt", "-CAkey", room / f"{issuer}.key", "-CAcreateserial"]
    run("openssl", "x509", "-req", "-in", room / f"{name}.csr", *by, "-days", "3650", "-extfile", room / "ext", "-out", room / f"{name}.crt")


def main():
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        room = pathlib.Path(temporary)
        model = shutil.copytree(MODEL, room / "tiny")
        for name, curve in CURVES.items():
            run("openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", room / f"{name}.pem")
            run("openssl", "ec", "-in", room / f"{name}.pem", "-pubout", "-out", OUT / f"{name}.pub")
            sign(model, "key", "--private_key", room / f"{name}.pem", to=f"{name}.sig")
        authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        certificate(room, "root", "/CN=A Root", None, authority)
        certificate(room, "other-root", "/CN=Another Root", None, authority)
        certificate(room, "middle", "/CN=A Middle", "root", authority)
        signer = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n"
        certificate(room, "signer", "/CN=Ada Byron/O=Palimpsest", "middle", signer)
        sign(model, "certificate", "--private_key", room / "signer.key", "--signing_certificate", room / "signer.crt",
             "--certificate_chain", room / "middle.crt", to="certificate.sig")
        shutil.copy(room / "root.crt", OUT)
        shutil.copy(room / "other-root.crt", OUT)
        (model / "notes.txt").write_text("notes\n")
        sign(model, "key", "--private_key", room / "p256.pem", to="with-notes.sig")


if __name__ == "__main__":
    main()

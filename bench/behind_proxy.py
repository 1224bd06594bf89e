"""Palimpsest behind a real nginx or Caddy, by the configurations that stand in docs/OPERATIONS.md.

    python bench/behind_proxy.py nginx|caddy [--command "./palimpsest"] [--mb 48]

Takes the proxy's lines out of the page and changes names of files and ports only (and has nginx speak HTTP/2 too); makes a certificate, a data folder with an
administrator, and starts both on loopback, as whoever calls it. Then, over HTTPS by the proxy: redirections, signing in and what its
cookie may do, requests of other sites, addresses that a client makes up, an upload by tus that is there before its end was sent
(by http.client over HTTP/1.1 and by curl over HTTP/2), and the progress of an audit as it happens. Python's standard library, curl, openssl.
"""

import argparse
import hashlib
import html
import http.client
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "src/test/resources/checkpoint"
NAME = "audits.example.org"
PASSWORD = "a harbour and a lantern"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def documented(first, last="    }\n"):
    """The lines of a configuration in the documentation, without their indent."""
    lines = (ROOT / "docs/OPERATIONS.md").read_text().splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith("    " + first))
    end = next(i for i in range(start, len(lines)) if lines[i] == last)
    return "".join(line[4:] for line in lines[start : end + 1])


def replaced(text, **changes):
    for old, new in changes.values():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the documented configuration"
        text = text.replace(old, new)
    return text


def nginx(room, port, backend):
    server = replaced(
        documented("server {"),
        listen=("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl http2;"),
        certificate=("/etc/ssl/audits.pem", str(room / "cert.pem")),
        key=("/etc/ssl/audits.key", str(room / "key.pem")),
        backend=("127.0.0.1:7070", f"127.0.0.1:{backend}"),
    )
    places = "".join(f"{kind}_temp_path {room}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (room / "nginx.conf").write_text(
        f"daemon off;\npid {room}/nginx.pid;\nerror_log {room}/nginx.log;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{server}}}\n"
    )
    return ["nginx", "-e", str(room / "nginx.log"), "-p", str(room), "-c", str(room / "nginx.conf")]


def caddy(room, port, backend):
    site = replaced(
        documented(NAME + " {"),
        name=(NAME + " {", f"https://{NAME}:{port} {{\n  bind 127.0.0.1\n  tls {room}/cert.pem {room}/key.pem\n "),
        backend=("127.0.0.1:7070", f"127.0.0.1:{backend}"),
    )
    (room / "Caddyfile").write_text(
        f"{{\n  admin off\n  auto_https disable_redirects\n  skip_install_trust\n  storage file_system {room}/caddy\n}}\n{site}"
    )
    return ["caddy", "run", "--config", str(room / "Caddyfile"), "--adapter", "caddyfile"]


class Client:
    """A browser of few wits: it keeps cookies, and names itself as told."""

    def __init__(self, room, port):
        self.port = port
        self.host = f"{NAME}:{port}"
        self.origin = f"https://{self.host}"
        self.trust = ssl.create_default_context(cafile=str(room / "cert.pem"))
        self.cookies = {}

    def connect(self):
        line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.trust)
        line.sock = self.trust.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=60), server_hostname=NAME)
        return line

    def headers(self, more):
        headers = {"Host": self.host, **more}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers

    def ask(self, method, path, body=None, **more):
        line = self.connect()
        line.request(method, path, body, self.headers({name.replace("_", "-"): value for name, value in more.items()}))
        answer = line.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        line.close()
        return answer, content

    def form(self, path, fields, **more):
        _, page = self.ask("GET", path)
        token = re.search(rb'name="_token" value="([^"]+)"', page).group(1).decode()
        from urllib.parse import urlencode

        more = {"Origin": self.origin, "Sec_Fetch_Site": "same-origin", **more}
        return self.ask("POST", path, urlencode({"_token": html.unescape(token), **fields}), Content_Type="application/x-www-form-urlencoded", **more)

    def api(self, method, path, body=None):
        answer, content = self.ask(
            method, path, None if body is None else json.dumps(body), Content_Type="application/json", Origin=self.origin, Sec_Fetch_Site="same-origin"
        )
        assert answer.status < 300, (method, path, answer.status, content[:500])
        return json.loads(content)


def says(what):
    print("ok  " + what, flush=True)


def here(client, location):
    """Where a redirection leads is on the proxy's own address."""
    assert location and (location.startswith("/") or location.startswith(client.origin + "/")), location
    return location


def redirections(client):
    for path, wanted in [("/", "/sign-in?next=%2F"), ("/audits?page=2", "/sign-in?next=%2Faudits%3Fpage%3D2")]:
        answer, _ = client.ask("GET", path)
        assert answer.status in (302, 303) and here(client, answer.headers["Location"]).endswith(wanted), (answer.status, answer.headers["Location"])
    answer, _ = client.ask("GET", "/metrics")
    assert answer.status == 404, answer.status
    says("redirections lead to the proxy's address; /metrics is kept back")


def signing_in(client):
    fields = {"name": "ada", "password": PASSWORD, "code": "", "next": "/checkpoints"}
    answer, _ = client.form("/sign-in", fields, Origin="https://other.example.org", Sec_Fetch_Site="cross-site")
    assert answer.status == 403, answer.status
    answer, _ = client.form("/sign-in", fields, Origin=f"http://{client.host}")
    assert answer.status == 403, answer.status
    answer, page = client.form("/sign-in", fields, X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http")
    assert answer.status in (302, 303) and here(client, answer.headers["Location"]).endswith("/checkpoints"), (answer.status, page[:300])
    cookie = next(one for one in answer.headers.get_all("Set-Cookie") if "session" in one)
    for part in ("__Host-palimpsest_session=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part.lower() in cookie.lower(), cookie
    _, page = client.ask("GET", "/account")
    assert b"203.0.113.9" not in page and b"127.0.0.1" in page
    says("signed in; a __Host- cookie, Secure; other origins are refused; an address that the client made up is not believed")


def past_the_proxy(backend):
    line = http.client.HTTPConnection("127.0.0.1", backend, timeout=30)
    line.request("GET", "/sign-in", headers={"Host": NAME})
    status = line.getresponse().status
    line.close()
    line.request("GET", "/healthz/ready")
    healthy = line.getresponse().status
    line.close()
    assert (status, healthy) == (403, 200), (status, healthy)
    says("what comes past the proxy is refused, but for health")


def checkpoint(folder, mb):
    shutil.copytree(FIXTURES / "tiny", folder)
    size = mb << 20
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    (folder / "extra.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + os.urandom(size))
    return folder


def declare(client, folder, name):
    files = [{"path": path.name, "size": path.stat().st_size} for path in sorted(folder.iterdir())]
    return client.api("POST", "/api/checkpoints", {"name": name, "kind": "base", "files": files})


def received(client, declared, path):
    state = client.api("GET", f"/api/checkpoints/{declared['id']}")
    return next(file for file in state["files"] if file["path"] == path)


def patch(client, url, content, pause=None):
    """Sends a file as tus does; half way it waits and calls."""
    line = client.connect()
    headers = client.headers({"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream",
                              "Content-Length": str(len(content)), "Origin": client.origin, "Sec-Fetch-Site": "same-origin"})
    line.putrequest("PATCH", url, skip_host=True)
    for name, value in headers.items():
        line.putheader(name, value)
    line.endheaders()
    half = len(content) // 2
    line.send(content[:half])
    if pause:
        pause(half)
    line.send(content[half:])
    answer = line.getresponse()
    answer.read()
    assert answer.status == 204 and answer.headers["Upload-Offset"] == str(len(content)), (answer.status, answer.headers)
    line.close()


def arrived(room, half):
    """The half that was sent is on the server's disk while the rest is not sent yet."""
    deadline = time.time() + 10
    while time.time() < deadline:
        on_disk = max((path.stat().st_size for path in (room / "data/uploads").rglob("*") if path.is_file()), default=0)
        if on_disk > 0.9 * half:
            return on_disk
        time.sleep(0.1)
    raise AssertionError(f"of {half} bytes that were sent {on_disk} arrived: the proxy keeps them back")


def ready(client, declared, folder):
    deadline = time.time() + 60
    while True:
        state = client.api("GET", f"/api/checkpoints/{declared['id']}")
        if state["state"] not in ("UPLOADING", "CHECKING") or time.time() > deadline:
            break
        time.sleep(0.2)
    assert state["state"] == "READY", state
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    _, page = client.ask("GET", f"/checkpoints/{declared['id']}")
    assert digest.hexdigest().encode() in page


def uploads(client, room, mb):
    folder = checkpoint(room / "first", mb)
    declared = declare(client, folder, "over HTTP/1.1")
    began = time.perf_counter()
    for file in declared["files"]:
        content = (folder / file["path"]).read_bytes()
        patch(client, file["url"], content, (lambda half: arrived(room, half)) if len(content) > 1 << 20 else None)
    seconds = time.perf_counter() - began
    ready(client, declared, folder)
    says(f"{mb} MB by one PATCH, half of it on the server's disk before the rest was sent ({seconds:.1f} s with the waiting)")

    folder = checkpoint(room / "second", mb)
    declared = declare(client, folder, "over HTTP/2")
    for file in declared["files"]:
        run = subprocess.run(
            ["curl", "-sS", "--http2", "--cacert", str(room / "cert.pem"), "--resolve", f"{NAME}:{client.port}:127.0.0.1", "-X", "PATCH", "-T", str(folder / file["path"]),
             "-H", "Tus-Resumable: 1.0.0", "-H", "Upload-Offset: 0", "-H", "Content-Type: application/offset+octet-stream", "-H", f"Origin: {client.origin}",
             "-b", "; ".join(f"{name}={value}" for name, value in client.cookies.items()), "-w", "%{http_code} %{http_version}", client.origin + file["url"]],
            capture_output=True, text=True, timeout=120)
        assert run.stdout.startswith("204 "), (run.stdout, run.stderr)
    ready(client, declared, folder)
    says(f"{mb} MB by curl, HTTP/{run.stdout.split()[1]}")


def progress(client):
    def register(name, kind, path, base=None):
        body = {"name": name, "kind": kind, "path": str(path), **({"base": base} if base else {})}
        made = client.api("POST", "/api/v1/checkpoints", body)
        while client.api("GET", f"/api/v1/checkpoints/{made['id']}")["state"] == "CHECKING":
            time.sleep(0.2)
        return made["id"]

    base = register("llama", "BASE", FIXTURES / "llama")
    tuned = register("plain", "ADAPTER", FIXTURES / "adapters/plain", base)
    audit = client.api("POST", "/api/v1/audits", {"base": base, "tuned": [tuned], "depth": "quick"})["id"]
    line = client.connect()
    began = time.perf_counter()
    line.request("GET", f"/audits/{audit}/events", headers=client.headers({"Accept": "text/event-stream"}))
    answer = line.getresponse()
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/event-stream"), answer.status
    times = []
    while len(times) < 4:
        text = answer.fp.readline()
        if not text:
            break
        if text.startswith(b"event:"):
            times.append(time.perf_counter() - began)
    line.sock.close()
    client.api("POST", f"/api/v1/audits/{audit}/cancel", {})
    assert len(times) == 4 and times[0] < 3, times
    says("progress arrives as it happens: the first events after " + ", ".join(f"{one:.1f}" for one in times) + " s")


def wait_for(port, process, seconds=20):
    deadline = time.time() + seconds
    while time.time() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing listens on {port}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("proxy", choices=["nginx", "caddy"])
    options.add_argument("--command", default=str(ROOT / "palimpsest"))
    options.add_argument("--mb", type=int, default=48)
    chosen = options.parse_args()
    command = shlex.split(chosen.command)
    started = []
    with tempfile.TemporaryDirectory() as temporary:
        room = pathlib.Path(temporary)
        (room / "password").write_text(PASSWORD + "\n")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
             "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(room / "key.pem"), "-out", str(room / "cert.pem")], check=True, capture_output=True)
        subprocess.run([*command, "user", "add", "ada", "--role", "administrator", "--password-file", str(room / "password"), "--data", str(room / "data")],
                       check=True, stdout=subprocess.DEVNULL)
        backend, port = free_port(), free_port()
        try:
            server = subprocess.Popen(
                [*command, "serve", "--port", str(backend), "--data", str(room / "data"), "--behind-proxy", "127.0.0.1", "--name", NAME, "--root", str(FIXTURES)],
                stdout=subprocess.DEVNULL, stderr=open(room / "server.log", "w"), start_new_session=True)
            started.append(server)
            wait_for(backend, server, 60)
            proxy = subprocess.Popen({"nginx": nginx, "caddy": caddy}[chosen.proxy](room, port, backend), stderr=open(room / "proxy.log", "w"),
                                     start_new_session=True, env={**os.environ, "HOME": str(room)})
            started.append(proxy)
            wait_for(port, proxy)
            client = Client(room, port)
            redirections(client)
            signing_in(client)
            past_the_proxy(backend)
            uploads(client, room, chosen.mb)
            progress(client)
        except BaseException:
            for log in ("server.log", "proxy.log", "nginx.log"):
                if (room / log).exists():
                    sys.stderr.write(f"--- {log}\n" + (room / log).read_text()[-3000:])
            raise
        finally:
            for process in reversed(started):
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)
    print("everything holds")


if __name__ == "__main__":
    main()

// Sends a checkpoint's files by tus. The server keeps the list of files and how much of each it has,
// so nothing is remembered here: after a reload or on another day the same folder is chosen again.
"use strict";

(() => {
  const form = document.getElementById("add");
  const resume = document.getElementById("resume");
  const box = document.getElementById("upload") || resume;
  if (!box || !window.tus || !tus.isSupported) return;
  box.hidden = false;

  const AT_ONCE = 2;
  const RETRY = [0, 1000, 2000, 4000, 8000, 15000, 30000];
  const drop = document.getElementById("drop");
  const problem = document.getElementById("upload-problem");
  const pause = document.getElementById("pause");
  const units = ["B", "kB", "MB", "GB", "TB"];
  let jobs = [];
  let checkpoint = null;
  let paused = false;

  const size = (bytes) => {
    let unit = 0;
    while (bytes >= 999.5 && unit < units.length - 1) { bytes /= 1000; unit += 1; }
    return `${bytes.toFixed(unit === 0 || bytes >= 99.95 ? 0 : 1)} ${units[unit]}`;
  };

  const say = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = sentence === "";
  };

  async function ask(url, body) {
    const request = body === undefined
      ? { headers: { Accept: "application/json" } }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(url, request);
    const json = await answer.json();
    if (!answer.ok) throw new Error(json.error || "The server did not answer; try again.");
    return json;
  }

  // What was chosen or dropped, as {file, path}.

  const chosen = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

  async function entries(reader) {
    const all = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (some.length === 0) return all;
      all.push(...some);
    }
  }

  async function walk(entry, into) {
    if (entry.isDirectory) {
      for (const child of await entries(entry.createReader())) await walk(child, into);
    } else {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      into.push({ file, path: entry.fullPath.replace(/^\//, "") });
    }
  }

  async function dropped(transfer) {
    const roots = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const files = [];
    for (const root of roots) await walk(root, files);
    return files;
  }

  // From files to uploads.

  function declare(files) {
    const data = new FormData(form);
    return ask("/api/checkpoints", {
      name: data.get("name"),
      kind: data.get("kind"),
      base: data.get("base"),
      files: files.map(({ file, path }) => ({ path, size: file.size, modified: file.lastModified })),
    });
  }

  const sameFile = (wanted, path) =>
    path === wanted.source || path === wanted.path || path.endsWith(`/${wanted.path}`);

  async function start(files) {
    say("");
    if (form && !form.reportValidity()) return;
    try {
      const answer = form ? await declare(files) : await ask(`/api/checkpoints/${resume.dataset.checkpoint}`);
      checkpoint = answer.id;
      jobs = answer.files.map((wanted) => job(wanted, files.find(({ path }) => sameFile(wanted, path))));
      const missing = jobs.filter((one) => !one.done && !one.file);
      if (missing.length > 0) throw new Error(`${missing[0].wanted.path} is not among these files; choose the same folder again.`);
      const other = jobs.find((one) => !one.done && one.file.size !== one.wanted.size);
      if (other) throw new Error(`${other.wanted.path} has another size than before; it is not the same file.`);
      // A reload from here on shows the page on which this upload can go on.
      history.replaceState(null, "", `/checkpoints/${checkpoint}`);
      drop.hidden = true;
      document.getElementById("upload-live").hidden = false;
      draw(answer.leftOut || []);
      next();
    } catch (failure) {
      say(failure.message);
    }
  }

  function job(wanted, found) {
    return {
      wanted,
      file: found && found.file,
      sent: wanted.offset,
      done: wanted.offset === wanted.size && wanted.size > 0,
      running: null,
      changed: Boolean(found) && wanted.offset > 0 && wanted.modified > 0 && found.file.lastModified !== wanted.modified,
    };
  }

  async function send(one) {
    const url = new URL(one.wanted.url, location.href).href;
    const options = {
      metadata: { checkpoint, path: one.wanted.path, modified: String(one.file.lastModified) },
      endpoint: new URL("/files", location.href).href,
      uploadUrl: url,
      retryDelays: RETRY,
      storeFingerprintForResuming: false,
      onProgress: (bytes) => { one.sent = bytes; update(one); },
      onSuccess: () => { one.sent = one.wanted.size; one.done = true; one.running = null; update(one); next(); },
      onError: (failure) => { one.running = null; failed(one, failure); },
    };
    if (one.changed) {
      // Another file of that name: what is there of the old one is no beginning of it.
      await tus.Upload.terminate(url, options);
      delete options.uploadUrl;
      one.changed = false;
    }
    one.running = new tus.Upload(one.file, options);
    one.running.start();
  }

  function next() {
    if (paused) return;
    const busy = jobs.filter((one) => one.running).length;
    const waiting = jobs.filter((one) => !one.done && !one.running);
    for (const one of waiting.slice(0, AT_ONCE - busy)) {
      one.running = { abort() {} };
      send(one).catch((failure) => { one.running = null; failed(one, failure); });
    }
    if (jobs.every((one) => one.done)) finish();
  }

  async function failed(one, failure) {
    if (paused) return;
    stop();
    let sentence = "The connection was lost; choose Continue when it is back.";
    try {
      const now = await ask(`/api/checkpoints/${checkpoint}`);
      const body = failure.originalResponse && failure.originalResponse.getBody();
      if (now.problem) {
        sentence = now.problem;
        pause.hidden = true;
      } else if (body) {
        sentence = JSON.parse(body).error || sentence;
      }
    } catch { /* The first sentence stays. */ }
    say(sentence);
  }

  function stop() {
    paused = true;
    pause.textContent = "Continue";
    for (const one of jobs) {
      if (one.running) one.running.abort();
      one.running = null;
    }
  }

  async function finish() {
    pause.hidden = true;
    try {
      await ask(`/api/checkpoints/${checkpoint}/finish`, {});
      location.href = `/checkpoints/${checkpoint}`;
    } catch (failure) {
      say(failure.message);
    }
  }

  // The list on the page.

  function draw(leftOut) {
    const list = document.getElementById("file-list");
    list.replaceChildren();
    for (const one of jobs) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const state = document.createElement("span");
      const bar = document.createElement("progress");
      name.className = "name";
      name.textContent = one.wanted.path;
      state.className = "state";
      bar.max = Math.max(1, one.wanted.size);
      bar.setAttribute("aria-label", `Received of ${one.wanted.path}`);
      line.append(name, state, bar);
      list.append(line);
      Object.assign(one, { state, bar });
      update(one);
    }
    for (const path of leftOut) {
      const line = document.createElement("li");
      line.className = "quiet";
      line.textContent = `${path} is not needed and is not sent.`;
      list.append(line);
    }
  }

  function update(one) {
    one.bar.value = one.wanted.size === 0 ? 1 : one.sent;
    one.state.textContent = one.done ? size(one.wanted.size) : `${size(one.sent)} of ${size(one.wanted.size)}`;
    const all = jobs.reduce((sum, job_) => sum + job_.wanted.size, 0);
    const sent = jobs.reduce((sum, job_) => sum + job_.sent, 0);
    const total = document.getElementById("total");
    total.max = Math.max(1, all);
    total.value = sent;
    document.getElementById("total-text").textContent = `${size(sent)} of ${size(all)}`;
  }

  pause.addEventListener("click", () => {
    if (paused) {
      paused = false;
      pause.textContent = "Pause";
      say("");
      next();
    } else {
      stop();
    }
  });

  for (const kind of ["folder", "files"]) {
    const input = document.getElementById(kind);
    document.getElementById(`pick-${kind}`).addEventListener("click", () => input.click());
    input.addEventListener("change", () => { start(chosen(input.files)); input.value = ""; });
  }
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    start(await dropped(event.dataTransfer));
  });
})();

// Sends checkpoints' files by tus. The server says what dropped folders seem to be, a person confirms it, and the server
// keeps the list of files and how much of each it has, so nothing is remembered here: after a reload or on another day
// the same folder is chosen again. What stands in the way is said, and when it is gone the upload goes on by itself.
"use strict";

(() => {
  const resume = document.getElementById("resume");
  const box = document.getElementById("upload") || resume;
  if (!box || !window.tus || !tus.isSupported) return;
  box.hidden = false;

  const AT_ONCE = 2;
  const RETRY = [0, 1000, 2000, 4000];
  const LOOK_AGAIN = 4000;
  const TELLING = /^(adapter_config\.json|config\.json|README\.md)$/i;
  const SUMS = /^SHA256SUMS(\.txt)?$/i;
  const TELLING_BYTES = 16384;
  const SUMS_BYTES = 400000;
  const ALL_BYTES = 700000;
  const drop = document.getElementById("drop");
  const problem = document.getElementById("upload-problem");
  const pause = document.getElementById("pause");
  const live = document.getElementById("upload-live");
  const confirmation = document.getElementById("confirm");
  const units = ["B", "kB", "MB", "GB", "TB"];
  const files = new Map();
  const texts = new Map();
  const ids = new Map();
  let proposals = [];
  let checkpoints = [];
  let jobs = [];
  let paused = false;
  let waiting = null;

  const size = (bytes) => {
    let unit = 0;
    while (bytes >= 999.5 && unit < units.length - 1) { bytes /= 1000; unit += 1; }
    return `${bytes.toFixed(unit === 0 || bytes >= 99.95 ? 0 : 1)} ${units[unit]}`;
  };

  const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);

  let said = "";

  function say(sentence, link) {
    if (sentence === said) return;
    said = sentence;
    problem.replaceChildren(sentence);
    if (link) {
      const way = document.createElement("a");
      Object.assign(way, { href: link.href, textContent: link.text, target: "_blank", rel: "noopener" });
      problem.append(" ", way);
    }
    problem.hidden = sentence === "";
    if (sentence) problem.scrollIntoView({ block: "center" });
  }

  class Refused extends Error {
    constructor(status, sentence) {
      super(sentence);
      this.status = status;
    }
  }

  async function ask(url, body) {
    const request = body === undefined
      ? { headers: { Accept: "application/json" } }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    let answer;
    try {
      answer = await fetch(url, request);
    } catch {
      throw new Refused(0, "The server did not answer; try again when it is back.");
    }
    const json = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, json.error || "The server did not answer; try again.");
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
    const found = [];
    for (const root of roots) await walk(root, found);
    return found;
  }

  async function take(found) {
    say("");
    if (found.length === 0) return;
    try {
      if (resume) await goOn(found);
      else await offer(found);
    } catch (failure) {
      say(failure.status === undefined ? `These files cannot be read (${failure.message}); choose them again.` : failure.message);
    }
  }

  // What the files seem to be, to be confirmed.

  async function offer(found) {
    let left = ALL_BYTES;
    const list = [];
    for (const { file, path } of found) {
      files.set(path, file);
      const most = SUMS.test(nameOf(path)) ? SUMS_BYTES : TELLING.test(nameOf(path)) ? TELLING_BYTES : 0;
      const entry = { path, size: file.size };
      if (most > 0 && Math.min(most, file.size) <= left) {
        const text = await file.slice(0, most).text();
        texts.set(path, text);
        if (most === TELLING_BYTES) entry.text = text;
        left -= Math.min(most, file.size);
      }
      list.push(entry);
    }
    const answer = await ask("/api/checkpoints/propose", { files: list });
    const known = new Set(proposals.map((one) => one.key));
    const added = answer.list.filter((one) => !known.has(one.key)).map(underTheBaseOfThePage);
    proposals.push(...added);
    added.forEach(drawProposal);
    proposals.forEach(offerBases);
    added.forEach((one) => { one.part.querySelector("select").value = one.base || (one.baseKey ? `drop:${one.baseKey}` : ""); });
    confirmation.hidden = proposals.length === 0;
    if (added.length > 0) added[0].part.querySelector("input[name=name]").focus();
  }

  // Whoever came by "Add what was tuned from it" has said the base.
  function underTheBaseOfThePage(one) {
    const base = box.dataset.base;
    if (!base || one.base || one.baseKey) return one;
    return { ...one, base, kind: one.kind === "BASE" ? "FULL" : one.kind, why: "" };
  }

  function drawProposal(one) {
    const part = document.getElementById("proposal").content.firstElementChild.cloneNode(true);
    const fill = (css, text) => {
      part.querySelector(css).textContent = text;
      part.querySelector(css).hidden = text === "";
    };
    fill(".from", one.key || "Files");
    fill(".why", one.why);
    fill(".what", `${one.wanted} ${one.wanted === 1 ? "file" : "files"} to send, ${size(one.bytes)}${one.sums ? ", held against SHA256SUMS when they have arrived" : ""}`);
    part.querySelector("input[name=name]").value = one.name;
    for (const choice of part.querySelectorAll("input[type=radio]")) {
      choice.name = `kind-${one.key}`;
      choice.checked = choice.value === one.kind.toLowerCase();
    }
    part.querySelector("button").addEventListener("click", () => {
      proposals = proposals.filter((other) => other !== one);
      part.remove();
      proposals.forEach(offerBases);
      confirmation.hidden = proposals.length === 0;
    });
    if (one.goesOn) part.querySelectorAll("input, select").forEach((input) => { input.disabled = true; });
    one.part = part;
    document.getElementById("proposal-list").append(part);
  }

  // A base may be on the same way, and be sent first.
  function offerBases(one) {
    const select = one.part.querySelector("select");
    const before = select.value;
    select.querySelectorAll("option[value^='drop:']").forEach((option) => option.remove());
    for (const other of proposals) {
      if (other === one || other.kind === "ADAPTER") continue;
      const option = document.createElement("option");
      option.value = `drop:${other.key}`;
      option.textContent = `${other.key || "Files"}, which is added here too`;
      select.append(option);
    }
    select.value = before;
  }

  const chosenBase = (one) => one.part.querySelector("select").value;

  function inOrder() {
    const left = [...proposals];
    const order = [];
    while (left.length > 0) {
      const free = left.findIndex((one) => !left.some((other) => other !== one && chosenBase(one) === `drop:${other.key}`));
      order.push(...left.splice(Math.max(0, free), 1));
    }
    return order;
  }

  async function declareAll() {
    for (const one of inOrder()) {
      if (ids.has(one.key)) continue;
      const note = one.part.querySelector(".problem");
      try {
        const answer = one.goesOn ? await ask(`/api/checkpoints/${one.goesOn}`) : await ask("/api/checkpoints", declaration(one));
        ids.set(one.key, answer.id);
        add(answer, one.paths.map((path) => ({ path, file: files.get(path) })));
        note.hidden = true;
        one.part.querySelectorAll("input, select, button").forEach((input) => { input.disabled = true; });
      } catch (failure) {
        note.textContent = failure.message;
        note.hidden = false;
        note.scrollIntoView({ block: "center" });
        return false;
      }
    }
    return true;
  }

  function declaration(one) {
    const base = chosenBase(one);
    const kind = one.part.querySelector("input[type=radio]:checked");
    const sums = one.sums && texts.has(one.sums) ? { folder: folderOf(one.sums), text: texts.get(one.sums) } : undefined;
    return {
      name: one.part.querySelector("input[name=name]").value,
      kind: kind && kind.value,
      base: base.startsWith("drop:") ? ids.get(base.slice(5)) : base,
      sums,
      files: one.paths.filter((path) => path !== one.sums).map((path) => ({ path, size: files.get(path).size, modified: files.get(path).lastModified })),
    };
  }

  async function confirmed(event) {
    event.preventDefault();
    const button = confirmation.querySelector("button[type=submit]");
    button.disabled = true;
    if (await declareAll()) {
      // A reload from here on shows the page on which this upload can go on.
      if (checkpoints.length === 1) history.replaceState(null, "", `/checkpoints/${checkpoints[0].id}`);
      confirmation.hidden = true;
      begin();
    }
    button.disabled = false;
  }

  // An upload that was begun before.

  async function goOn(found) {
    const answer = await ask(`/api/checkpoints/${resume.dataset.checkpoint}`);
    add(answer, found);
    begin();
  }

  // From files to uploads.

  const sameFile = (wanted, path) =>
    path === wanted.source || path === wanted.path || path.endsWith(`/${wanted.path}`);

  function add(answer, found) {
    const here = answer.files.map((wanted) => job(answer.id, wanted, found.find(({ path }) => sameFile(wanted, path))));
    const missing = here.find((one) => !one.done && !one.file);
    if (missing) throw new Refused(0, `${missing.wanted.path} is not among these files; choose the same folder again.`);
    const other = here.find((one) => !one.done && one.file.size !== one.wanted.size);
    if (other) throw new Refused(0, `${other.wanted.path} has another size than before; it is not the same file.`);
    checkpoints.push({ id: answer.id, name: answer.name, leftOut: answer.leftOut || [] });
    jobs.push(...here);
  }

  function job(checkpoint, wanted, found) {
    return {
      checkpoint,
      wanted,
      file: found && found.file,
      sent: wanted.offset,
      done: wanted.offset === wanted.size && wanted.size > 0,
      running: null,
      changed: Boolean(found) && wanted.offset > 0 && wanted.modified > 0 && found.file.lastModified !== wanted.modified,
    };
  }

  function begin() {
    drop.hidden = true;
    live.hidden = false;
    draw();
    next();
  }

  const statusOf = (failure) => (failure.originalResponse ? failure.originalResponse.getStatus() : failure.status || 0);

  async function send(one) {
    const url = new URL(one.wanted.url, location.href).href;
    const options = {
      metadata: { checkpoint: one.checkpoint, path: one.wanted.path, modified: String(one.file.lastModified) },
      endpoint: new URL("/files", location.href).href,
      uploadUrl: url,
      retryDelays: RETRY,
      storeFingerprintForResuming: false,
      onShouldRetry: (failure) => ![401, 423, 507].includes(statusOf(failure)) && (statusOf(failure) === 0 || statusOf(failure) === 409 || statusOf(failure) >= 500),
      onProgress: (bytes) => { one.sent = bytes; update(one); },
      onSuccess: () => { one.sent = one.wanted.size; one.done = true; one.running = null; update(one); next(); },
      onError: (failure) => { one.running = null; failed(failure); },
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
    if (paused || waiting) return;
    const busy = jobs.filter((one) => one.running).length;
    const left = jobs.filter((one) => !one.done && !one.running);
    for (const one of left.slice(0, AT_ONCE - busy)) {
      one.running = { abort() {} };
      send(one).catch((failure) => { one.running = null; failed(failure); });
    }
    if (jobs.every((one) => one.done)) finish();
  }

  // What stands in the way: some of it goes away, and then the upload goes on.

  const PASSING = {
    0: "The connection was lost; the upload goes on by itself when it is back.",
    401: "The session is over. Sign in again in another tab, and the upload goes on here.",
    423: "Another tab or person is sending this; this page goes on if they stop.",
    507: "It goes on by itself when there is room.",
  };

  function failed(failure) {
    if (paused || waiting) return;
    const status = statusOf(failure);
    const body = failure.originalResponse && failure.originalResponse.getBody();
    let sentence = "";
    try { sentence = body ? JSON.parse(body).error || "" : failure.message; } catch { /* No answer of this server. */ }
    halt();
    if (status === 0 || status === 401 || status === 423 || status >= 500) wait(status, sentence);
    else lookAgain(sentence);
  }

  function wait(status, sentence) {
    const passing = PASSING[status] || PASSING[0];
    say(status === 507 && sentence ? `${sentence} ${passing}` : passing, status === 401 ? { href: "/sign-in", text: "Sign in" } : undefined);
    pause.textContent = "Try now";
    clearTimeout(waiting);
    waiting = setTimeout(() => lookAgain(""), LOOK_AGAIN);
  }

  // The server says where each file is: another tab may have gone on, or a file was asked for anew.
  async function lookAgain(last) {
    clearTimeout(waiting);
    waiting = null;
    try {
      for (const one of checkpoints) {
        const now = await ask(`/api/checkpoints/${one.id}`);
        if (now.state === "REJECTED") return end(now.problem || last);
        if (now.state === "UPLOADING") refresh(one.id, now.files);
        else jobs.filter((job_) => job_.checkpoint === one.id).forEach((job_) => { job_.done = true; update(job_); });
      }
    } catch (failure) {
      return failure.status === 404 || failure.status === 403 ? end(failure.message) : wait(failure.status, failure.message);
    }
    if (last) return end(last);
    say("");
    pause.textContent = paused ? "Continue" : "Pause";
    next();
  }

  function refresh(checkpoint, list) {
    for (const wanted of list) {
      const one = jobs.find((job_) => job_.checkpoint === checkpoint && job_.wanted.path === wanted.path);
      one.wanted = { ...wanted, source: one.wanted.source };
      one.sent = wanted.offset;
      one.done = wanted.offset === wanted.size && wanted.size > 0;
      update(one);
    }
  }

  function end(sentence) {
    halt();
    paused = true;
    pause.textContent = "Continue";
    say(sentence);
  }

  function halt() {
    for (const one of jobs) {
      if (one.running) one.running.abort();
      one.running = null;
    }
  }

  async function finish() {
    pause.hidden = true;
    try {
      for (const one of checkpoints) await ask(`/api/checkpoints/${one.id}/finish`, {});
      location.href = checkpoints.length === 1 ? `/checkpoints/${checkpoints[0].id}` : "/checkpoints";
    } catch (failure) {
      pause.hidden = false;
      if (failure.status === 0 || failure.status === 401 || failure.status >= 500) wait(failure.status, failure.message);
      else end(failure.message);
    }
  }

  // The list on the page.

  function draw() {
    const list = document.getElementById("file-list");
    list.replaceChildren();
    for (const one of jobs) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const state = document.createElement("span");
      const bar = document.createElement("progress");
      const of = checkpoints.length > 1 ? `${checkpoints.find((each) => each.id === one.checkpoint).name}: ` : "";
      name.className = "name";
      name.textContent = of + one.wanted.path;
      state.className = "state";
      bar.max = Math.max(1, one.wanted.size);
      bar.setAttribute("aria-label", `Received of ${of}${one.wanted.path}`);
      line.append(name, state, bar);
      list.append(line);
      Object.assign(one, { state, bar });
      update(one);
    }
    for (const path of checkpoints.flatMap((one) => one.leftOut)) {
      const line = document.createElement("li");
      line.className = "quiet";
      line.textContent = `${path} is not needed and is not sent.`;
      list.append(line);
    }
  }

  function update(one) {
    if (!one.bar) return;
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
    if (paused || waiting) {
      paused = false;
      lookAgain("");
    } else {
      halt();
      paused = true;
      pause.textContent = "Continue";
    }
  });

  if (confirmation) confirmation.addEventListener("submit", confirmed);
  for (const kind of ["folder", "files"]) {
    const input = document.getElementById(kind);
    document.getElementById(`pick-${kind}`).addEventListener("click", () => input.click());
    input.addEventListener("change", () => { take(chosen(input.files)); input.value = ""; });
  }
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const found = dropped(event.dataTransfer);
    take(await found);
  });
  window.addEventListener("online", () => { if (waiting) lookAgain(""); });
})();

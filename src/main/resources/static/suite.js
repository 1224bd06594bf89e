// Reads a dropped or chosen file into the field of the form; the form itself sends text.
"use strict";

(() => {
  const drop = document.getElementById("drop");
  const items = document.getElementById("items");
  const file = document.getElementById("file");
  const name = document.getElementById("file-name");
  const text = document.getElementById("drop-text");
  const problem = document.getElementById("drop-problem");
  const MOST = 10 * 1024 * 1024;
  if (!drop || !window.File) return;
  drop.hidden = false;

  const say = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = sentence === "";
  };

  async function read(chosen) {
    if (!chosen) return;
    if (chosen.size > MOST) {
      say(`${chosen.name} is larger than 10 MiB; make two suites of it.`);
      return;
    }
    try {
      items.value = new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer());
      name.value = chosen.name;
      text.textContent = `${chosen.name} was read; check it below or drop another`;
      say("");
    } catch {
      say(`${chosen.name} is not UTF-8 text; save it as UTF-8.`);
    }
  }

  // What is typed or pasted afterwards is not the file's any more.
  items.addEventListener("input", () => { name.value = ""; });
  document.getElementById("pick").addEventListener("click", () => file.click());
  file.addEventListener("change", () => read(file.files[0]).then(() => { file.value = ""; }));
  for (const over of ["dragenter", "dragover"]) {
    drop.addEventListener(over, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    read(event.dataTransfer.files[0]);
  });
})();

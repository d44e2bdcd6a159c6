// A little help where scripts run. Every page works without it.
"use strict";
(() => {
  const { root, token } = document.body.dataset;
  const get = path => fetch(root + path, { credentials: "same-origin", cache: "no-store" });

  // What went wrong is read first.
  document.querySelector("[data-focus]")?.focus();

  // A form is sent once, however often its button is pressed.
  for (const form of document.forms) {
    form.addEventListener("submit", event => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      event.submitter?.setAttribute("aria-busy", "true");
    });
  }
  addEventListener("pageshow", event => {
    if (event.persisted) { location.reload(); }
  });

  // Files can be dropped on the whole of their place.
  for (const drop of document.querySelectorAll(".drop")) {
    const input = drop.querySelector("input[type=file]");
    const over = on => event => { event.preventDefault(); drop.classList.toggle("over", on); };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", event => {
      over(false)(event);
      if (event.dataTransfer.files.length > 0) { input.files = event.dataTransfer.files; }
    });
  }

  // Whether it all can be met, while seats are being changed.
  const live = document.querySelector("form[data-live]");
  if (live) {
    let timer, running;
    live.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        running?.abort();
        running = new AbortController();
        try {
          const answer = await fetch(live.dataset.live, { method: "POST", body: new URLSearchParams(new FormData(live)), signal: running.signal });
          if (!answer.ok) { return; }
          const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("verdict");
          const clashes = new Set((part.dataset.clash || "").split(" "));
          for (const row of live.querySelectorAll("tr[data-row]")) { row.classList.toggle("clash", clashes.has(row.dataset.row)); }
          document.getElementById("verdict").replaceWith(part);
        } catch (error) {
          if (error.name !== "AbortError") { throw error; }
        }
      }, 150);
    });
  }

  // How far a computation is.
  const work = document.querySelector("[data-progress]");
  if (work) {
    const poll = async () => {
      try {
        const answer = await get(work.dataset.progress);
        const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
        if (!answer.ok || !part || part.dataset.done) { location.reload(); return; }
        document.getElementById("progress").replaceWith(part);
      } catch { /* asked again */ }
      setTimeout(poll, 500);
    };
    setTimeout(poll, 300);
  }

  // The program ends when it is not used.
  const idle = document.getElementById("idle");
  if (idle && root) {
    const ask = async () => {
      try {
        const left = await (await get("/idle")).json();
        idle.hidden = !left.warn;
        const text = idle.querySelector("[data-text]");
        text.textContent = text.dataset.text.replace("#", left.minutes);
      } catch { /* it has ended */ }
    };
    setInterval(ask, 30000);
    idle.querySelector("button").addEventListener("click", async () => {
      await fetch(root + "/stay", { method: "POST", body: new URLSearchParams({ form: token }) });
      idle.hidden = true;
    });
  }
})();

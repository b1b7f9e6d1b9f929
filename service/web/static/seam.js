// What the pages gain where scripts run. Nothing here is needed to use them.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  // The look changes at once; the form behind it is what remembers.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const chosen = event.submitter;
    if (!form.matches("[data-theme-form]") || !chosen) return;
    event.preventDefault();
    const body = new FormData(form, chosen);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).then((answer) => {
      if (answer.type !== "opaqueredirect" && !answer.ok) location.reload();
    });
    const night = document.querySelector("link[data-night]");
    night.media = { auto: night.dataset.night, light: "not all", dark: "screen" }[chosen.value];
    for (const segment of form.querySelectorAll("button")) {
      segment.setAttribute("aria-pressed", String(segment === chosen));
    }
  });

  // A long list of people can be narrowed by typing.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  document.addEventListener("input", (event) => {
    const list = event.target.dataset.narrows && document.getElementById(event.target.dataset.narrows);
    if (!list) return;
    const wanted = plain(event.target.value.trim());
    for (const choice of list.querySelectorAll(".choice")) {
      choice.hidden = !plain(choice.textContent).includes(wanted) && !choice.querySelector(":checked");
    }
  });

  // Members have a page for when there is no network, and nudges where they asked for them.
  if (root.dataset.standsBy !== undefined) navigator.serviceWorker?.register("/sw.js").catch(() => {});

  // A sheet to print.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) print();
  });

  // After a refusal, the list of what to mend is where reading goes on.
  document.querySelector(".problems[data-first]")?.focus();
})();

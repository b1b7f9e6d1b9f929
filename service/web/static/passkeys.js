// Asks the device for a passkey, where a form says so: it fetches the question, and sends the answer as the form.
(() => {
  const ask = {
    create: (options) =>
      navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
    get: (options) =>
      navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  };
  const known = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

  const say = (form, what) => {
    for (const line of form.querySelectorAll("[data-says]")) line.hidden = line.dataset.says !== what;
  };

  const answered = async (form) => {
    say(form, null);
    if (!known) return say(form, "unknown");
    let options;
    try {
      const asked = await fetch(form.dataset.options, { method: "POST", body: new FormData(form), redirect: "manual" });
      // Signed in anew, or signed out, since the page was opened: it is out of date.
      if (asked.type === "opaqueredirect" || asked.status === 400) return location.reload();
      options = await asked.json();
      if (!asked.ok) return say(form, "away");
    } catch {
      return say(form, "away");
    }
    try {
      const credential = await ask[form.dataset.passkey](options);
      form.elements.answer.value = JSON.stringify(credential);
    } catch {
      return say(form, "left");
    }
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answered(form);
    });
  }
})();

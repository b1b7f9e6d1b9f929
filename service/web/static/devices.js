// Asks the browser for its address at its push service, once somebody pressed the button, and sends the form with it.
(() => {
  const form = document.querySelector("[data-screen]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.querySelector("[data-cannot]").hidden = true;
  form.querySelector("[data-can]").hidden = false;

  const raw = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (mark) => mark.charCodeAt(0));
  const said = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const worker = await navigator.serviceWorker.ready;
      const key = raw(form.dataset.screen);
      const found = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      form.elements.endpoint.value = found.endpoint;
      form.elements.key.value = said(found.getKey("p256dh"));
      form.elements.secret.value = said(found.getKey("auth"));
      form.submit();
    } catch {
      form.querySelector("[data-told-not]").hidden = false;
    }
  });
})();

// Lets the crisis card, and a plan its owner wants kept, be there without a line. Without this script every page works as before.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator)) { return; }
  var workers = navigator.serviceWorker;

  window.addEventListener("load", function () {
    workers.register("/worker.js", { scope: "/" }).then(function () { return workers.ready; }).then(function (ready) {
      if (document.querySelector("[data-plan-kept]")) { ready.active.postMessage("keep"); }
    }).catch(function () { /* a private window, or no https: then nothing is kept */ });
  });

  document.querySelectorAll("[data-needs-worker]").forEach(function (part) { part.hidden = false; });
  document.querySelectorAll("form[data-sign-out]").forEach(function (form) {
    form.addEventListener("submit", function () {
      if (workers.controller) { workers.controller.postMessage("forget"); }
    });
  });
})();

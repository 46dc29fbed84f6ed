// Shows what a person is needed for as soon as it is known. Without this script every page shows it when it is loaded.
// One tab holds the connection and passes on what it hears: browsers allow few connections to one service.
(function () {
  "use strict";
  var box = document.getElementById("notices");
  if (!box || !window.EventSource) { return; }
  var MOST = 5, list = box.querySelector("ul"), more = box.querySelector(".more"), lost = box.querySelector(".lost");
  var title = document.title, waiting = new Map(), channel = null, gone = 0;
  list.querySelectorAll("li").forEach(function (item) {
    var link = item.querySelector("a");
    waiting.set(item.dataset.notice, {
      notice: item.dataset.notice, words: link.textContent, path: link.getAttribute("href"),
      urgent: item.classList.contains("urgent")
    });
  });
  var unlisted = Math.max(0, (parseInt(more.querySelector("span").textContent, 10) || 0) - waiting.size);

  function line(one) {
    var item = document.createElement("li"), link = document.createElement("a");
    item.dataset.notice = one.notice;
    if (one.urgent) { item.className = "urgent"; }
    link.href = one.path;
    link.textContent = one.words;
    item.append(link);
    return item;
  }

  function show() {
    var first = Array.from(waiting.values()).sort(function (a, b) { return b.urgent - a.urgent; }).slice(0, MOST);
    var kept = new Set(first.map(function (one) { return String(one.notice); }));
    list.querySelectorAll("li").forEach(function (item) { if (!kept.has(item.dataset.notice)) { item.remove(); } });
    first.forEach(function (one) {
      if (!list.querySelector('[data-notice="' + one.notice + '"]')) { list.append(line(one)); }
    });
    var count = Math.max(waiting.size, 0);
    more.hidden = count <= MOST && !unlisted;
    more.querySelector("span").textContent = Math.max(count, unlisted);
    document.title = (count ? "(" + count + ") " : "") + title;
  }

  function hear(message) {
    lost.hidden = true;
    if (message.kind === "notice") {
      var one = message.content, old = waiting.get(String(one.notice));
      if (old && old.words === one.words) { return; }
      if (old) { list.querySelectorAll('[data-notice="' + one.notice + '"]').forEach(function (item) { item.remove(); }); }
      waiting.set(String(one.notice), one);
      if (one.urgent) { ring(); }
    } else if (message.kind === "only") {
      var left = new Set(message.content.notices.map(String));
      Array.from(waiting.keys()).forEach(function (number) { if (!left.has(number)) { waiting.delete(number); } });
    } else if (message.kind === "settled") {
      waiting.delete(String(message.content.notice));
    } else {
      lost.textContent = message.kind === "over" ? box.dataset.over : box.dataset.lost;
      lost.hidden = false;
    }
    show();
  }

  function tell(message) {
    if (channel) { channel.postMessage(message); }
    hear(message);
  }

  function connect() {
    var stream = new EventSource(box.dataset.stream);
    ["notice", "settled", "only", "over"].forEach(function (kind) {
      stream.addEventListener(kind, function (event) {
        if (kind === "over") { stream.close(); }
        tell({ kind: kind, content: JSON.parse(event.data) });
      });
    });
    stream.onopen = function () { window.clearTimeout(gone); lost.hidden = true; };
    stream.onerror = function () {
      // A browser tries again by itself, unless it was refused.
      if (stream.readyState === EventSource.CLOSED) { tell({ kind: "lost", content: {} }); window.setTimeout(connect, 5000); }
      else { window.clearTimeout(gone); gone = window.setTimeout(function () { tell({ kind: "lost", content: {} }); }, 8000); }
    };
  }

  // Sound is off until the person turns it on, here and on this device.
  var context = null, button = document.createElement("button");
  button.type = "button";
  button.className = "button-link";
  function wanted() { try { return localStorage.getItem("notices-sound") === "on"; } catch (error) { return false; } }
  function label() {
    button.textContent = wanted() ? box.dataset.soundOn : box.dataset.soundOff;
    button.setAttribute("aria-pressed", String(wanted()));
  }
  function ring() {
    if (!wanted()) { return; }
    context = context || new AudioContext();
    context.resume().then(function () {
      var tone = context.createOscillator(), loud = context.createGain();
      loud.gain.value = 0.15;
      tone.connect(loud).connect(context.destination);
      tone.start();
      tone.stop(context.currentTime + 0.6);
    });
  }
  button.addEventListener("click", function () {
    try { localStorage.setItem("notices-sound", wanted() ? "off" : "on"); } catch (error) { return; }
    label();
    ring();
  });
  label();
  box.append(button);
  show();

  if (window.BroadcastChannel && navigator.locks) {
    channel = new BroadcastChannel("thirdchair-notices");
    channel.onmessage = function (event) { hear(event.data); };
    navigator.locks.request("thirdchair-notices", function () {
      connect();
      return new Promise(function () {});
    });
  } else { connect(); }
})();

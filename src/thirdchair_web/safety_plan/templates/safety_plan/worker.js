// For when there is no line, or no server: the crisis card, always; the safety plan, where its owner asked for it. Nothing else
// of anybody is kept. FACTS stands above: addresses, and a version that changes with what they lead to.
"use strict";

const CARDS = "cards-" + FACTS.version;
const PLAN = "plan";
const PATIENCE_MS = 4000; // a poor line: help that is here comes before news of it

self.addEventListener("install", (event) => {
  const ask = (address) => new Request(address, { credentials: "omit" });
  const wanted = [FACTS.style, ...Object.values(FACTS.cards)].map(ask);
  event.waitUntil(caches.open(CARDS).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("cards-") && name !== CARDS;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "forget") { event.waitUntil(caches.delete(PLAN)); }
  if (event.data === "keep") { event.waitUntil(keepPlan()); }
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (url.pathname === FACTS.style) {
    event.respondWith(from(CARDS, FACTS.style).then((kept) => kept || fetch(request)));
  }
});

async function page(event, url) {
  const isCard = url.pathname === FACTS.card;
  const asked = fetch(event.request);
  try {
    const answer = isCard ? await firstOf(asked, url) : await asked;
    if (isCard && answer.ok && url.searchParams.get("country")) { event.waitUntil(keepCard(answer.clone())); }
    const isDown = answer.status >= 502 || (answer.status >= 500 && (isCard || url.pathname === FACTS.plan));
    return (isDown && await instead(url)) || answer;
  } catch (_noLine) {
    return (await instead(url)) || Response.error();
  }
}

// The answer, or after some seconds the card that is kept.
function firstOf(asked, url) {
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS)).then(() => instead(url)).then((kept) => kept || asked);
  return Promise.race([asked, late]);
}

async function instead(url) {
  const plan = url.pathname === FACTS.plan && await from(PLAN, FACTS.plan);
  return plan || card(url.searchParams.get("language"));
}

function card(language) {
  const spoken = (navigator.language || "").toLowerCase().startsWith("zh") ? "zh-hans" : "en";
  const address = FACTS.cards[language] || FACTS.cards[spoken] || Object.values(FACTS.cards)[0];
  return from(CARDS, address);
}

// The card of the country somebody chose stands in the place of the one without.
async function keepCard(copy) {
  const address = FACTS.cards[copy.headers.get("Content-Language")];
  if (address && await caches.has(CARDS)) { await (await caches.open(CARDS)).put(address, copy); }
}

async function keepPlan() {
  const answer = await fetch(FACTS.copy, { credentials: "same-origin", cache: "no-store" });
  if (answer.ok && !answer.redirected) { await (await caches.open(PLAN)).put(FACTS.plan, answer); }
}

// `has` first: to open a store that is not there would make it.
async function from(name, address) {
  return (await caches.has(name)) ? (await caches.open(name)).match(address, { ignoreVary: true }) : undefined;
}

// Shows what a sentence rests on: marks every cited utterance and brings the first into view.
// Without this script each number is a plain link to its utterance, which :target marks.
(function () {
  "use strict";
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function show(ids, first) {
    document.querySelectorAll(".utterance.cited").forEach(function (item) { item.classList.remove("cited"); });
    ids.forEach(function (id) {
      var item = document.getElementById(id);
      if (item) { item.classList.add("cited"); }
    });
    var target = document.getElementById(first || ids[0]);
    if (target) { target.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" }); }
  }

  function idsOf(element) {
    return (element.dataset.cites || "").split(" ").filter(Boolean);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.cites");
    if (link) {
      event.preventDefault();
      show(idsOf(link), link.getAttribute("href").slice(1));
      return;
    }
    var sentence = event.target.closest(".sentence[data-cites]");
    if (sentence && !event.target.closest("a, button, input, select, summary")) { show(idsOf(sentence)); }
  });

  document.addEventListener("focusin", function (event) {
    var sentence = event.target.matches("textarea") && event.target.closest(".sentence[data-cites]");
    if (sentence) { show(idsOf(sentence)); }
  });

  // Unsaved edits are not lost by leaving the page unawares.
  var form = document.getElementById("review");
  if (form) {
    var changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed) { event.preventDefault(); }
    });
  }
})();

"""The note types of our package: how a card asks, how it answers, and what it looks like.

The list is shuffled by a script at every showing; without scripts it stands as written, with letters.
"""

from __future__ import annotations

from typing import NamedTuple

from keykata.exchange.apkg_notes import CLOZE_FIELDS, QUESTION_FIELDS, TERM_FIELDS

_ASK = """<div class="kk-stem">{{Stem}}</div>
{{#Choose}}<p class="kk-choose">Choose {{Choose}}.</p>{{/Choose}}
<div id="kk-options">{{Options}}</div><div id="kk-tags" hidden>{{Tags}}</div>
"""

# the order is kept for the back in the page and, where the page is made anew, in the session
_SHUFFLE = """<script>
(function () {
  var list = document.querySelector("#kk-options ol");
  if (!list) return;
  var items = Array.prototype.slice.call(list.children);
  var order = items.map(function (_, at) { return at; });
  var tags = " " + document.getElementById("kk-tags").textContent + " ";
  if (tags.indexOf(" order::fixed ") < 0) {
    for (var i = order.length - 1; i > 0; i--) {
      var j = Math.floor(Math.random() * (i + 1)), kept = order[i];
      order[i] = order[j]; order[j] = kept;
    }
  }
  order.forEach(function (at) { list.appendChild(items[at]); });
  window.keykataOrder = order;
  try { sessionStorage.setItem("keykataOrder", JSON.stringify(order)); } catch (e) { }
})();
</script>"""

_ANSWER = """<hr id="answer">
<div id="kk-plain"><p>Right: <b>{{Answer}}</b></p>{{Reasons}}</div>
{{#Explanation}}<div class="kk-why">{{Explanation}}</div>{{/Explanation}}
{{#Source}}<div class="kk-source">{{Source}}</div>{{/Source}}
<div class="kk-source">{{Id}}</div>
<script>
(function () {
  var list = document.querySelector("#kk-options ol"), plain = document.getElementById("kk-plain");
  if (!list || !plain) return;
  var items = Array.prototype.slice.call(list.children), order = window.keykataOrder;
  try { order = order || JSON.parse(sessionStorage.getItem("keykataOrder")); } catch (e) { }
  var right = plain.querySelector("b").textContent.split(", ");
  var whys = plain.querySelectorAll("li");
  items.forEach(function (item, at) {
    var is = right.indexOf(String.fromCharCode(65 + at)) >= 0, why = document.createElement("div");
    item.className = is ? "kk-right" : "kk-wrong";
    why.className = "kk-why";
    why.innerHTML = (is ? "Right. " : "Wrong. ") + (whys[at] ? whys[at].innerHTML : "");
    item.appendChild(why);
  });
  if (order && order.length === items.length)
    order.forEach(function (at) { list.appendChild(items[at]); });
  plain.style.display = "none";
})();
</script>"""

CSS = """.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: auto; }
.kk-choose { font-weight: bold; }
li { margin: 0.5em 0; }
.kk-right { border-left: 4px solid #2e7d32; padding-left: 0.4em; }
.kk-wrong { border-left: 4px solid transparent; padding-left: 0.4em; }
.kk-why { font-size: 85%; margin-top: 0.2em; }
.kk-source { font-size: 70%; opacity: 0.7; margin-top: 1em; }
.cloze { font-weight: bold; color: #1565c0; }
"""


class NoteType(NamedTuple):
    """A note type: its fixed id, name, fields, both sides of its card; `cloze` makes a card a gap."""

    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    cloze: bool = False


NOTE_TYPES = {
    "question": NoteType(1711111111001, "KeyKata question", QUESTION_FIELDS, _ASK + _SHUFFLE, _ASK + _ANSWER),
    "term": NoteType(
        1711111111002,
        "KeyKata term",
        TERM_FIELDS,
        "{{Front}}",
        '{{Front}}<hr id="answer">{{Back}}<div class="kk-source">{{Id}}</div>',
    ),
    "cloze": NoteType(
        1711111111003,
        "KeyKata cloze",
        CLOZE_FIELDS,
        "{{cloze:Text}}",
        '{{cloze:Text}}<div class="kk-why">{{Why}}</div><div class="kk-source">{{Id}}</div>',
        cloze=True,
    ),
}

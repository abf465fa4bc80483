"""Stems and asks: a question that can be answered before the options are read."""

from __future__ import annotations

import re

from keykata.bank.rules.look import Look, Notes, content_of, words_of

STEM_WORDS = 120
OPTION_WORDS = 35
SCENARIO_WORDS = 25
COVERED_WORDS = 8
_LEAD_IN = re.compile(r"^(?:choose|select|name|identify|determine|pick|complete|match)\b|___|:\s*$", re.I)
# the main clause is negative: "Which of these is not", "What does not"; a condition further on is none
_NOT = re.compile(
    r"^(?:(?!\b(?:that|so|when|if|while|without|ensures?|who|where)\b)[^,;.?]){0,60}?"
    r"(\*\*not\*\*|\*not\*|\bnot\b|\bcannot\b|n't\b)",
    re.I,
)
_EXCEPT = re.compile(r"\*{0,2}\bexcept\b\*{0,2}(?!ion)", re.I)
# AWS's own qualifiers ("LEAST operational overhead", "least privilege") are no negatives
_LEAST = re.compile(
    r"\*{0,2}\bleast\b\*{0,2}\s+(?:likely|suitable|appropriate|correct|true|applicable|accurate|relevant)\b",
    re.I,
)
_NEGATIVE_WORDS = frozenset({"not", "never", "cannot", "no", "without"})
_TRUTH = re.compile(r"\bwhich\b[^?.]{0,40}\b(?:is|are)\s+(?:true|false|correct|incorrect)\b", re.I)
_TRUTHS = frozenset({"true", "false", "yes", "no"})
_JUDGED = frozenset({"true", "false", "correct", "incorrect"})
_TURNED = frozenset({"not", "cannot", "t", "except", "least"})  # the last part of don't is a t
_BINDS = frozenset(
    {"meet", "meets", "satisfy", "satisfies", "requirement", "requirements", "cause", "why", "how"}
)
_ADDRESSED = frozenset({"you", "your"})
_RANKING = frozenset(
    [
        "most",
        "least",
        "best",
        "lowest",
        "highest",
        "minimum",
        "maximum",
        "minimal",
        "fewest",
        "cheapest",
        "fastest",
        "shortest",
        "simplest",
    ]
)
_BOUND = re.compile(r"\b(?:meets?|satisf(?:y|ies)|requirements?|fulfils?|cause|why|how)\b", re.I)
_OPINION = re.compile(r"\bdo you think\b|\bin your opinion\b|\byou (?:believe|feel|prefer)\b", re.I)
_YOU = re.compile(r"\b(?:would|should|do|can|could)\s+you\b", re.I)
_ROLE = re.compile(
    r"\byou(?:r)?\s+(?:are|have|work|need|run|manage|company|team|architect|use|want|own)\b", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


def no_question(notes: Notes, look: Look) -> None:
    """The ask asks: a question mark, a blank, or a verb such as choose."""
    ask = look.item.ask.strip()
    if "?" not in ask and not _LEAD_IN.search(ask):
        what = f"The ask of the question `{look.item.id}` is no question."
        notes.add("no-question", ("ask",), what, "End it with a question mark.", severity="warning")


def not_coverable(notes: Notes, look: Look) -> None:
    """Stem and ask alone say enough to think of an answer with the options covered."""
    if len(look.stem) + len(look.ask) < COVERED_WORDS:
        what = f"The question `{look.item.id}` cannot be answered with its options covered."
        hint = "Put the situation into the stem, so that the options only name answers."
        notes.add("not-coverable", ("stem",), what, hint, severity="warning")


def negative_of(ask: str) -> str:
    """The word that turns an ask round, as written; "" when there is none."""
    low = ask.casefold()
    if "not" not in low and "n't" not in low and "except" not in low and "least" not in low:
        return ""
    found = _NOT.search(ask)
    if found:
        return found.group(1)
    other = _EXCEPT.search(ask) or _LEAST.search(ask)
    return other.group() if other else ""


def negative(notes: Notes, look: Look) -> None:
    """An ask is not turned round by NOT or EXCEPT; where it must be, the word is emphasised."""
    if look.asked.isdisjoint(_TURNED):
        return
    word = negative_of(look.item.ask)
    if not word:
        return
    loud = "*" in word or word.split()[0].isupper()
    what = f"The ask of the question `{look.item.id}` is negative: `{word}`."
    hint = "Ask for what is right." if loud else "Ask for what is right, or write the word in capitals."
    notes.add("negative", ("ask",), what, hint, severity="note" if loud else "warning")


def double_neg(notes: Notes, look: Look) -> None:
    """No negative option stands under a negative ask."""
    if look.asked.isdisjoint(_TURNED) or not negative_of(look.item.ask):
        return
    if any(_NEGATIVE_WORDS & words for words in look.sets):
        what = f"The question `{look.item.id}` has a negative in its ask and in an option."
        notes.add("double-neg", ("ask",), what, "Take one of the two away.", severity="note")


def true_false(notes: Notes, look: Look) -> None:
    """The question is no list of statements to be judged one by one."""
    if look.asked.isdisjoint(_JUDGED) and look.union.isdisjoint(_TRUTHS):
        return
    firsts = {words[0] for words in look.options if words}
    if (firsts and firsts <= _TRUTHS) or _TRUTH.search(look.item.ask):
        what = f"The question `{look.item.id}` asks for true or false."
        hint = "Describe a situation and ask what to do in it."
        notes.add("true-false", ("ask",), what, hint, severity="warning")


def no_qualifier(notes: Notes, look: Look) -> None:
    """The ask of a scenario says by what measure one option is better than another."""
    item = look.item
    if item.level == "recall" or len(look.right) != 1 or len(look.stem) < SCENARIO_WORDS:
        return
    if (
        _RANKING.isdisjoint(look.ask)
        and _BINDS.isdisjoint(look.ask)  # most asks: much faster than the pattern
        and not _BOUND.search(item.ask)
    ):
        what = f"The ask of the question `{item.id}` has no measure, such as MOST cost-effective."
        hint = "Say by what the solutions are compared, or that it must meet the requirements."
        notes.add("no-qualifier", ("ask",), what, hint, severity="note")


def too_long(notes: Notes, look: Look) -> None:
    """A stem has 120 words at most, an option 35."""
    if len(look.stem) > STEM_WORDS:
        what = f"The stem of the question `{look.item.id}` has {len(look.stem)} words."
        notes.add("too-long", ("stem",), what, f"Bring it under {STEM_WORDS}.", severity="note")
    if max(map(len, look.options), default=0) <= OPTION_WORDS:
        return
    for number, words in enumerate(look.options):
        if len(words) > OPTION_WORDS:
            what = f"Option {number + 1} of the question `{look.item.id}` has {len(words)} words."
            notes.add(
                "too-long", ("options", number), what, f"Bring it under {OPTION_WORDS}.", severity="note"
            )


def too_short(notes: Notes, look: Look) -> None:
    """A question above recall describes a situation: 25 words or more."""
    if look.item.level != "recall" and len(look.stem) < SCENARIO_WORDS:
        what = (
            f"The stem of the question `{look.item.id}` has {len(look.stem)} words; its level is "
            f"`{look.item.level}`."
        )
        notes.add(
            "too-short", ("stem",), what, "Describe a situation, or use `level: recall`.", severity="note"
        )


def opinion(notes: Notes, look: Look) -> None:
    """Nobody is asked for an opinion, nor "what would you do" without a role."""
    item = look.item
    if look.asked.isdisjoint(_ADDRESSED):
        return
    if _OPINION.search(item.ask) or (_YOU.search(item.ask) and not _ROLE.search(item.stem)):
        what = f"The ask of the question `{item.id}` asks for an opinion."
        notes.add("opinion", ("ask",), what, "Ask what meets the requirements.", severity="note")


def window_dressing(notes: Notes, look: Look) -> None:
    """Every sentence of a long stem bears on an option, a reason or the ask."""
    if len(look.stem) < 2 * SCENARIO_WORDS:
        return
    used = set(look.ask).union(*look.options, *look.reasons, look.explanation)
    for said in _SENTENCE.split(look.item.stem)[1:]:
        content = content_of(words_of(said))
        if len(content) > 3 and content.isdisjoint(used):
            what = (
                f"A sentence of the stem of the question `{look.item.id}` bears on no option: `{said[:40]}`."
            )
            notes.add("window-dressing", ("stem",), what, "Leave it out, or use it.", severity="note")
            return


STEMS = (
    no_question,
    not_coverable,
    negative,
    double_neg,
    true_false,
    no_qualifier,
    too_long,
    too_short,
    opinion,
    window_dressing,
)

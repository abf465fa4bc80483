"""The traps of YAML, each by name and with its cure, in the words of the format.

libyaml says where it gave up, which is often lines after the cause. The lines it names are looked at for
what people write; the first thing found that can explain the break is told.
"""

from __future__ import annotations

import re

import msgspec
import yaml

PUT_BAR = "Put `|` and a new line before the text."
QUOTE_ALL = 'Put the whole text in quotes ("..."), or put `|` and a new line before it.'
_BLANKS = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
_LINE = re.compile(
    rf"(?P<indent>[ \t{_BLANKS}]*)(?P<dashes>(?:-[ ]+)*)"
    r"(?:(?P<key>[A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*'):(?:[ ]+|$))?(?P<value>.*)"
)
_LOOKED_AT = 2_000  # characters: a line of megabytes is no trap of YAML
_HEADER = re.compile(r"[|>][0-9+-]{0,2}[ \t]*(?:#.*)?$")
_CLOSED = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?P<after>.*)")
_GLUED_DASH = re.compile(rf"-(?:[{_BLANKS}]|[^\s-])")
_GLUED_KEY = re.compile(rf"[a-z][a-z0-9_-]*:(?![\s/:]|$)|[a-z][a-z0-9_-]*:[{_BLANKS}]")
_COMMENT = re.compile(r"\S[ \t]+#")
_NOUNS = {
    "options": "option",
    "faqs": "FAQ",
    "concepts": "key concept",
    "on_exam": "exam sign",
    "aspects": "aspect",
    "scenarios": "scenario",
    "decide": "deciding question",
    "questions": "question",
    "subjects": "subject",
    "domains": "domain",
}


class Trap(msgspec.Struct, frozen=True):
    """A named trap at a line and column (from 0) with its cure."""

    code: str
    line: int
    column: int
    message: str
    cure: str


class Broken(msgspec.Struct, frozen=True):
    """A break: libyaml's words, its two places (line and column from 0), the lines, the names open there.

    `quote` is where the text just read opened its quote, if it had one.
    """

    problem: str
    context: str
    at: tuple[int, int]
    since: tuple[int, int]
    lines: list[str]
    keys: list[str]
    quote: tuple[int, int] | None = None

    @classmethod
    def of(
        cls,
        fault: yaml.YAMLError,
        lines: list[str],
        keys: list[str],
        quote: tuple[int, int] | None = None,
    ) -> Broken:
        """From an error of libyaml; one without a place is put at the top."""
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        since = getattr(fault, "context_mark", None) or mark
        at = (mark.line, mark.column) if mark else (0, 0)
        start = (since.line, since.column) if since else at
        problem = str(getattr(fault, "problem", None) or "the text cannot be read")
        return cls(problem, str(getattr(fault, "context", None) or ""), at, start, lines, keys, quote)

    def line(self, number: int) -> str:
        """The text of a line as far as it is looked at, "" outside the file."""
        return self.lines[number][:_LOOKED_AT] if 0 <= number < len(self.lines) else ""

    def whom(self, field: str = "") -> str:
        """The part of the format that is open at the break: "`a` of the FAQ `creator-gone`", "The option"."""
        part = self._part()
        if field and part:
            return f"`{field}` of the {part}"
        if field:
            return f"`{field}`"
        if part:
            return f"The {part}"
        return f"`{self.keys[-1]}`" if self.keys else "The text"

    def _part(self) -> str:
        for index in range(len(self.keys) - 1, -1, -1):
            noun = _NOUNS.get(self.keys[index])
            if noun is None:
                continue
            inner = self.keys[index + 1] if index + 1 < len(self.keys) else ""
            return noun if noun in {"option", "deciding question"} or not inner else f"{noun} `{inner}`"
        return ""


def value_trap(value: str, whom: str) -> tuple[str, int, str, str] | None:
    """The trap in what stands after a `- ` or a `name: `: (code, column in it, message, cure)."""
    if not value:
        return None
    sign, rest = value[0], value[1:]
    if sign in "`@%":
        return "yaml-start", 0, f"{whom} begins with {sign if sign != '`' else 'a backtick'}.", PUT_BAR
    if sign in "{[":
        cure = "Start with another word, or use `==x==`, or put `|` and a new line before the text."
        return "yaml-brackets", 0, f"{whom} begins with `{sign}`, which opens a list or a mapping.", cure
    if sign == "*":
        return "yaml-alias", 0, f"{whom} begins with `*`, which YAML takes for an alias.", PUT_BAR
    if sign in "&!":
        name = "an anchor" if sign == "&" else "a tag"
        code = "yaml-anchor" if sign == "&" else "yaml-tag"
        return code, 0, f"{whom} begins with `{sign}`, which YAML takes for {name}.", QUOTE_ALL
    if sign in "|>" and not _HEADER.match(value):
        return "yaml-block-sign", 0, f"{whom} begins with `{sign}`, which opens a block of text.", QUOTE_ALL
    if sign == "?" and rest[:1] in ("", " "):
        return "yaml-question-mark", 0, f"{whom} begins with `? `, which YAML takes for a name.", QUOTE_ALL
    if sign in ",]}":
        return "yaml-start", 0, f"{whom} begins with `{sign}`.", QUOTE_ALL
    if sign in "\"'":
        closed = _CLOSED.match(value)
        after = closed.group("after").strip() if closed else ""
        if after and after[0] not in "#:":
            column = closed.start("after") if closed else 0
            cure = "Quote all of the text or nothing of it, or put `|` and a new line before it."
            return "yaml-quote", column, f"{whom} goes on after the closing quote.", cure
        return None
    colon = value.find(": ")
    if colon > 0:
        what = f"{whom} holds `: `, which YAML takes for the end of a name."
        return "yaml-colon", colon, what, "Put `|` and a new line before the text, or put it in quotes."
    return None


def indent_trap(line: str) -> tuple[str, int, str, str] | None:
    """A tab or a no-break space in the indentation of a line."""
    blank = line[: len(line) - len(line.lstrip())]
    for column, sign in enumerate(blank):
        if sign == "\t":
            return "yaml-tab", column, "The line is indented with a tab.", "Indent with spaces, two a level."
        if sign != " ":
            what = f"The indentation holds a no-break space (U+{ord(sign):04X})."
            return "yaml-nbsp", column, what, "Delete the indentation and type it again with the space bar."
    return None


def _glued(text: str, column: int) -> tuple[str, int, str, str] | None:
    """A dash or a colon without the space after it, at the start of a line's text."""
    if _GLUED_DASH.match(text):
        return "yaml-dash", column, "There is no space after `-`.", "Write `- ` before each entry of a list."
    match = _GLUED_KEY.match(text)
    if match:
        name = text[: text.index(":")]
        return (
            "yaml-colon-space",
            column,
            f"There is no space after `{name}:`.",
            f"Write `{name}: ` with a space.",
        )
    return None


def _line_trap(broken: Broken, number: int) -> Trap | None:
    line = broken.line(number)
    blank = line[: len(line) - len(line.lstrip())]
    found = indent_trap(line) if line.strip() else None
    if found is None and not _inside_block(broken.lines, number):
        match = _LINE.match(line)
        assert match is not None  # the pattern matches any line
        text, start = line[len(blank) :], len(blank)
        found = _glued(text, start) or (_glued(line[match.end("dashes") :], match.end("dashes")))
        if found is None:
            inner = value_trap(match.group("value"), broken.whom(match.group("key") or ""))
            if inner is not None and (inner[0] != "yaml-brackets" or not _closes_well(match.group("value"))):
                found = (inner[0], match.start("value") + inner[1], inner[2], inner[3])
    return Trap(found[0], number, found[1], found[2], found[3]) if found else None


def _closes_well(value: str) -> bool:
    """Whether a flow list or mapping on one line is whole, so that it is not the cause."""
    return value.rstrip().endswith(("]", "}")) and value.count("[") == value.count("]")


def _inside_block(lines: list[str], number: int) -> bool:
    """Whether a line belongs to the text of a `|` or `>` above it."""
    indent = len(lines[number]) - len(lines[number].lstrip()) if number < len(lines) else 0
    for above in range(number - 1, max(-1, number - 200), -1):
        line = lines[above]
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return re.search(r"(?:^|[:-] +)[|>][0-9+-]{0,2}\s*(?:#.*)?$", line) is not None
    return False


def _unclosed(broken: Broken) -> Trap | None:
    line, column = broken.since
    if "quoted scalar" in broken.context:
        if "escape" in broken.problem:
            cure = "Write the backslash twice, or use single quotes."
            return Trap(
                "yaml-escape", *broken.at, "After `\\` stands a letter that means nothing there.", cure
            )
        glued = value_trap(broken.line(line)[column:], broken.whom())
        message = glued[2] if glued else f"{broken.whom()} begins with a quote that never ends."
        cure = "Write the same quote at its end; inside '...' an apostrophe is written twice."
        return Trap("yaml-quote", line, column, message, cure)
    if broken.context.startswith("while parsing a flow "):
        sign = broken.line(line)[column : column + 1]
        message = f"The `{sign}` that opens here is not closed where it should be."
        cure = "Close it on the same line; a text that begins with it is quoted or stands after `|`."
        return Trap("yaml-brackets", line, column, message, cure)
    return None


def _cut(broken: Broken) -> Trap | None:
    """A text cut by ` #` just before the break."""
    for number in (broken.at[0] - 1, broken.since[0], broken.at[0]):
        match = _COMMENT.search(broken.line(number))
        if match and not _inside_block(broken.lines, number):
            return Trap("yaml-text-cut", number, match.end() - 1, *TEXT_CUT)
    return None


TEXT_CUT = (
    "The text is cut off at ` #`: YAML takes the rest for a comment.",
    "Put `|` and a new line before the text, or quote it; a comment after a text stands on its own line.",
)


def _general(broken: Broken) -> Trap:
    line, column = broken.at
    if "document start" in broken.problem and any(one.startswith("...") for one in broken.lines[:line]):
        return Trap("yaml-second-document", line, column, "The file goes on after `...`.", "Use two files.")
    if "block sequence entries" in broken.problem:
        cure = "Begin the list on the next line, or write it as [a, b]."
        return Trap("yaml-dash", line, column, "A list cannot begin on the line of its name.", cure)
    if "mapping values" in broken.problem:
        what = "The line stands deeper than the field before it, whose text it goes on."
        return Trap("yaml-indent", line, 0, what, "Give it the indentation of the other fields of its part.")
    if "could not find expected ':'" in broken.problem:
        line, column = broken.since
        what = "The line is neither `name: text` nor text of the field above it."
        return Trap(
            "yaml-indent", line, column, what, "Write `: ` after the name, or indent the text deeper."
        )
    if broken.context.startswith("while parsing a block"):
        what = "The line does not stand where its part of the format goes on."
        cure = (
            "Give it the indentation of the other fields of its part, and text the indentation of its block."
        )
        return Trap("yaml-indent", line, column, what, cure)
    words = broken.problem.removeprefix("found ").removeprefix("did not find ")
    return Trap("yaml-syntax", line, column, f"The line cannot be read ({words}).", QUOTE_ALL)


def _closed(broken: Broken, line: int, column: int) -> bool:
    """Whether a quote ends on the line it begins on; then it broke nothing on a later one."""
    return _CLOSED.match(broken.line(line), column) is not None


def explain(broken: Broken) -> Trap:
    """What most likely broke the file, at the place where it can be mended."""
    if broken.context.startswith("while scanning a block scalar") and "tab" in broken.problem:
        cure = "Indent with spaces, two a level."
        return Trap("yaml-tab", *broken.at, "The line is indented with a tab.", cure)
    if broken.quote and broken.quote[0] < broken.at[0] and not _closed(broken, *broken.quote):
        what = f"A quote begins here that ends only on line {broken.at[0] + 1}."
        cure = "Write the same quote at the end of the text; inside '...' an apostrophe is written twice."
        return Trap("yaml-quote", *broken.quote, what, cure)
    candidates = [broken.at[0], broken.since[0]]
    if not broken.context or broken.context.startswith(("while parsing a block", "while parsing a flow")):
        candidates = [broken.at[0], broken.at[0] - 1]
    for number in candidates:
        found = _line_trap(broken, number)
        if found is not None and (found.line, found.column) <= broken.at:
            return found
    return _unclosed(broken) or _cut(broken) or _general(broken)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Mutants of C: a file with one small mistake each.

Works on tokens, not on what they mean: that a mutant does not compile, or is
compiled to the same code, is for the compiler to say.
"""
import dataclasses
import re

TOKEN = re.compile(r"""
      (?P<skip> \s+ | //[^\n]* | /\*.*?\*/ | ^\#(?:\\\n|[^\n])* )
    | (?P<text> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])+' )
    | (?P<name> [A-Za-z_]\w* )
    | (?P<number> (?:0[xX][0-9a-fA-F]+|\d+)[uUlL]* )
    | (?P<mark> <<=|>>=|->|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|. )
    """, re.VERBOSE | re.DOTALL | re.MULTILINE)

OTHER = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&", "+=": "-=", "-=": "+=", "++": "--", "--": "++",
    "|=": "&=", "&=": "|=", "<<": ">>", ">>": "<<", "!": "",
    "?": "== 0 ?",      # binds to the last part of a condition
    "true": "false", "false": "true",
}
# Only between two operands; in front of one they are other operators.
BINARY = {"+": "-", "-": "+", "&": "|", "|": "&"}
# What the core never says by itself.
ANOTHER_ERROR = "SUIT_ERR_MEMORY"
NOTHING = ("0", "false", "NULL", "SUIT_OK")
KEYWORDS = ("if", "else", "for", "while", "do", "switch", "case", "default",
            "return", "goto", "struct", "enum", "static", "const", "sizeof")


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class Mutant:
    """@start..@end of @path becomes @new; @was and @now are whole lines."""
    path: str
    function: str
    line: int
    was: str
    now: str
    start: int
    end: int
    new: str
    twin: int       # of those that look the same

    def key(self):
        return self.path, self.function, self.was, self.now

    def identity(self):
        return "\t".join((*self.key(), str(self.twin)))

    def __str__(self):
        return f"{self.path}:{self.line}: {self.function}: " \
            f"{self.was} -> {self.now}"


def read_tokens(source):
    return [Token(found.lastgroup, found[0], found.start(), found.end())
            for found in TOKEN.finditer(source) if found.lastgroup != "skip"]


def read_pairs(tokens):
    """Index of the other one for each bracket."""
    pairs, opened = {}, []
    for i, token in enumerate(tokens):
        if token.text in ("(", "[", "{"):
            opened.append(i)
        elif token.text in (")", "]", "}"):
            pairs[i] = opened.pop()
            pairs[pairs[i]] = i
    return pairs


def read_functions(tokens, pairs):
    """The function or table that each token is in, and is it in a body?"""
    functions, name, i = [], "-", 0
    while i < len(tokens):
        text = tokens[i].text
        end = pairs[i] if text in ("(", "[", "{") else i
        if text in ("(", "["):
            name = tokens[i - 1].text
        body = text == "{" and tokens[i - 1].text == ")"
        functions += [(name, body)] * (end + 1 - i)
        if text == ";" or text == "{":
            name = "-"
        i = end + 1
    return functions


class Reader:
    """Mistakes of a file, as (start, end, new text, index of a token)."""

    def __init__(self, source):
        self.source = source
        self.tokens = read_tokens(source)
        self.pairs = read_pairs(self.tokens)
        self.functions = read_functions(self.tokens, self.pairs)

    def text(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def operand_before(self, i):
        return i > 0 and (self.tokens[i - 1].kind in ("name", "number") or
                          self.text(i - 1) in (")", "]")) and \
            self.text(i - 1) not in KEYWORDS

    def statement_end(self, i):
        """Index of the semicolon."""
        while self.text(i) != ";":
            i = self.pairs.get(i, i) + 1 if self.text(i) in ("(", "[", "{") \
                else i + 1
        return i

    def begins_statement(self, i):
        before = self.text(i - 1)
        if before == ";":
            return not self.in_parentheses(i)
        if before == ")":
            return self.text(self.pairs[i - 1] - 1) in ("if", "for", "while")
        return before in ("{", "}", ":", "else", "do")

    def in_parentheses(self, i):
        """As what a for begins with, whose semicolons end no statement."""
        opened = sum((t.text == "(") - (t.text == ")") for t in self.tokens[:i])
        return opened > 0

    def words(self, i):
        """A token that is another, and a number or bound that is one off."""
        token = self.tokens[i]
        if token.text in OTHER:
            yield OTHER[token.text]
        elif token.text in BINARY and self.operand_before(i):
            yield BINARY[token.text]
        elif token.text.startswith("SUIT_ERR_"):
            yield ANOTHER_ERROR
        elif token.kind == "number" or token.text.startswith("SUIT_MAX_"):
            yield f"({token.text} + 1)"
            yield f"({token.text} - 1)"

    def statements(self, i):
        """One that is not there; one that returns nothing."""
        if not self.functions[i][1] or not self.begins_statement(i):
            return
        if self.text(i) == "return":
            end = self.statement_end(i)
            value = self.source[self.tokens[i].end:self.tokens[end].start]
            if value.strip() not in NOTHING:
                yield i, end, "return 0;"
        elif self.tokens[i].kind in ("name", "mark") and \
                self.text(i) not in KEYWORDS + ("{", "}", ";", ")") and \
                self.tokens[i + 1].kind != "name":
            yield i, self.statement_end(i), ";"

    def all(self):
        for i, token in enumerate(self.tokens):
            for new in self.words(i):
                yield token.start, token.end, new, i
            if token.text in ("if", "while") and self.text(i + 1) == "(":
                start = self.tokens[i + 1].start
                end = self.tokens[self.pairs[i + 1]].end
                yield start, end, f"(!{self.source[start:end]})", i
            for first, last, new in self.statements(i):
                yield self.tokens[first].start, self.tokens[last].end, new, i


def lines_of(text, start, end):
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return " ".join(text[first:last].split())


def mutants(path):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    reader, count = Reader(source), {}
    for start, end, new, i in reader.all():
        changed = source[:start] + new + source[end:]
        key = (path, reader.functions[i][0], lines_of(source, start, end),
               lines_of(changed, start, start + len(new)))
        twin = count[key] = count.get(key, -1) + 1
        yield Mutant(*key[:2], source.count("\n", 0, start) + 1, *key[2:],
                     start, end, new, twin)


def apply(mutant):
    with open(mutant.path, encoding="utf-8") as file:
        source = file.read()
    return source[:mutant.start] + mutant.new + source[mutant.end:]

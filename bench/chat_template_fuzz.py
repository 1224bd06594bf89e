"""Writes random chat template cases with what Python's Jinja2 makes of them.

    python bench/chat_template_fuzz.py SEED COUNT > cases.jsonl

The lines are like those of src/test/resources/chat/cases.jsonl; `palimpsest render` takes them once "name" is called
"id". Cases differ in operators, filters, tests, methods, slices, loops, macros and white space control.
"""

import json
import random
import sys

from chat_template_golden import environment

CONTEXT = {
    "s": "Hello, World", "t": "  padded\ttext \n", "u": "naïve ☕ 日本 😀 ß", "e": "", "digits": "0123456789", "multi": "a\nb\n\n  c\n",
    "n": 3, "neg": -7, "z": 0, "f": 2.5, "tiny": 1e-07, "large": 1e22, "wide": 9007199254740993, "yes": True, "no": False, "nil": None,
    "xs": [3, 1, 2, 3], "ws": ["b", "A", "c", "a", "B"], "mixed": [1, "two", None, True, 2.0, [3], {"k": 4}], "empty": [], "d": {"b": 1, "a": [1, 2], "C": {"x": None}},
    "ms": [
        {"role": "system", "content": "Be brief.", "n": 1},
        {"role": "user", "content": "What's \"up\"? <b>&</b>", "n": 2},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 2, "f": 1.0}}}], "n": 2},
        {"role": "tool", "content": "{\"temp\": 21.5}", "tool_call_id": "call_1", "n": 0},
        {"role": "user", "content": [{"type": "text", "text": "part one"}, {"type": "image"}], "n": 5},
    ],
    "tools": [{"type": "function", "function": {"name": "get_weather", "description": "Weather of a city — today's", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "enum": [1, 2]}}, "required": ["city"]}}}],
}
R = random.Random()
STRINGS = ["'a'", "'l'", "', '", "''", "' '", "'Hello'", "'x'", "'\\n'", "'%s'", "'o'", "\"it's\"", "'é'", "'ab'"]
INTS = ["0", "1", "2", "3", "-1", "-2", "5", "100", "10"]
ATTRS = ["'role'", "'content'", "'n'", "'a'", "'tool_calls'", "'zzz'", "0"]


def pick(*options):
    return R.choice(options)


def atom():
    return R.choice([
        "s", "t", "u", "e", "digits", "multi", "n", "neg", "z", "f", "tiny", "large", "wide", "yes", "no", "nil", "xs", "ws", "mixed",
        "empty", "d", "ms", "tools", "nope", "none", "true", "1.0", "2", "'abc'", "[]", "{}", "[1, 2]", "(1, 'a')", "{'k': 1, 'j': [2]}",
        "range(4)", "ms[0]", "ms[-1].content", "d.a", "d.C", "ms[2].tool_calls[0].function.arguments", "0.1", "1e3", "()", "(1,)",
        "tools[0].function.parameters"])


def string():
    return R.choice(["s", "t", "u", "e", "multi", "digits", "'abc'", "ms[0].content", "ms[1].content", "'a-b-c'", "'%d items'", "'Mixed CASE text'"])


def index():
    return R.choice(INTS)


def literal():
    return R.choice(STRINGS + INTS + ["none", "true", "1.5", "[1]", "xs"])


FILTERS = [
    lambda: "upper", lambda: "lower", lambda: "title", lambda: "capitalize", lambda: "trim", lambda: f"trim({R.choice(STRINGS)})",
    lambda: "length", lambda: "list", lambda: "first", lambda: "last", lambda: "reverse", lambda: "reverse|list", lambda: "string", lambda: "int",
    lambda: "float", lambda: "abs", lambda: f"round({R.choice(INTS)})", lambda: f"round(1, {pick(repr('floor'), repr('ceil'), repr('common'))})",
    lambda: "sort", lambda: f"sort(reverse={pick('true', 'false')})", lambda: "sort(case_sensitive=true)", lambda: f"sort(attribute={R.choice(ATTRS)})",
    lambda: "unique|list", lambda: f"unique(attribute={R.choice(ATTRS)})|list", lambda: "min", lambda: "max", lambda: "sum",
    lambda: f"sum(attribute={R.choice(ATTRS)})", lambda: f"map(attribute={R.choice(ATTRS)})|list", lambda: f"map(attribute={R.choice(ATTRS)}, default='-')|list",
    lambda: f"map({pick(*map(repr, ['upper', 'length', 'string', 'trim', 'int', 'first', 'tojson', 'list']))})|list",
    lambda: f"select({pick(*map(repr, ['string', 'number', 'defined', 'none', 'odd', 'mapping', 'iterable', 'true']))})|list", lambda: "select|list",
    lambda: f"reject({pick(*map(repr, ['string', 'number', 'none', 'sequence', 'boolean', 'integer', 'float']))})|list", lambda: "reject|list",
    lambda: f"selectattr({R.choice(ATTRS)})|list|length", lambda: f"selectattr({R.choice(ATTRS)}, {pick(*map(repr, ['equalto', '==', 'ne', 'in', 'defined', 'gt', 'none']))}{pick('', ', 2', ', ' + repr('user'), ', [1, 2]')})|list",
    lambda: f"rejectattr({R.choice(ATTRS)}, 'defined')|list", lambda: f"rejectattr({R.choice(ATTRS)}, 'eq', 'user')|map(attribute='role')|list",
    lambda: f"groupby({R.choice(ATTRS)})|list", lambda: f"groupby({R.choice(ATTRS)}, default='none')|map('first')|list",
    lambda: f"batch({R.choice(['2', '3', '1'])}{pick('', ', 0', ', none')})|list", lambda: f"slice({R.choice(['2', '3', '4'])}{pick('', ', 0')})|list",
    lambda: "tojson", lambda: f"tojson(indent={pick('0', '1', '2', '4')})", lambda: "tojson(ensure_ascii=true)", lambda: "tojson(sort_keys=true)",
    lambda: "tojson(separators=(',', ':'))", lambda: "dictsort", lambda: f"dictsort({pick('true', 'false')}, {pick(repr('key'), repr('value'))}, {pick('true', 'false')})",
    lambda: "items|list", lambda: f"indent({pick('2', '4, true', repr('> '), '2, first=true, blank=true')})", lambda: f"join({pick('', repr(', '), repr('-') + ', attribute=' + repr('role'))})",
    lambda: f"default({literal()})", lambda: f"default({literal()}, true)", lambda: f"replace({R.choice(STRINGS)}, {R.choice(STRINGS)}{pick('', ', 1')})", lambda: "wordcount",
    lambda: f"truncate({pick('5', '8, true', '9, false, ' + repr('..'), '3, true, ' + repr('') + ', 0')})", lambda: f"center({pick('20', '3')})", lambda: "escape", lambda: "safe", lambda: "urlencode", lambda: "striptags",
    lambda: f"format({literal()})", lambda: f"attr({R.choice(ATTRS)})", lambda: "count", lambda: "filesizeformat", lambda: f"int({R.choice(INTS)})", lambda: f"float({R.choice(INTS)})",
]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "callable", "true", "false", "odd", "even",
         "lower", "upper", "divisibleby(2)", "divisibleby 3", "eq(3)", "ne 1", "in [1, 2, 'a']", "in(xs)", "sameas none", "gt 1", "le(2)", "escaped", "filter", "test", "equalto 'abc'"]
METHODS = [
    lambda: "upper()", lambda: "lower()", lambda: "title()", lambda: "capitalize()", lambda: "swapcase()", lambda: f"strip({pick('', *STRINGS)})",
    lambda: f"lstrip({pick('', *STRINGS)})", lambda: f"rstrip({pick('', *STRINGS)})", lambda: f"split({pick('', *STRINGS)})", lambda: f"split({R.choice(STRINGS)}, {R.choice(INTS)})",
    lambda: f"split(none, {R.choice(INTS)})", lambda: f"rsplit({R.choice(STRINGS)}, 1)", lambda: "splitlines()", lambda: f"startswith({R.choice(STRINGS)})", lambda: "startswith(('H', 'a'))",
    lambda: f"endswith({R.choice(STRINGS)})", lambda: "endswith(('d', 'c'), -3)", lambda: f"startswith({R.choice(STRINGS)}, {index()})", lambda: f"replace({R.choice(STRINGS)}, {R.choice(STRINGS)})",
    lambda: f"replace({R.choice(STRINGS)}, {R.choice(STRINGS)}, {R.choice(INTS)})", lambda: f"find({R.choice(STRINGS)})", lambda: f"rfind({R.choice(STRINGS)}, {index()})", lambda: f"index({R.choice(STRINGS)})",
    lambda: f"count({R.choice(STRINGS)})", lambda: f"count({R.choice(STRINGS)}, 1, -1)", lambda: f"removeprefix({R.choice(STRINGS)})", lambda: f"removesuffix({R.choice(STRINGS)})", lambda: f"join(ws)", lambda: "join(digits)",
    lambda: f"partition({R.choice(STRINGS)})", lambda: f"rpartition({R.choice(STRINGS)})", lambda: "zfill(15)", lambda: "ljust(15, '.')", lambda: "rjust(15)", lambda: "center(15, '*')",
    lambda: "isdigit()", lambda: "isalpha()", lambda: "isalnum()", lambda: "isspace()", lambda: "isupper()", lambda: "islower()", lambda: "istitle()", lambda: "isnumeric()", lambda: "isdecimal()", lambda: "isidentifier()",
    lambda: f"format({literal()}, {literal()})", lambda: "expandtabs(4)", lambda: "casefold()", lambda: "isascii()", lambda: "isprintable()",
]
DICT_METHODS = ["items()|list", "keys()|list", "values()|list", "get('a')", "get('zzz')", "get('zzz', 1)", "copy()", "items()", "keys()", "update({'a': 1})", "pop('a')", "setdefault('q', 1)", "__class__", "_private", "items", "clear()", "popitem()"]
LIST_METHODS = ["append(1)", "index(3)", "count(3)", "copy()", "pop()", "insert(0, 1)", "extend([1])", "reverse()", "sort()", "__len__()", "remove(1)", "clear()"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]


def slices(value):
    return f"{value}[{pick('', index())}:{pick('', index())}{pick('', ':', ':' + pick('1', '2', '-1', '-2'))}]"


def expression(depth=0):
    kind = R.random()
    if kind < 0.30:
        return f"{atom()}|{R.choice(FILTERS)()}"
    if kind < 0.45:
        return f"{string()}.{R.choice(METHODS)()}"
    if kind < 0.50:
        return f"d.{R.choice(DICT_METHODS)}" if R.random() < 0.6 else f"xs.{R.choice(LIST_METHODS)}"
    if kind < 0.60:
        return slices(R.choice(["s", "u", "xs", "ws", "ms", "digits", "mixed", "range(7)", "(1, 2, 3)", "d", "n"]))
    if kind < 0.72:
        return f"{atom()} is {pick('', 'not ')}{R.choice(TESTS)}"
    if kind < 0.88:
        return f"{operand(depth)} {R.choice(BINARY)} {operand(depth)}"
    if kind < 0.92:
        return f"{atom()} if {atom()} else {atom()}" if R.random() < 0.7 else f"{atom()} if {atom()}"
    if kind < 0.95:
        return f"{atom()}|{R.choice(FILTERS)()}|{R.choice(FILTERS)()}"
    if kind < 0.97:
        return f"{operand(depth)} {pick('<', '==', '<=')} {operand(depth)} {pick('<', '!=', '>=')} {operand(depth)}"
    return f"{pick('not', '-', '+')} {operand(depth)}"


def operand(depth):
    return f"({expression(depth + 1)})" if depth < 2 and R.random() < 0.25 else atom()


LOOPS = ["loop.index", "loop.index0", "loop.first", "loop.last", "loop.length", "loop.revindex", "loop.revindex0", "loop.previtem", "loop.nextitem", "loop.depth", "loop.cycle('a', 'b')",
         "loop.changed(x)", "loop.previtem is defined", "loop.nextitem.role", "loop.depth0", "loop"]


def tag(text):
    return "{%" + pick("", "", "-", "+") + " " + text + " " + pick("", "", "-", "+") + "%}"


def output(text):
    return "{{" + pick("", "", "-") + " " + text + " " + pick("", "", "-") + "}}"


def space():
    return R.choice(["", "", " ", "\n", "  \n", "\n  ", "\t", "\n\n", "x", "  x\n", "{# note #}", "{#- note -#}", "\n  {# c #}\n"])


def body(depth=0):
    parts = []
    for _ in range(R.randint(1, 3)):
        parts.append(space())
        parts.append(statement(depth + 1))
    return "".join(parts) + space()


def statement(depth):
    kind = R.random()
    if depth > 2 or kind < 0.25:
        return output(expression())
    if kind < 0.45:
        over = R.choice(["xs", "ms", "ws", "d", "d.items()", "empty", "range(3)", "s", "mixed", "ms[::-1]", "ms[1:]", "nope", "tools", "d|dictsort", "ms|groupby('role')", "nil"])
        condition = pick("", "", f" if {pick('x', 'loop is undefined', 'x is not none', 'not x')}")
        inner = "".join(pick(output("x"), output(R.choice(LOOPS)), body(depth), tag("if loop.index > 1") + tag(pick("break", "continue")) + tag("endif")) for _ in range(R.randint(1, 3)))
        other = pick("", "", tag("else") + "none")
        return tag(f"for {pick('x', 'x', 'x', 'x, y')} in {over}{condition}") + inner + other + tag("endfor")
    if kind < 0.60:
        return tag(f"if {expression()}") + body(depth) + pick("", tag(f"elif {atom()}") + body(depth)) + pick("", tag("else") + body(depth)) + tag("endif")
    if kind < 0.70:
        return tag(f"set v = {expression()}") + output("v")
    if kind < 0.76:
        return tag(pick("set v", "set v | upper", "set v | trim | length")) + body(depth) + tag("endset") + output("v") + output("v|length")
    if kind < 0.83:
        return (tag("set ns = namespace(i=0, out='')") + tag("for x in " + pick("xs", "ms", "ws")) + tag("set ns.i = ns.i + 1") + tag("set ns.out = ns.out ~ " + pick("loop.index", "x", "x.role"))
                + tag("endfor") + output("ns.i ~ ns.out"))
    if kind < 0.90:
        return (tag(f"macro m(a, b={literal()}, c=none)") + pick("", "  ", "\n") + output(pick("a", "b ~ a", "c", "varargs", "kwargs", "caller is defined", "a|upper")) + tag("endmacro")
                + output(f"m({pick('', atom(), atom() + ', ' + atom(), 'b=' + atom(), 'a=1, c=2', '1, 2, 3, 4', 'q=1')})" + pick("", "|trim", "|length")))
    if kind < 0.94:
        return (tag("macro m(a)") + "<" + output("caller(a)" if R.random() < 0.6 else "caller()") + ">" + tag("endmacro") + tag(pick("call(v) m(1)", "call m(s)", "call(v, w=2) m('q')")) + output(pick("v", "w", "s")) + tag("endcall"))
    if kind < 0.96:
        return tag(f"filter {pick('upper', 'trim', 'indent(2)', 'replace(' + repr('a') + ', ' + repr('b') + ')')}") + body(depth) + tag("endfilter")
    if kind < 0.98:
        return tag(f"with q = {atom()}, r = 2") + output("q") + output("r") + tag("endwith") + output("q is defined")
    return pick(tag("generation") + body(depth) + tag("endgeneration"), "{% raw %} {{ x }} {% y %} {% endraw %}", "{%- raw -%}\n{{ a }}\n{%- endraw -%}\n",
                tag("for x in [1, [2, [3]]] recursive") + output("x if x is number else loop(x)") + tag("endfor"))


def main(seed, count):
    R.seed(seed)
    for i in range(count):
        template = output(expression()) if R.random() < 0.6 else body()
        case = {"name": f"random {seed}.{i}", "template": template, "context": CONTEXT}
        try:
            case["rendered"] = environment().from_string(template).render(**json.loads(json.dumps(CONTEXT)))
        except Exception as error:
            case["error"] = f"{type(error).__name__}: {error}"[:200]
        if " object at 0x" in case.get("rendered", "") or "<built-in" in case.get("rendered", "") or "<bound method" in case.get("rendered", "") or "<function" in case.get("rendered", ""):
            continue
        used = {k: v for k, v in CONTEXT.items() if k in template}
        case["context"] = used
        try:
            json.dumps(case, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            continue
        print(json.dumps(case, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

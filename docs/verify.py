#!/usr/bin/env python3
"""Checks a published lottery without the software that made it. Needs Python 3.8 or later and nothing else.

    python3 verify.py FOLDER [--root HASH]

What is checked, and why, is told in verify.md; the points have the names that "sortition verify" gives them.
Everything is counted in whole numbers and fractions. The exit code is 0 if everything was checked and nothing is wrong, 4 if
something is wrong, 5 if that cannot be told (somebody is one ballot or more from the ideal), and 6 if nothing is wrong in what was
checked but something could not be checked here, which the last line names. Of this script itself: 2 for a command line that is
none, 70 for a fault of the script, 130 if it was stopped.
"""
import functools
import hashlib
import hmac
import json
import math
import os
import re
import stat
import sys
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

WHOLE = 2 ** 62                                    # the weights of a lottery's panels add up to this
LARGEST_EPSILON = Fraction(1e-6)                   # what a chance may miss of a leximin vector that no lottery need have
MOST_BYTES, MOST_BYTES_IN_ALL = 2 ** 28, 2 ** 30   # of a file, and of all that are read
MOST_STEPS = 2 * 10 ** 7                           # how long panels are looked for before that is left open
OURS = re.compile(r"(SHA256SUMS|draw\.json|(publication|problem|lottery)\.json|(quotas|types|people|ballots)\.csv|claim-[0-9]{3,}\.mps)")
OBJECTIVES = ("leximin", "maximin", "nash", "minimax", "goldilocks", "weighted-leximin")
UNREADABLE = (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError, MemoryError)


# ---- Reading ---------------------------------------------------------------------------------------------------------

@functools.lru_cache(maxsize=None)
def content(folder, name):
    """The bytes of a file, read once. Pipes, devices and folders are not opened: they may never end."""
    path = os.path.join(folder, name)
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise ValueError(name + " is no file")
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError(name + " is no file")
        data = file.read(min(MOST_BYTES, MOST_BYTES_IN_ALL - sum(READ)) + 1)
    READ.append(len(data))
    if len(data) > MOST_BYTES or sum(READ) > MOST_BYTES_IN_ALL:
        raise ValueError(name + " is too large")
    return data


READ = []


def read_json(folder, name):
    def once(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError(name + " names something twice")
        return dict(pairs)

    def none(constant):
        raise ValueError("%s: %s is no number" % (name, constant))

    def whole_number(text):
        return none(text[:30]) if len(text) > 20 else -0.0 if text == "-0" else int(text)
    return json.loads(content(folder, name).decode("utf-8"), object_pairs_hook=once, parse_constant=none, parse_int=whole_number)


def read_numbers(folder, name):
    """The lines of a table that needs no quotes: lists of cells."""
    return [line.split(",") for line in content(folder, name).decode("utf-8").split("\n")[:-1]]


def number_of(text):
    """A whole number in the one form that it has: ASCII digits without a plus sign, spaces or zeros before them."""
    if not isinstance(text, str) or not re.fullmatch("0|-?[1-9][0-9]{0,18}", text) or abs(int(text)) >= 2 ** 63:
        raise ValueError("%r is no whole number as it should be written" % (text,))
    return int(text)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def in_order(text):
    """The order of names and ids: by UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def cell(text):
    """A cell as it is written: with an apostrophe before it if a spreadsheet would take it for a formula."""
    rest = text.lstrip("'")
    is_formula = rest[:1] in tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") and not re.fullmatch(r"[+-][0-9]+([.,][0-9]+)?", rest)
    return "'" + text if is_formula else text


def shown(number):
    """A number as tables show it: a double with 15 digits, 15 decimals, and no zeros at the end."""
    digits = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(Decimal(float(number)))
    text = format(digits.quantize(Decimal("1e-15"), ROUND_HALF_UP, Context(prec=400)), "f")
    return text.rstrip("0").rstrip(".")


def csv_text(rows):
    """A table in the one form that it has."""
    def written(text):
        text = cell(text)
        return '"%s"' % text.replace('"', '""') if re.search("[,;\t\"\r\n]", text) else text
    return "".join(",".join(map(written, row)) + "\n" for row in rows)


def differs(folder, name, should):
    """Where a file is not what follows from the others, byte by byte."""
    found = content(folder, name)
    if found != should.encode("utf-8"):
        lines = zip(found.split(b"\n"), should.encode("utf-8").split(b"\n"))
        yield "%s, line %d: this is not what follows from the other files." % (name, next((n for n, (a, b) in enumerate(lines, 1) if a != b), 0) or found.count(b"\n") + 1)


def agree(stated, found, tolerance):
    """Whether two numbers are the same, to a relative tolerance."""
    return stated == found or math.isfinite(stated) and math.isfinite(found) and abs(stated - found) <= tolerance * max(abs(stated), abs(found))


# ---- What the files say ----------------------------------------------------------------------------------------------

NATURAL, NUMBER, INTEGER, TEXT, NAME, HASH = (
    "a whole number from 0", "a number", "a whole number as text", "a text", "a name in ASCII", "64 hexadecimal digits")
NUMBER_OR_NULL = "a number or null"
STATUS = ("mustBeIn", "mustBeOut")
CONDITION = {"feature": TEXT, "value": TEXT}


def constraint(value):
    return {"kind": TEXT, **({"quota": NATURAL} if value["kind"] in ("quotaMinimum", "quotaMaximum") else {})}


def price(value):
    return {**constraint(value), **({"householdClass": NATURAL} if value["kind"] == "householdLimit" else {}), "price": INTEGER}


def certificate_shape(value):
    gamma = {"gamma": NUMBER} if value["objective"] == "goldilocks" else {} if value["objective"] in OBJECTIVES else {"gamma?": NUMBER}
    epsilon = {"epsilon": NUMBER} if value["status"] == "epsilonLeximin" else {}
    claim = {"weights": [INTEGER], "capWeights": [INTEGER], "limit": INTEGER, "prices": [price], "value": NUMBER, "bound": NUMBER, "confirmedBy": NAME}
    return {"objective": NAME, **gamma, "status": TEXT, **epsilon, "value": NUMBER_OR_NULL, "bound": NUMBER, "claims": [claim]}


# The members of the documents, in their order. A question mark says that one may be left out.
SHAPES = {
    "publication.json": {
        "format": TEXT, "level": TEXT, "softwareVersion": NAME, "algorithm": TEXT, "status": TEXT, "people": NATURAL, "mustBeOut": NATURAL, "panelSize": NATURAL,
        "ballots": NATURAL, "rounding": {"method": TEXT, "generator": TEXT, "seed?": TEXT},
        "chances": {"lowestIdeal": NUMBER, "lowestBallots": NATURAL, "lowestBallotsAtMost": NATURAL, "highestBallots": NATURAL, "withoutBallot": NATURAL,
                    "largestDistance": NUMBER, "unavoidableDistance": NUMBER, "typicalDistance": NUMBER, "knownBoundBySeats": NUMBER, "knownBoundByTypes": NUMBER_OR_NULL},
        "draw": {"procedure": TEXT, "method": TEXT, "source?": TEXT, "form?": TEXT, "possibleTexts?": TEXT},
        "public?": {"tags": TEXT, "smallestGroup": NATURAL, "peopleWithoutType": NATURAL, "auditorRoot": HASH},
        "round?": {"panelSize": NATURAL, "staying": NATURAL, "quotas": [{"min": NATURAL, "max": NATURAL, "staying": NATURAL}]}},
    "problem.json": {
        "format": TEXT, "panelSize": NATURAL, "householdLimit?": NATURAL, "features": [{"name": TEXT, "values": [TEXT]}],
        "quotas": [{"condition": [CONDITION], "min": NATURAL, "max": NATURAL, "minFlex?": NATURAL, "maxFlex?": NATURAL}],
        "people": [{"id": TEXT, "values": [TEXT], "household?": NATURAL, "status?": TEXT, "entitlement?": NUMBER}]},
    "lottery.json": {
        "format": TEXT, "problemSha256": HASH, "types": [[NATURAL]], "panels": [{"weight": INTEGER, "seats": [[NATURAL]]}],
        "uncovered": [{"person": NATURAL, "constraints": [constraint]}], "certificate": certificate_shape},
    "draw.json": {
        "format": TEXT, "procedure?": TEXT, "root": HASH, "ballots": NATURAL, "method": TEXT, "text?": TEXT, "digests?": [HASH], "ballot": TEXT, "members": [NATURAL]},
}


def is_escaped(c):
    return c in '"\\\ufeff' or ord(c) > 0xffff or c != " " and unicodedata.category(c) in ("Cc", "Cn", "Co", "Zs", "Zl", "Zp")


@functools.lru_cache(maxsize=100000)
def json_text(text):
    def escaped(c):
        units = c.encode("utf-16-be")
        short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
        return short.get(c) or "".join("\\u%02X%02X" % tuple(units[i:i + 2]) for i in range(0, len(units), 2))
    return '"%s"' % "".join(escaped(c) if is_escaped(c) else c for c in text)


def json_number(number):
    """The shortest digits that read back as the same double; an exponent like E-05 or E+20 where the point is far away."""
    sign, digits, exponent = Decimal(repr(float(number))).as_tuple()
    digits = "".join(map(str, digits)).rstrip("0") or "0"
    point = Decimal(repr(float(number))).adjusted() + 1
    if not math.isfinite(float(number)):
        raise ValueError("a number is beyond all bounds")
    if float(number) == 0 or -3 <= point <= 17:
        text = format(Decimal(repr(float(number))), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "%s%s%sE%+03d" % ("-" if sign else "", digits[0], "." + digits[1:] if digits[1:] else "", point - 1)


def written(value, kind, margin=None):
    """A value of a kind in its one form; indented by two spaces an entry if there is a margin. What is of another kind is refused."""
    if callable(kind):
        kind = kind(value)
    if isinstance(kind, dict):
        names = {name.rstrip("?"): inner for name, inner in kind.items()}
        if type(value) is not dict or set(value) - set(names) or {name for name in kind if name[-1] != "?"} - set(value):
            raise ValueError("a document should have the members " + ", ".join(kind))
        entries = ['"%s":%s%s' % (name, "" if margin is None else " ", written(value[name], inner, None if margin is None else margin + "  "))
                   for name, inner in names.items() if name in value]
        return enclosed("{", entries, "}", margin)
    if isinstance(kind, list):
        if type(value) is not list:
            raise ValueError("a list is missing")
        return enclosed("[", [written(item, kind[0], None if margin is None else margin + "  ") for item in value], "]", margin)
    if kind == NATURAL and type(value) is int and 0 <= value < 2 ** 31:
        return str(value)
    if kind in (NUMBER, NUMBER_OR_NULL) and type(value) in (int, float):
        return json_number(value)
    if kind == NUMBER_OR_NULL and value is None:
        return "null"
    if kind in (TEXT, NAME, INTEGER, HASH) and type(value) is str:
        if kind == INTEGER:
            number_of(value)
        if kind == NAME and not re.fullmatch("[!-~]([ -~]{0,98}[!-~])?", value):
            raise ValueError("%.40r is no name in ASCII" % value)
        if kind == HASH and not re.fullmatch("[0-9a-f]{64}", value):
            raise ValueError("64 hexadecimal digits in lower case are missing")
        return json_text(value)
    raise ValueError("%.40r stands where %s should" % (value, kind))


def enclosed(start, entries, end, margin):
    if margin is None or not entries:
        return start + ",".join(entries) + end
    return start + "\n  " + margin + (",\n  " + margin).join(entries) + "\n" + margin + end


def json_differs(folder, name, document):
    """That a document has the members it should, and is written in the one form it has."""
    is_indented = name in ("publication.json", "draw.json")
    should = written(document, SHAPES[name], "" if is_indented else None) + ("\n" if is_indented else "")
    if content(folder, name) != should.encode("utf-8"):
        # Signs that this Python does not know yet may stand as they are or escaped.
        found = re.sub("[^\x00-\x7f]", lambda m: json_text(m.group())[1:-1] if unicodedata.category(m.group()) == "Cn" else m.group(), content(folder, name).decode("utf-8"))
        if found != should:
            yield name + " is not written in the one form that it has."


def check_problem(problem):
    """What a problem cannot say."""
    features = {feature["name"]: feature["values"] for feature in problem["features"]}
    limit, homes = problem.get("householdLimit", 1), 0
    names = [name for feature in problem["features"] for name in [feature["name"]] + feature["values"]]
    if any(name != unicodedata.normalize("NFC", name.strip()) or not name for name in names):
        raise ValueError("problem.json: a feature or value is blank or not written as it should be")
    if len({name.upper() for name in features}) < len(problem["features"]) or any(len({value.upper() for value in values}) < len(values) for values in features.values()):
        raise ValueError("problem.json: a feature or value is there twice")
    if min(problem["panelSize"], limit) < 1 or max(problem["panelSize"], limit) > 10 ** 9 or not problem["people"]:
        raise ValueError("problem.json: a size cannot be so")
    for quota in problem["quotas"]:
        low, high = quota.get("minFlex", quota["min"]), quota.get("maxFlex", quota["max"])
        if not quota["condition"] or not low <= quota["min"] <= quota["max"] <= high or any(term["value"] not in features[term["feature"]] for term in quota["condition"]):
            raise ValueError("problem.json: a quota cannot be so")
    for person in problem["people"]:
        if person.get("household", 0) > homes:
            raise ValueError("problem.json: households are not numbered as they come")
        homes += person.get("household", -1) == homes
        entitlement = person.get("entitlement", 2)
        if len(person["values"]) != len(features) or any(value not in values for value, values in zip(person["values"], features.values())):
            raise ValueError("problem.json: somebody has a value that is none of the feature")
        if person.get("status", "mustBeIn") not in STATUS or not person["id"].strip() or not 1e-6 <= entitlement <= 1e6 or entitlement == 1:
            raise ValueError("problem.json: somebody has a status, id or entitlement that cannot be")


class Publication:
    """The content of a folder, and what can be counted from it at once."""

    def __init__(self, folder):
        self.folder = folder
        self.stated = read_json(folder, "publication.json")
        self.problem = read_json(folder, "problem.json")
        self.lottery = read_json(folder, "lottery.json")
        self.certificate = self.lottery["certificate"]
        for name, document in (("publication", self.stated), ("problem", self.problem), ("lottery", self.lottery)):
            if document["format"] != "sortition-%s/%d" % (name, 2 if name == "publication" else 1):
                raise ValueError("%s.json has a format unknown here" % name)
        self.deviations = [fault for name, document in (("publication.json", self.stated), ("problem.json", self.problem), ("lottery.json", self.lottery))
                           for fault in json_differs(folder, name, document)]
        check_problem(self.problem)
        self.is_public = {"auditor": False, "public": True}[self.stated["level"]]
        self.k = self.problem["panelSize"]
        self.limit = self.problem.get("householdLimit")
        self.features = [feature["name"] for feature in self.problem["features"]]
        self.quotas = self.problem["quotas"]
        self.pool = self.problem["people"]
        self.types, self.class_of, self.households = types_of(self.problem)
        self.size = [len(members) for members in self.types]
        tags = read_numbers(folder, "people.csv")[1:] if self.is_public else []
        self.ballots = [[number_of(number) - 1 for number in row[1:]] for row in read_numbers(folder, "ballots.csv")[1:]]
        self.times = [0] * (len(tags) if self.is_public else len(self.pool))
        if not self.ballots or len(self.ballots) > 10 ** 6 or any(len(ballot) != self.k or min(ballot) < 0 for ballot in self.ballots):
            raise ValueError("ballots.csv does not have the rows it should")
        for ballot in self.ballots:
            for person in ballot:
                self.times[person] += 1
        self.panels = [(number_of(panel["weight"]), dict(panel["seats"])) for panel in self.lottery["panels"]]
        seats = [sum(weight * panel.get(t, 0) for weight, panel in self.panels) for t in range(len(self.types))]
        self.seats = [Fraction(s, WHOLE) for s in seats]                               # expected seats of each type
        self.chance = [s / n for s, n in zip(self.seats, self.size)]                   # chance of each of its people
        self.shown_chance = [float(s) / WHOLE / n for s, n in zip(seats, self.size)]   # the same in tables
        self.uncovered = {entry["person"] for entry in self.lottery["uncovered"]}
        self.left_open = []                            # what is not checked here
        self.steps = MOST_STEPS
        self.covered = [not any(i in self.uncovered for i in members) for members in self.types]
        type_of = {i: t for t, members in enumerate(self.types) for i in members}
        if self.is_public:                             # what is told of each person's type
            self.tags = [row[1] for row in tags]
            self.type_of = [number_of(row[2]) - 1 if row[2] else None for row in tags]
            if any(t is not None and not 0 <= t < len(self.types) for t in self.type_of):
                raise ValueError("people.csv: somebody is said to be of a type that there is not")
        else:
            self.type_of = [type_of.get(i) for i in range(len(self.pool))]

    def values(self, t):
        return self.pool[self.types[t][0]]["values"]

    def is_in(self, t):
        return self.pool[self.types[t][0]].get("status") == "mustBeIn"

    def matches(self, values, quota):
        return all(values[self.features.index(term["feature"])] == term["value"] for term in quota["condition"])

    def rows(self):
        """The constraints, as (name, types that count, least, most)."""
        everybody = set(range(len(self.types)))
        yield "size", everybody, self.k, self.k
        for q, quota in enumerate(self.quotas):
            yield "q%d" % q, {t for t in everybody if self.matches(self.values(t), quota)}, quota["min"], quota["max"]
        for c, count in enumerate(self.households):
            yield "h%d" % c, {t for t in everybody if self.class_of[t] == c}, None, self.limit * count


def types_of(problem):
    """People whom no rule can tell apart, in the order of verify.md; the household class of each type; the households of each class."""
    people = problem["people"]
    names = [feature["name"] for feature in problem["features"]]
    by_name = sorted(range(len(names)), key=lambda f: in_order(names[f]))
    free = [i for i, person in enumerate(people) if person.get("status") != "mustBeOut"]

    def kind(i):
        person = people[i]
        values = tuple(in_order(person["values"][f]) for f in by_name)
        return values, person.get("status") == "mustBeIn", person.get("entitlement", 1)
    rank = {key: r for r, key in enumerate(sorted({kind(i) for i in free}))}
    homes = {}
    for i in free:
        if problem.get("householdLimit") is not None and "household" in people[i]:
            homes.setdefault(people[i]["household"], []).append(i)
    classes = {}
    for members in homes.values():
        if len(members) > problem["householdLimit"]:                                   # only these can break the rule
            classes.setdefault(",".join(str(r) for r in sorted(rank[kind(i)] for i in members)), []).append(members)
    order = sorted(classes)
    class_of = {i: c for c, key in enumerate(order) for members in classes[key] for i in members}
    types = {}
    for i in free:
        types.setdefault((rank[kind(i)], class_of.get(i, -1)), []).append(i)
    keys = sorted(types)
    return [types[key] for key in keys], [key[1] for key in keys], [len(classes[key]) for key in order]


# ---- The points. Each yields what is wrong, and returns what was found: a text, or a mark, a text and details ----------

def fingerprints(folder, announced):
    data = content(folder, "SHA256SUMS")
    if announced and announced != sha256(data):
        yield "The root of these files is %s, not the one announced." % sha256(data)
    lines = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in data.decode("ascii").split("\n")[:-1]]
    names = [line.group(2) for line in lines]
    if not data.endswith(b"\n") or names != sorted(set(names)):
        yield "SHA256SUMS is not in the form it should have."
    for line in lines:
        if not OURS.fullmatch(line.group(2)) or line.group(2) in ("SHA256SUMS", "draw.json"):
            yield "SHA256SUMS lists a file that is none of a published lottery."
        elif not os.path.isfile(os.path.join(folder, line.group(2))):
            yield line.group(2) + " is missing."
        elif sha256(content(folder, line.group(2))) != line.group(1):
            yield line.group(2) + " was changed."
    for name in sorted(os.listdir(folder)):
        if OURS.fullmatch(name) and name not in names + ["SHA256SUMS", "draw.json"]:
            yield name + " is not listed in SHA256SUMS."
    return "All %d files have the SHA-256 that SHA256SUMS says. %s" % (
        len(names), "The root is the one announced." if announced else "The root was not given, so it was not compared with what was announced.")


def form(p):
    claims = ["claim-%03d.mps" % (c + 1) for c in range(len(p.certificate["claims"]))]
    present = {name for name in os.listdir(p.folder) if name.startswith("claim-") and OURS.fullmatch(name)}
    if present != set(claims):
        yield "There must be one file for other solvers for each claim, and no more."
    if p.lottery["problemSha256"] != sha256(content(p.folder, "problem.json")):
        yield "lottery.json belongs to another problem.json."
    yield from p.deviations
    ids = [in_order(person["id"]) for person in p.pool]
    if any(a >= b for a, b in zip(ids, ids[1:])):
        yield "problem.json: an id is there twice or out of order."
    if p.lottery["types"] != p.types:
        yield "lottery.json: the types are not those of the problem."
    out = len(p.times) - len(p.pool) if p.is_public else sum(person.get("status") == "mustBeOut" for person in p.pool)
    facts = {"algorithm": p.certificate["objective"], "people": len(p.times), "mustBeOut": out, "panelSize": p.k, "ballots": len(p.ballots),
             "status": {"provenOptimal": "proven optimal", "notProven": "not proven", "epsilonLeximin": "proven within epsilon"}[p.certificate["status"]]}
    for name, fact in facts.items():
        if p.stated[name] != fact:
            yield "publication.json: %s is %s by the other files." % (name, fact)
    named = (p.stated["rounding"]["method"], p.stated["rounding"]["generator"], p.stated["draw"]["procedure"])
    if named != ("best-ballots/2", "sha256-ctr/1", "sortition-draw/1") or p.is_public and p.stated["public"]["tags"] != "sha256(salt:id)":
        yield "publication.json names a procedure unknown here."
    if ("public" in p.stated) != p.is_public or ("seed" in p.stated["rounding"] and p.is_public):
        yield "publication.json says what it must not say at its level."
    if p.is_public and p.stated["public"]["peopleWithoutType"] != p.type_of.count(None) - out:
        yield "publication.json: peopleWithoutType is wrong."
    rows = [["category", "feature", "min", "max"]]
    rows += [[" & ".join(term[part] for term in quota["condition"]) for part in ("feature", "value")] + [str(quota["min"]), str(quota["max"])] for quota in p.quotas]
    if "round" in p.stated:                            # beside the quotas of the open seats, what they follow from
        whole = [[str(quota[name]) for name in ("min", "max", "staying")] for quota in p.stated["round"]["quotas"]]
        rows = [row + (["whole min", "whole max", "staying"] if q == 0 else whole[q - 1] if q <= len(whole) else [""] * 3) for q, row in enumerate(rows)]
    yield from differs(p.folder, "quotas.csv", csv_text(rows))
    yield from differs(p.folder, "types.csv", csv_text(types_table(p)))
    return "%d people of %d types, %d quotas, %d ballots of %d; all files agree, byte by byte." % (
        len(p.times), len(p.types), len(p.quotas), len(p.ballots), p.k)


def replacement_round(p):
    """That the quotas of the open seats are those of the whole panel less the members who stay, and that the counts of these fit each other."""
    size, staying, whole = p.stated["round"]["panelSize"], p.stated["round"]["staying"], p.stated["round"]["quotas"]
    conditions = [[(term["feature"], term["value"]) for term in quota["condition"]] for quota in p.quotas]
    of_value = {condition[0]: quota["staying"] for quota, condition in zip(whole, conditions) if len(condition) == 1}
    if any(type(number) is not int or number < 0 for number in [size, staying] + [number for quota in whole for number in quota.values()]):
        yield "publication.json: a number of the round is no whole number from 0."
        return ""
    if size - staying != p.k:
        yield "If %d of %d members stay, not %d seats are open." % (staying, size, p.k)
    if len(whole) > len(p.quotas):
        yield "There are more quotas of the whole panel than of the open seats."
        return ""
    for q, (quota, left) in enumerate(zip(whole, p.quotas)):
        if quota["min"] > quota["max"] or (left["min"], left["max"]) != (max(0, quota["min"] - quota["staying"]), quota["max"] - quota["staying"]):
            yield "Quota %d of the open seats is not that of the whole panel less those who stay." % (q + 1)
        if quota["staying"] > min([staying] + [of_value[term] for term in conditions[q] if term in of_value]):
            yield "Quota %d: more people are said to stay than can be." % (q + 1)
    for feature in p.problem["features"]:              # everybody has one value of it
        counts = [quota["staying"] for quota, condition in zip(whole, conditions) if [name for name, _ in condition] == [feature["name"]]]
        if sum(counts) > staying or len(counts) == len(feature["values"]) and sum(counts) != staying:
            yield "Those who stay do not add up over the values of a feature."
    for quota in p.quotas[len(whole):]:                # how many seats are left to the household of somebody who stays
        names = {term["feature"] for term in quota["condition"]}
        if names != {p.features[-1]} or any(name in names for condition in conditions[:len(whole)] for name, _ in condition) or quota["min"] or not 1 <= quota["max"] < (p.limit or 0):
            yield "The whole panel lacks a quota of the open seats that is none on a household."
    return "This lottery fills %d of %d seats; %d members stay. Its quotas are the %d of the whole panel less those who stay." % (p.k, size, staying, len(whole))


def types_table(p):
    optional = [("must be in", any(p.is_in(t) for t in range(len(p.types)))), ("entitlement", any("entitlement" in p.pool[members[0]] for members in p.types)),
                ("household class", bool(p.households))]
    yield ["type", "people", "ideal chance"] + p.features + [name for name, is_there in optional if is_there]
    for t, members in enumerate(p.types):
        last = ["yes" if p.is_in(t) else "no", shown(p.pool[members[0]].get("entitlement", 1)), str(p.class_of[t] + 1) if p.class_of[t] >= 0 else ""]
        yield [str(t + 1), str(p.size[t]), shown(p.shown_chance[t])] + p.values(t) + [text for text, (_, is_there) in zip(last, optional) if is_there]


def lottery(p):
    rows = list(p.rows())
    if sum(weight for weight, _ in p.panels) != WHOLE or any(weight < 1 for weight, _ in p.panels):
        yield "The weights of the panels do not add up to 2^62."
    for number, (_, panel) in enumerate(p.panels, 1):
        pairs = p.lottery["panels"][number - 1]["seats"]
        if sorted(panel) != [t for t, _ in pairs] or any(not (0 <= t < len(p.types) and 1 <= s <= p.size[t]) for t, s in pairs):
            yield "Panel %d has seats that cannot be." % number
        elif any(p.is_in(t) and panel.get(t) != p.size[t] for t in range(len(p.types))):
            yield "Panel %d lacks somebody who must be in." % number
        for name, types, least, most in rows:
            if not (least or 0) <= sum(s for t, s in panel.items() if t in types) <= most:
                yield "Panel %d breaks the rule %s." % (number, name)
    return "All %d panels of the lottery meet every rule by count, and their probabilities add up to 1 exactly." % len(p.panels)


def optimality(p):
    """First who can be on a panel at all, then every claim's limit, then what follows for the objective (algorithms.md, "How a claim bounds an objective")."""
    certificate, claims, objective = p.certificate, p.certificate["claims"], p.certificate["objective"]
    everyone, is_known, status = range(len(p.types)), objective in OBJECTIVES, certificate["status"]
    proven = status in ("provenOptimal", "epsilonLeximin")
    claims_nothing = not proven and not claims
    if not (claims_nothing and not p.uncovered):       # a computation may have been cut short before it was known who can be on a panel
        yield from coverage(p)
    people = [p.size[t] if p.covered[t] else 0 for t in everyone]
    n = sum(people)
    gamma = certificate.get("gamma", 1)
    if not n or is_known and not 1e-3 <= gamma <= 1e6:
        yield "The certificate is about nobody, or has a gamma that it cannot have."
        return ""
    if certificate["value"] is None and (claims or objective != "goldilocks"):
        yield "The certificate states no value."
        return ""
    if is_known and "leximin" not in objective and not claims_nothing and len(claims) != 1:
        yield "There must be one claim."
        return ""
    takes_off = objective in ("minimax", "goldilocks") or not is_known and any(claim["capWeights"] for claim in claims)
    limits = []
    for number, claim in enumerate(claims, 1):
        weights, caps, limit = [[number_of(w) for w in claim[name]] for name in ("weights", "capWeights")] + [number_of(claim["limit"])]
        if len(weights) != len(p.types) or len(caps) != (len(p.types) if takes_off else 0) or min(weights + caps) < 0 \
                or sum((w + c) * m for w, c, m in zip(weights, caps or [0] * len(weights), p.size)) > 2 ** 61:
            yield "Claim %d does not have the weights it should." % number
            return ""
        limits.append((weights, caps, limit, [w - c for w, c in zip(weights, caps or [0] * len(weights))]))
    yield from check_limits(p, limits)
    epsilon = Fraction(certificate["epsilon"]) if status == "epsilonLeximin" else None
    if epsilon is not None and (not 0 <= epsilon <= LARGEST_EPSILON or is_known and "leximin" not in objective):
        yield "The certificate states an epsilon that it cannot have."
        return ""
    if not is_known:
        p.left_open.append("whether the lottery is the best by %s" % objective)
        return "part", "Whether the lottery is the best by %s was not checked: that objective is not known here." % objective, []
    yield from check_objective(p, limits, people, epsilon)
    if not proven:
        return "-", "That the lottery is %s is not claimed." % objective, []
    best = "No lottery is better by %s" if epsilon is None else "Nobody's chance is further than epsilon from the best by %s"
    return (best + ": %d claim(s), of which %d by adding up prices in whole numbers.") % (objective, len(claims), sum(bool(claim["prices"]) for claim in claims))


def coverage(p):
    """That those listed, and only they, can be on no panel: each for the constraints given, which must exclude them without any others."""
    listed, kinds, last = {}, {}, -1
    for entry in p.lottery["uncovered"]:
        if not last < entry["person"] < len(p.pool):
            yield "The list of people who can be on no panel has somebody twice, out of order or from elsewhere."
            return
        last = entry["person"]
        listed[last] = frozenset((reason["kind"], reason.get("quota")) for reason in entry["constraints"])
    for t, members in enumerate(p.types):
        if any(i in listed for i in members) and (p.seats[t] > 0 or not all(i in listed for i in members)):
            yield "Somebody of type %d is called unable to be chosen who has a chance, or is like somebody who is not." % (t + 1)
        kinds.update({(t, listed[i]): i for i in members if i in listed})
    for i, person in enumerate(p.pool):
        if person.get("status") == "mustBeOut" and listed.get(i) != frozenset():
            yield "Somebody who must be out is not listed as that."
    for (t, reasons), i in sorted(kinds.items(), key=lambda kind: kind[1]):
        if any(kind not in ("panelSize", "quotaMinimum", "quotaMaximum", "householdLimit", "mustBeIn") or kind == "householdLimit" and p.limit is None
               or quota is not None and quota >= len(p.quotas) for kind, quota in reasons):
            yield "Person %d is said to be excluded by a constraint that there is not." % (i + 1)
            continue
        found = some_panel(p, [({t: 1}, 1, None)], reasons)
        if found is None:
            p.left_open.append("that people of type %d can be on no panel" % (t + 1))
        elif found:
            yield "Person %d is listed as unable to be chosen, but the constraints named do not exclude people of type %d." % (i + 1, t + 1)
    for t in range(len(p.types)):
        if p.covered[t] and p.seats[t] == 0:
            found = some_panel(p, [({t: 1}, 1, None)])
            if found is None:
                p.left_open.append("that people of type %d, who have no chance, can be on a panel" % (t + 1))
            elif not found:
                yield "People of type %d can be on no panel, and are not listed as that." % (t + 1)


def some_panel(p, wanted, reasons=None):
    """Whether some panel obeys the rows wanted and the constraints, or those of them that are named: True, False, or None if that took too long.
    What a row leaves each type is narrowed until nothing changes; then the seats of a type are split into two halves."""
    def holds(kind, quota=None):
        return reasons is None or (kind, quota) in reasons
    rows = list(wanted)
    for name, types, least, most in p.rows():
        kind, quota = {"s": "panelSize", "q": None, "h": "householdLimit"}[name[0]], int(name[1:]) if name[0] == "q" else None
        least = least if holds(kind or "quotaMinimum", quota) else None
        most = most if holds(kind or "quotaMaximum", quota) else None
        rows.append((dict.fromkeys(types, 1), least, most))
    stack = [([p.size[t] if p.is_in(t) and holds("mustBeIn") else 0 for t in range(len(p.types))], list(p.size))]
    while stack:
        low, high = stack.pop()
        if not narrow(p, rows, low, high):
            continue
        if p.steps < 0:
            return None
        open_types = [t for t in range(len(low)) if low[t] < high[t]]
        if not open_types:
            return True
        t = min(open_types, key=lambda t: high[t] - low[t])
        middle = (low[t] + high[t]) // 2
        stack.append((list(low), high[:t] + [middle] + high[t + 1:]))
        stack.append((low[:t] + [middle + 1] + low[t + 1:], high))
    return False


def narrow(p, rows, low, high):
    """Narrows the bounds of the types to what the rows leave; false if they leave nothing."""
    changed = True
    while changed and p.steps >= 0:
        changed = False
        for weights, least, most in rows:
            p.steps -= len(weights)
            below = sum(w * (low[t] if w > 0 else high[t]) for t, w in weights.items())
            above = sum(w * (high[t] if w > 0 else low[t]) for t, w in weights.items())
            if least is not None and above < least or most is not None and below > most:
                return False
            for t, w in weights.items():
                width = high[t] - low[t]
                if width and most is not None and abs(w) * width > most - below:
                    left = (most - below) // abs(w)
                    low[t], high[t], changed = (low[t], low[t] + left, True) if w > 0 else (high[t] - left, high[t], True)
                    above -= abs(w) * (width - left)
                width = high[t] - low[t]
                if width and least is not None and abs(w) * width > above - least:
                    left = (above - least) // abs(w)
                    low[t], high[t], changed = (high[t] - left, high[t], True) if w > 0 else (low[t], low[t] + left, True)
                    below += abs(w) * (width - left)
    return True


def check_limits(p, limits):
    """That no panel weighs more than a claim's limit: by the prices if there are some, otherwise by looking for one."""
    rows = list(p.rows())
    for number, (claim, (_, _, limit, net)) in enumerate(zip(p.certificate["claims"], limits), 1):
        if claim["prices"]:
            if limit_by_prices(p, rows, net, claim["prices"]) > limit:
                yield "Claim %d: its prices do not prove its limit %d." % (number, limit)
        elif max(sum(net[t] * s for t, s in panel.items()) for _, panel in p.panels) > limit:
            yield "Claim %d: a panel of the lottery itself weighs more than %d." % (number, limit)
        elif sum(w * m for w, m in zip(net, p.size) if w > 0) > limit:
            found = some_panel(p, [({t: w for t, w in enumerate(net) if w}, limit + 1, None)])
            if found is None:
                p.left_open.append("the limit of claim %d, which claim-%03d.mps asks a solver for" % (number, number))
            elif found:
                yield "Claim %d: a panel weighs more than %d." % (number, limit)


def check_objective(p, limits, people, epsilon):
    """What follows from the claims for the objective, and that the lottery reaches it if that is claimed."""
    certificate, claims, objective = p.certificate, p.certificate["claims"], p.certificate["objective"]
    everyone, n, gamma = range(len(p.types)), sum(people), certificate.get("gamma", 1)
    proven = certificate["status"] in ("provenOptimal", "epsilonLeximin")
    entitlement = [Fraction(p.pool[members[0]].get("entitlement", 1)) if objective == "weighted-leximin" else 1 for members in p.types]
    share = [p.chance[t] / entitlement[t] for t in everyone]
    counted = [t for t in everyone if people[t]]
    mean, highest, lowest = Fraction(p.k, n), max(p.chance[t] for t in counted), min(share[t] for t in counted)

    def geometric(number):                         # the geometric mean over people
        numbers = [(people[t], number(t)) for t in counted]
        return math.exp(sum(m * math.log(x) for m, x in numbers) / n) if all(x > 0 for _, x in numbers) else 0.0
    value = {"maximin": lambda: lowest, "leximin": lambda: lowest, "weighted-leximin": lambda: lowest, "minimax": lambda: highest,
             "nash": lambda: geometric(lambda t: p.chance[t]),
             "goldilocks": lambda: float(highest / mean) + gamma * float(mean / lowest) if lowest else math.inf}[objective]()
    stated_value = math.inf if certificate["value"] is None else certificate["value"]
    worst = {"minimax": 1, "goldilocks": math.inf}.get(objective, 0)
    is_left_open = not proven and not claims and not p.uncovered and stated_value == worst
    if not is_left_open and not agree(stated_value, value, 1e-12):
        yield "The certificate states the value %r; it is %r." % (stated_value, float(value))
    if not proven and not claims:
        reached, bound = worst if is_left_open else value, certificate["bound"]
        if not agree(bound, reached, 1e-11) and (bound > reached if objective in ("minimax", "goldilocks") else bound < reached):
            yield "The lottery is better than the bound that the certificate states."
        return
    if "leximin" in objective:
        expected = [sum(w * seats for w, seats in zip(net, p.seats)) for _, _, _, net in limits]
        bound = yield from leximin_stages(p, claims, [limit[:3] for limit in limits], expected, share, entitlement, value, epsilon)
    else:
        weights, caps, limit, _ = limits[0]
        total, total_caps = sum(w * m for w, m in zip(weights, people)), sum(c * m for c, m in zip(caps, people))
        if objective == "maximin":
            bound = min(Fraction(1), Fraction(limit, total))
        elif objective == "nash":
            bound = max(value, limit / n / geometric(lambda t: weights[t]))
        elif objective == "minimax":
            bound = min(value, Fraction(-limit, total_caps))
        else:
            bound = min(value, float(-limit / mean / total_caps) + 2 * math.sqrt(gamma * Fraction(total, total_caps)))
        if not agree(claims[0]["bound"], bound, 1e-11) or not agree(claims[0]["value"], value, 1e-12):
            yield "The claim states a value or bound that does not follow."
        # A fraction is reached but for the rounding of the panels' weights; what can be irrational, to a relative 1e-7.
        exact = {"maximin": bound, "minimax": Fraction(-limit, total_caps) if total_caps else 0}.get(objective)
        if proven and not (agree(value, bound, 1e-7) if exact is None else abs(value - exact) <= rounding(p)):
            yield "The lottery reaches %r, but the claim bounds it by %r only." % (float(value), float(bound))
    if not agree(certificate["bound"], bound, 1e-11):
        yield "The certificate states the bound %r; it is %r." % (certificate["bound"], float(bound))


def limit_by_prices(p, rows, net, prices):
    """Price times bound over the constraints, and for each type what it weighs beyond the prices that count it, times its people."""
    beyond, limit, seen = list(net), 0, set()
    for entry in prices:
        price, kind = number_of(entry["price"]), entry["kind"]
        name = {"panelSize": "size", "householdLimit": "h%s" % entry.get("householdClass"),
                "quotaMinimum": "q%s" % entry.get("quota"), "quotaMaximum": "q%s" % entry.get("quota")}[kind]
        types, least, most = {row[0]: row[1:] for row in rows}[name]
        if name in seen or price == 0 or (kind == "quotaMinimum") and price > 0 or kind in ("quotaMaximum", "householdLimit") and price < 0:
            raise ValueError("a price is there twice or has the wrong sign")
        seen.add(name)
        limit += price * (most if price > 0 else least)
        for t in types:
            beyond[t] -= price
    return limit + sum(b * (p.size[t] if b > 0 or p.is_in(t) else 0) for t, b in enumerate(beyond) if p.covered[t])


def rounding(p):
    """How far a chance may be from a fraction that it is to be: less than one unit of 2^-62 for each panel."""
    return Fraction(len(p.panels), 2 ** 62)


def leximin_stages(p, claims, limits, expected, share, entitlement, value, epsilon):
    """Each claim settles those whom it weighs and no earlier one did, with the fraction that its limit leaves them; nobody settled later may have less.
    Everybody must have these fractions: but for rounding, or, where an epsilon is stated, but for that."""
    everyone = range(len(p.types))
    sure = rounding(p) if epsilon is None else LARGEST_EPSILON
    proven = epsilon is not None or p.certificate["status"] == "provenOptimal"
    full = [p.covered[t] and abs(p.chance[t] - 1) <= sure for t in everyone]                        # sure of a seat
    is_open = [p.covered[t] and not full[t] for t in everyone]
    chance = [Fraction(int(full[t])) for t in everyone]                                             # by the claims, exactly
    first, highest = value, 0
    for number, (claim, (weights, _, limit)) in enumerate(zip(claims, limits), 1):
        settled = [t for t, is_so in enumerate(is_open) if is_so and weights[t] > 0]
        if not settled:
            yield "Claim %d settles nobody." % number
            continue
        lowest_open = min(share[t] for t, is_so in enumerate(is_open) if is_so)
        slack = max(0, limit - expected[number - 1])
        bound = max(share[t] for t in settled) + slack * max(1 / (weights[t] * entitlement[t]) for t in settled)
        if not agree(claim["value"], lowest_open, 1e-12) or not agree(claim["bound"], bound, 1e-11):
            yield "Claim %d states a value or bound that does not follow." % number
        left = limit - sum(weights[t] * p.size[t] * chance[t] for t in everyone if p.covered[t] and t not in settled)
        exact = left / sum(weights[t] * p.size[t] * entitlement[t] for t in settled)
        if proven and exact < highest or proven and any(full[t] and w and exact * entitlement[t] < 1 for t, w in enumerate(weights)):
            yield "Claim %d is out of order: somebody settled later has less." % number
        for t in settled:
            is_open[t], chance[t] = False, exact * entitlement[t]
        if proven and any(abs(p.chance[t] - chance[t]) > (rounding(p) if epsilon is None else epsilon) for t in settled):
            yield "Claim %d: those whom it settles could have more." % number
        first, highest = max(value, bound) if number == 1 else first, exact
    if proven and any(is_open):
        yield "%d types are settled by no claim." % sum(is_open)
    if epsilon is not None and any(abs(p.chance[t] - 1) > epsilon for t in everyone if full[t]):
        yield "Somebody who is to be sure of a seat is further from it than epsilon."
    return first


def ballots(p):
    digits = len(str(len(p.ballots) - 1))
    rows = [["ballot"] + ["member %d" % (m + 1) for m in range(p.k)]]
    rows += [[str(b).zfill(digits)] + [str(i + 1) for i in ballot] for b, ballot in enumerate(p.ballots)]
    yield from differs(p.folder, "ballots.csv", csv_text(rows))
    for b, ballot in enumerate(p.ballots):
        if any(x >= y for x, y in zip(ballot, ballot[1:])):
            yield "Ballot %d: there are not %d different members in ascending order." % (b, p.k)
        for q, quota in enumerate(p.quotas):
            if p.is_public:                            # some people's features may not be told
                told = [p.matches(p.values(p.type_of[i]), quota) for i in ballot if p.type_of[i] is not None]
            else:
                told = [p.matches(p.pool[i]["values"], quota) for i in ballot]
            if sum(told) > quota["max"] or sum(told) + len(ballot) - len(told) < quota["min"]:
                yield "Ballot %d does not meet the quota %d." % (b, q + 1)
        if not p.is_public:
            homes = [p.pool[i]["household"] for i in ballot if "household" in p.pool[i]]
            if p.limit is not None and any(homes.count(home) > p.limit for home in homes):
                yield "Ballot %d breaks the household rule." % b
            status = [p.pool[i].get("status") for i in ballot]
            if "mustBeOut" in status or status.count("mustBeIn") != sum(person.get("status") == "mustBeIn" for person in p.pool):
                yield "Ballot %d has somebody who must be out, or lacks somebody who must be in." % b
    return "All %d ballots have %d different people%s." % (len(p.ballots), p.k, " who leave every quota within reach, as far as features are told; the rest is for auditors"
                                                        if p.is_public else " who meet every quota and the household rule")


def chances(p):
    m = len(p.ballots)
    told, hidden = [], []
    yield from differs(p.folder, "people.csv", csv_text(people_table(p)))
    if p.is_public and any(not re.fullmatch("[0-9a-f]{64}", tag) for tag in p.tags):
        yield "people.csv: a tag is not 64 hexadecimal digits."
    for i, t in enumerate(p.type_of):
        if t is None:
            hidden.append(p.times[i])
        elif p.covered[t]:
            told.append((p.times[i], p.chance[t], "Person %d" % (i + 1)))
        elif p.times[i]:
            yield "Person %d is on a ballot, though people of type %d can be on no panel." % (i + 1, t + 1)
    if p.is_public and any(a >= b for a, b in zip(p.tags, p.tags[1:])):
        yield "people.csv: a tag is there twice or out of order."
    if p.is_public:                                    # the others: most ballots to the highest ideal chance, and so on
        smallest = p.stated["public"]["smallestGroup"]
        for t, n in enumerate(p.size):
            if p.type_of.count(t) != (n if n >= smallest else 0):
                yield "people.csv: not as many people as should are said to be of type %d." % (t + 1)
        ideals = sorted(p.chance[t] for t, n in enumerate(p.size) for _ in range(n) if n < smallest and p.covered[t])
        never = len(hidden) - len(ideals)
        if never < 0 or any(sorted(hidden)[:never]):
            yield "Of the people whose type is not told, fewer are on no ballot than can be on no panel."
            return ""
        told += [(n, ideal, "Somebody whose type is not told") for n, ideal in zip(sorted(hidden)[never:], ideals)]
    elif sum(hidden):
        yield "Somebody who must be out is on a ballot."
    if not told:
        yield "Nobody is said to have a chance at all."
        return ""
    yield from compare_chances(p, [(n, ideal) for n, ideal, _ in told], m, is_exact=None not in p.type_of or not p.is_public)
    counted = "Counted: everybody is on as many ballots as said, %d to %d of %d" % (min(n for n, _, _ in told), max(n for n, _, _ in told), m)
    off = sorted(((abs(n - m * ideal), n, who) for n, ideal, who in told if not is_within_one(p, abs(n - m * ideal))), key=lambda entry: -entry[0])
    if not off:
        return counted + "."
    return "?", "%s; but %d people are one ballot or more from the ideal, by %.3f to %.3f%s. %s" % (
        counted, len(off), off[-1][0], off[0][0], ", if those whose type is not told are matched as well as can be" if p.is_public else "",
        "With some numbers of ballots that cannot be avoided, but a favour would look the same."), ["%s: %d ballots, %.3f from the ideal." % (who, n, d) for d, n, who in off]


def people_table(p):
    """The table of people, of which the tags and the types at the public level are all that does not follow from other files."""
    m, status = len(p.ballots), {"mustBeIn": "must be in", "mustBeOut": "must be out", None: ""}
    yield ["number", "tag" if p.is_public else "id", "type", "ballots", "chance", "ideal chance", "difference"] + ([] if p.is_public else p.features + ["household", "status"])
    for i, t in enumerate(p.type_of):
        chance, ideal = p.times[i] / m, p.shown_chance[t] if t is not None else None if p.is_public else 0.0
        row = [str(i + 1), p.tags[i] if p.is_public else p.pool[i]["id"], "" if t is None else str(t + 1), str(p.times[i]), shown(chance)]
        row += ["", ""] if ideal is None else [shown(ideal), shown(chance - ideal)]
        if not p.is_public:
            person = p.pool[i]
            row += person["values"] + [str(person["household"] + 1) if "household" in person else "", status[person.get("status")]]
        yield row


def is_within_one(p, distance):
    """Whether a number of ballots is less than one from the ideal, whose chance is a sum over the lottery's panels of weights rounded to 2^-62."""
    return distance + Fraction(len(p.ballots) * len(p.panels), WHOLE) < 1


def compare_chances(p, told, m, is_exact):
    distances = [abs(Fraction(n, m) - ideal) for n, ideal in told]
    bounds_lowest = p.certificate["status"] == "provenOptimal" and p.certificate["objective"] in ("maximin", "leximin")
    at_most = p.certificate["bound"] if bounds_lowest else min(Fraction(1), Fraction(p.k, len(told)))
    t = len(p.types)
    by_types = None if t < 2 else (math.sqrt((1 + math.log(2) / math.log(t)) / 2 * t * math.log(t)) + 1) / m
    found = {"lowestIdeal": min(ideal for _, ideal in told), "lowestBallots": min(n for n, _ in told), "lowestBallotsAtMost": math.floor(float(at_most * m) + 1e-9),
             "highestBallots": max(n for n, _ in told), "withoutBallot": sum(n == 0 for n, _ in told), "largestDistance": max(distances),
             "unavoidableDistance": max(abs(ideal * m - round(ideal * m)) for _, ideal in told) / m,
             "typicalDistance": math.sqrt(sum(d * d for d in distances) / len(told)), "knownBoundBySeats": Fraction(p.k, m), "knownBoundByTypes": by_types}
    if set(found) != set(p.stated["chances"]):
        yield "publication.json does not have the figures it should."
    for name, number in found.items():
        stated = p.stated["chances"].get(name)
        at_least = not is_exact and name in ("largestDistance", "typicalDistance")     # who is who is not known at the public level
        if stated != number and (stated is None or number is None or stated < number - 1e-12 or stated > number + 1e-12 and not at_least):
            yield "publication.json states %s %s; it is %s%s." % (name, stated, float(number), " or more" if at_least else "")


def other_solvers(p):
    for number, claim in enumerate(p.certificate["claims"], 1):
        yield from differs(p.folder, "claim-%03d.mps" % number, "".join(line + "\n" for line in mps_lines(p, number, claim)))
    return "%d file(s) for other solvers pose the problems that the certificate is about." % len(p.certificate["claims"])


def mps_lines(p, number, claim):
    """The integer program that asks for the heaviest panel, with comments that say what its rows and variables are."""
    rows, limit, caps = list(p.rows()), number_of(claim["limit"]), claim["capWeights"] or ["0"] * len(p.types)
    meanings = ["the panel has %d members" % p.k]
    meanings += ["%d to %d of %s: %s" % ((quota["min"], quota["max"]) + tuple(" & ".join(term[part] for term in quota["condition"]) for part in ("feature", "value")))
                 for quota in p.quotas]
    meanings += ["at most %s of each of %d like household(s)" % (p.limit, count) for count in p.households]
    comments = ["The heaviest panel, for claim %d of %d of a lottery's certificate (%s)." % (number, len(p.certificate["claims"]), p.certificate["objective"]),
                "A panel is described by how many people of each type are on it: x0, x1, ... "
                "Each of these people weighs the number in the row \"cost\" times -1.",
                "The claim: no panel weighs more than %d." % limit,
                "To be MINIMISED is the weight times -1. The claim holds if the minimum, over whole numbers, is %d or more." % -limit, "Rows:"]
    comments += ["  %s: %s" % (row[0], meaning) for row, meaning in zip(rows, meanings)] + ["Variables:"]
    comments += ["  x%d: %d people%s; %s" % (t, p.size[t], ", all of whom must be in" if p.is_in(t) else "", ", ".join("%s: %s" % pair for pair in zip(p.features, p.values(t))))
                 for t in range(len(p.types))]
    for comment in comments:
        yield from comment_lines(comment)

    def entry(first, second, amount, kind=""):
        return " %-3s%-10s%-10s%d" % (kind, first, second, amount)
    yield from ["NAME          panel", "ROWS", " N  cost"]
    yield from (" %s  %s" % ("E" if least == most else "L", name) for name, _, least, most in rows)
    yield from ["COLUMNS", "    whole     'MARKER'                 'INTORG'"]
    for t, (w, c) in enumerate(zip(claim["weights"], caps)):
        if w != c:
            yield entry("x%d" % t, "cost", number_of(c) - number_of(w))
        yield from (entry("x%d" % t, name, 1) for name, types, _, _ in rows if t in types)
    yield from ["    whole     'MARKER'                 'INTEND'", "RHS"]
    yield from (entry("rhs", name, most) for name, _, _, most in rows)
    ranges = [entry("range", name, most - least) for name, _, least, most in rows if least is not None and least != most]
    yield from (["RANGES"] if ranges else []) + ranges + ["BOUNDS"]
    yield from (entry("bound", "x%d" % t, n, "FX" if p.is_in(t) else "UP") for t, n in enumerate(p.size))
    yield "ENDATA"


def comment_lines(text):
    """A comment in lines of at most 100 UTF-16 code units, cut at spaces where there are some."""
    text = "".join(" " if unicodedata.category(c) == "Cc" or c in "\u2028\u2029" else c for c in text).encode("utf-16-le")
    margin = 0
    while text:
        room, units = 100 - margin, len(text) // 2
        spaces = [i for i in range(min(room, units - 1) + 1) if text[2 * i:2 * i + 2] == b" \0"] if units > room else []
        cut = units if units <= room else spaces[-1] if spaces else -1
        cut = cut if cut > room // 2 else min(room, units)
        cut -= cut < units and 0xdc <= text[2 * cut + 1] < 0xe0
        yield "* " + " " * margin + text[:2 * cut].decode("utf-16-le")
        text, margin = text[2 * cut:].decode("utf-16-le").lstrip().encode("utf-16-le"), 4


def draw_ballot(text, root, m):
    """The procedure sortition-draw/1."""
    digests = []
    while True:
        message = "sortition-draw/1\n%s\n%d\n%d" % (root, m, len(digests))
        digest = hmac.new(text.encode("utf-8"), message.encode("ascii"), hashlib.sha256).digest()
        digests.append(digest.hex())
        number = int.from_bytes(digest[:8], "big")
        if number < 2 ** 64 - 2 ** 64 % m:
            return number % m, digests


def number_in(text):
    """A number in the one way to write it, up to nine digits; None for anything else."""
    return int(text) if re.fullmatch("0|[1-9][0-9]{0,8}", text, re.ASCII) else None


def read_form(form):
    """The words of the form of a text, its numbers as numbers; None if it is no form."""
    words = form.split(" ")
    numbers = [number_in(word) for word in words[1:4]]
    if words[0] == "hex" and len(words) == 2 and numbers[0] is not None and 1 <= numbers[0] <= 1024:
        return ["hex", numbers[0]]
    if words[0] == "numbers" and len(words) == 6 and None not in numbers and words[4] in ("distinct", "any") and words[5] in ("sorted", "drawn"):
        count, least, most = numbers
        if 1 <= count <= 40 and least < most and (words[4] == "any" or count <= most - least + 1):
            return ["numbers"] + numbers + words[4:]
    return None


def choose(n, k):
    return math.prod(range(n - k + 1, n + 1)) // math.factorial(k)


def possible_texts(words):
    """How many texts have the form, and how many equally likely ones would leave ballots as even."""
    if words[0] == "hex":
        return 16 ** words[1], 16 ** words[1]
    count, n = words[1], words[3] - words[2] + 1
    if words[4:] != ["any", "sorted"]:
        texts = choose(n, count) if words[4:] == ["distinct", "sorted"] else n ** count if words[4] == "any" else choose(n, count) * math.factorial(count)
        return texts, texts
    # 1 2 is twice as likely as 1 1. Pairs of draws that come to the same text when put in order, value by value:
    # pairs(c, a + b values) = sum over j of choose(c, j)^2 pairs(j, a) pairs(c - j, b); there are as many texts as if 1 / (chance of such a pair).
    def joined(a, b):
        return [sum(choose(c, j) ** 2 * a[j] * b[c - j] for j in range(c + 1)) for c in range(count + 1)]
    pairs, part, left = [1] + [0] * count, [1] * (count + 1), n
    while left:
        pairs, part, left = joined(pairs, part) if left % 2 else pairs, joined(part, part) if left > 1 else part, left // 2
    return choose(n + count - 1, count), n ** (2 * count) // pairs[count]


def has_form(text, words):
    """Whether a text has the form: in ASCII, and in the one way to write it."""
    if words[0] == "hex":
        return re.fullmatch("[0-9a-f]{%d}" % words[1], text) is not None
    numbers = [number_in(word) for word in text.split(" ")]
    return (None not in numbers and len(numbers) == words[1] and words[2] <= min(numbers) and max(numbers) <= words[3]
            and (words[4] == "any" or len(set(numbers)) == len(numbers)) and (words[5] == "drawn" or numbers == sorted(numbers)))


def announced(p):
    """What was announced, its form as words of data, and a sentence about it."""
    said, m = p.stated["draw"], len(p.ballots)
    method, form = said["method"], read_form(said["form"]) if "form" in said else None
    has = [name for name in ("source", "form", "possibleTexts") if name in said]
    if has != {"number": ["source"], "text": ["source", "form", "possibleTexts"], "local": []}[method] or "source" in has and not said["source"].strip():
        raise ValueError("the announcement has members it should not have, or lacks some")
    if method != "text":
        return method, None, "Announced was: %s; a number called out decides." % said["source"] if has else "Nothing was announced but that a machine decides."
    if form is None:
        raise ValueError("the form announced is none")
    texts, even_as = possible_texts(form)
    if said["possibleTexts"] != str(texts) or even_as < 1000 * m:
        raise ValueError("the form announced has %d texts, which is not what is said, or too few for %d ballots" % (texts, m))
    return method, form, "Announced was: %s; in the form \"%s\", which %d texts have, so that a ballot's chance is off by at most %s %% on average." % (
        said["source"], said["form"], texts, "%.3g" % (100 * math.exp((math.log(m) - math.log(even_as)) / 2)))


def draw(p):
    method, form, announcement = announced(p)
    if not os.path.lexists(os.path.join(p.folder, "draw.json")):
        return "-", "There is no draw.json here: nothing has been drawn from these files. " + announcement, []
    record, m = read_json(p.folder, "draw.json"), len(p.ballots)
    by_text = {"number": False, "text": True, "local": True}[record["method"]]
    names = ["format", "root", "ballots", "method", "ballot", "members"] + (["procedure", "text", "digests"] if by_text else [])
    if sorted(record) != sorted(names) or record["format"] != "sortition-draw-record/1" or record.get("procedure", "sortition-draw/1") != "sortition-draw/1":
        yield "draw.json does not have the form it should."
        return ""
    yield from json_differs(p.folder, "draw.json", record)
    root = sha256(content(p.folder, "SHA256SUMS"))
    if record["root"] != root or record["ballots"] != m:
        yield "The draw is from another lottery, with the root %s and %s ballots." % (record["root"], record["ballots"])
    if record["method"] != method:
        yield "Decided by \"%s\", though \"%s\" was announced." % (record["method"], method)
    if by_text:
        if not has_form(record["text"], form or ["hex", 64]):
            yield "The text %s does not have the form announced, \"%s\"." % (ascii(record["text"]), p.stated["draw"].get("form", "hex 64"))
            return ""
        ballot, digests = draw_ballot(record["text"], root, m)
        if (ballot, digests) != (int(record["ballot"]), record["digests"]):
            yield "The text recorded gives ballot %d, not %s, or the digests are others." % (ballot, record["ballot"])
    if record["ballot"] != str(int(record["ballot"])).zfill(len(str(m - 1))) or record["members"] != [i + 1 for i in p.ballots[int(record["ballot"])]]:
        yield "The members recorded are not those of the ballot."
    how = {"number": "by a number called out. That this number was called, those who were there can tell",
           "text": "redone from the text \"%s\"" % record.get("text"),
           "local": "redone from the random text recorded. That the text was the first one made, whoever ran the draw can tell"}
    return "Ballot %s was drawn, %s. %s" % (record["ballot"], how[record["method"]], announcement)


# ---- The report ------------------------------------------------------------------------------------------------------

def show(label, point, left_open=()):
    """Runs a point, prints what came of it, and gives its mark: ok, WRONG, - for not claimed, part for not all checked, ? for not confirmed."""
    faults, found = [], ""
    try:
        while True:
            try:
                faults.append(next(point))
            except StopIteration as end:
                found = end.value
                break
    except UNREADABLE as error:
        faults.append("The files cannot be read as they should (%s: %s)." % (type(error).__name__, error))
    mark, text, details = ("WRONG", "", faults) if faults else found if isinstance(found, tuple) else ("ok", found, [])
    if mark in ("ok", "-") and left_open:
        mark, text, details = "part", text + " NOT CHECKED HERE:", left_open
    print("%-6s %-15s %s" % (mark, label, text))
    for detail in details[:20] + (["and %d more" % (len(details) - 20)] if len(details) > 20 else []):
        print(" " * 23 + "- " + "".join(c if c.isprintable() else "?" for c in str(detail)))
    return mark


def main(arguments):
    root = None
    if len(arguments) == 3 and arguments[1] == "--root":
        root = arguments[2].strip().lower()
    if len(arguments) not in (1, 3) or len(arguments) == 3 and not re.fullmatch("[0-9a-f]{64}", root or "") or not os.path.isdir(arguments[0]):
        print("usage: python3 verify.py FOLDER [--root HASH]", file=sys.stderr)
        return 2
    folder = arguments[0]
    marks = [show("Fingerprints", fingerprints(folder, root))]
    try:
        p = Publication(folder)
    except UNREADABLE as error:
        message = "".join(c if c.isprintable() else "?" for c in "%s: %s" % (type(error).__name__, error))
        print("WRONG  Form            The files cannot be read as a published lottery (%s)." % message[:300])
        marks, p = ["WRONG"], None
    if p is not None:
        for label, point in (("Form", form), ("Round", replacement_round), ("Lottery", lottery), ("Optimality", optimality), ("Ballots", ballots), ("Chances", chances),
                             ("Other solvers", other_solvers), ("Draw", draw)):
            if label == "Round" and "round" not in p.stated:
                continue
            marks.append(show(label, point(p), p.left_open if label == "Optimality" else ()))
    try:
        print("\nRoot: " + sha256(content(folder, "SHA256SUMS")))
    except UNREADABLE:
        print("\nRoot: none")
    exit_code = 4 if "WRONG" in marks else 5 if "?" in marks else 6 if "part" in marks else 0
    left_open = "" if not p or not p.left_open else " NOT CHECKED HERE: %s%s." % (
        "; ".join(p.left_open[:5]), "; and %d more" % (len(p.left_open) - 5) if len(p.left_open) > 5 else "")
    print({0: "Nothing is wrong.", 4: "NOT genuine.", 5: "NOT CONFIRMED: nothing is shown to be wrong, but not everything is as it should be." + left_open,
           6: "Nothing is wrong in what was checked." + left_open}[exit_code])
    return exit_code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:                         # no verdict: never to be taken for one
        print("This script failed: %r" % fault, file=sys.stderr)
        sys.exit(70)

#!/usr/bin/env python3
"""Checks a published lottery without the software that made it. Needs Python 3.8 or later and nothing else.

    python3 verify.py FOLDER [--root HASH] [--solver glpsol|cbc|highs] [--me ID KEY]

What is checked, and why, is told in verify.md. Everything is counted in whole numbers and fractions, but for Nash and Goldilocks,
whose best values can be irrational. Each point is marked ok, WRONG, ? (cannot be told), part (something is left open) or - (not here).
The exit code is 0 if everything was checked and nothing is wrong; 4 if something is wrong; 5 if something cannot be told from a
forgery; 6 if nothing is wrong in what was checked but something could not be checked, which the last line names. Of this script
itself: 2 for a command line that is none, 70 for a fault of the script, 130 if it was stopped.
"""
import hashlib
import hmac
import json
import math
import os
import re
import stat
import subprocess
import sys
import tempfile
import unicodedata
from fractions import Fraction

WHOLE = 2 ** 62                                    # the weights of a lottery's panels add up to this
LARGEST_EPSILON = Fraction(1e-6)                   # what a chance may miss of a leximin vector that no lottery need have
MOST_BYTES, MOST_BYTES_IN_ALL = 2 ** 28, 2 ** 30   # of a file, and of all that are read
MOST_STEPS = 2 * 10 ** 7                           # how long panels are looked for before that is left open
PARTS = ["ballots.csv", "people.csv", "private.json", "publication.json"]
OBJECTIVES = ("leximin", "maximin", "nash", "minimax", "goldilocks", "weighted-leximin")
KINDS = ("panelSize", "quotaMinimum", "quotaMaximum", "householdLimit", "mustBeIn")
UNREADABLE = (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError, MemoryError)


# ---- Reading: each content has one form, byte for byte -----------------------------------------------------------------

class Folder:
    def __init__(self, path):
        self.path, self.contents = path, {}

    def has(self, name):
        return os.path.lexists(os.path.join(self.path, name))

    def content(self, name):
        """The bytes of a file, read once. Pipes, devices and folders are not opened: they may never end."""
        if name not in self.contents:
            path, left = os.path.join(self.path, name), MOST_BYTES_IN_ALL - sum(map(len, self.contents.values()))
            need(stat.S_ISREG(os.stat(path).st_mode), name + " is no file")
            with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
                need(stat.S_ISREG(os.fstat(file.fileno()).st_mode), name + " is no file")
                data = file.read(min(MOST_BYTES, left) + 1)
            need(len(data) <= min(MOST_BYTES, left), name + " is too large")
            self.contents[name] = data
        return self.contents[name]

    def document(self, name, shape):
        """A JSON document: as Python writes it, with the members of the shape in their order. No number has a point or many digits."""
        def natural(text):
            need(len(text) < 11 and 0 <= int(text) < 2 ** 31, name + ": a number is none from 0 to 2147483647")
            return int(text)
        text = self.content(name).decode("utf-8")
        value = json.loads(text, parse_int=natural, parse_float=natural, parse_constant=natural)
        check(value, shape, name)
        need(json.dumps(value, indent=1, ensure_ascii=False) + "\n" == text, name + " is not written in the one form that it has")
        return value

    def table(self, name, headings):
        """The cells of a table of numbers and hashes."""
        lines = self.content(name).decode("ascii").split("\n")
        need(lines[0] == ",".join(headings) and lines[-1] == "", name + " does not have the lines it should")
        rows = [line.split(",") for line in lines[1:-1]]
        need(all(len(row) == len(headings) for row in rows), name + " does not have the cells it should")
        return rows


def need(condition, otherwise):
    if not condition:
        raise ValueError(otherwise)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def number_of(text):
    """A whole number in the one form that it has: digits without a plus sign, spaces or zeros before them."""
    need(isinstance(text, str) and re.fullmatch("0|-?[1-9][0-9]{0,18}", text, re.ASCII) and abs(int(text)) < 2 ** 63, "%.40r is no whole number" % (text,))
    return int(text)


def numbers_of(text):
    return [number_of(word) for word in text.split(" ")] if text else []


def fraction_of(text):
    """A fraction in lowest terms, as a/b; only those that are numbers of 64 bits with a floating point."""
    need(re.fullmatch("[1-9][0-9]{0,330}/[1-9][0-9]{0,330}|0/1", text, re.ASCII), "%.40r is no fraction" % text)
    top, bottom = map(int, text.split("/"))
    need(math.gcd(top, bottom) == 1 and Fraction(float(Fraction(top, bottom))) == Fraction(top, bottom), "%.40r is no fraction" % text)
    return Fraction(top, bottom)


def constraint_of(text):
    """What a constraint is called: its kind, and the number of the quota or household class."""
    words = text.split(" ")
    need(words[0] in KINDS and len(words) in {"panelSize": [1], "mustBeIn": [1], "householdLimit": [1, 2]}.get(words[0], [2]), "%.40r is no constraint" % text)
    return (words[0],) + tuple(number_of(word) for word in words[1:])


# The members of documents, in their order. A question mark says that one may be left out.
NUMBER, TEXT, HASH = 0, "", "64 hexadecimal digits"
QUOTA = {"condition": [{"feature": TEXT, "value": TEXT}], "min": NUMBER, "max": NUMBER}
PUBLICATION = {
    "format": TEXT, "tickets": TEXT, "panelSize": NUMBER, "householdLimit?": NUMBER, "ballots": NUMBER, "people": NUMBER, "smallestGroup?": NUMBER,
    "draw": {"method": TEXT, "source?": TEXT, "form?": TEXT, "possibleTexts?": TEXT},
    "round?": {"panelSize": NUMBER, "staying": NUMBER, "quotas": [{"min": NUMBER, "max": NUMBER, "staying": NUMBER}]},
    "features": [{"name": TEXT, "values": [TEXT]}], "quotas": [QUOTA],
    "types": [{"people": NUMBER, "values": TEXT, "mustBeIn?": True, "entitlement?": TEXT, "householdClass?": NUMBER}], "households?": [NUMBER],
    "panels": [{"weight": TEXT, "seats": TEXT}], "objective": TEXT, "parameter?": TEXT, "status": TEXT, "epsilon?": TEXT,
    "claims": [{"weights": TEXT, "capWeights?": TEXT, "limit": TEXT, "prices": [TEXT]}], "unselectable": [{"type": NUMBER, "reasons": [TEXT]}]}
PRIVATE = {"format": TEXT, "blinding": HASH, "seed": TEXT, "people": [
    {"id": TEXT, "key": HASH, "values": TEXT, "household?": NUMBER, "status?": TEXT, "entitlement?": TEXT, "ballots": TEXT}]}
DRAW = {"format": TEXT, "root": HASH, "method": TEXT, "follows?": HASH, "urn?": TEXT, "text?": TEXT, "digests?": [HASH], "ballot": TEXT, "members": [NUMBER],
        "openings?": [HASH]}
URN = {"format": TEXT, "root": HASH, "number": TEXT}
ANNULMENT = {"format": TEXT, "draw": HASH, "reason": TEXT}


def check(value, shape, where):
    if isinstance(shape, dict):
        need(type(value) is dict and [n.rstrip("?") for n in shape if n[-1] != "?" or n[:-1] in value] == list(value), "%s does not have the members it should" % where)
        for name, inner in shape.items():
            if name.rstrip("?") in value:
                check(value[name.rstrip("?")], inner, "%s, %s" % (where, name.rstrip("?")))
    elif isinstance(shape, list):
        need(type(value) is list, where + " is no list")
        for item in value:
            check(item, shape[0], where)
    else:
        need(type(value) is type(shape) and (shape is not True or value) and (shape != HASH or re.fullmatch("[0-9a-f]{64}", value, re.ASCII)),
             "%s: %.40r cannot stand here" % (where, value))


# ---- What the files say --------------------------------------------------------------------------------------------------

class Publication:
    """The content of a folder, and what can be counted from it at once."""

    def __init__(self, folder, solver):
        self.folder, self.solver, self.steps, self.left_open = folder, solver, MOST_STEPS, []
        self.stated = said = folder.document("publication.json", PUBLICATION)
        need(said["format"] == "sortition-publication/2", "publication.json has a format unknown here")
        self.is_open = {"open": True, "closed": False}[said["tickets"]]
        self.k, self.limit, self.m, self.round = said["panelSize"], said.get("householdLimit"), said["ballots"], said.get("round")
        self.features, self.quotas = said["features"], said["quotas"]
        self.size = [kind["people"] for kind in said["types"]]
        self.values = [numbers_of(kind["values"]) for kind in said["types"]]
        self.is_in = ["mustBeIn" in kind for kind in said["types"]]
        self.entitlement = [fraction_of(kind["entitlement"]) if "entitlement" in kind else Fraction(1) for kind in said["types"]]
        self.class_of = [kind.get("householdClass", -1) for kind in said["types"]]
        self.households = said.get("households", [])
        need(self.k > 0 and self.limit != 0 and 0 < self.m <= 10 ** 6 and ("smallestGroup" in said) == self.is_open and said.get("smallestGroup", 1) > 0
             and 0 < sum(self.size) <= said["people"] and "\0" not in json.dumps(said), "publication.json: a size cannot be so")
        self.check_names()
        self.check_types()
        self.conditions = [{self.feature(term["feature"]): term for term in quota["condition"]} for quota in self.quotas]
        self.counted = [[all(self.features[f]["values"][values[f]] == term["value"] for f, term in condition.items()) for values in self.values]
                        for condition in self.conditions]
        self.panels = []
        for panel in said["panels"]:
            pairs = [tuple(number_of(part) for part in pair.split(":")) for pair in panel["seats"].split(" ")]
            need([t for t, _ in pairs] == sorted({t for t, _ in pairs}) and all(0 <= t < len(self.size) and 0 < s <= self.size[t] for t, s in pairs),
                 "a panel has seats that cannot be")
            self.panels.append((number_of(panel["weight"]), dict(pairs)))
        self.seats = [Fraction(0)] * len(self.size)                                    # expected seats of each type
        for weight, panel in self.panels:
            for t, s in panel.items():
                self.seats[t] += weight * s
        self.seats = [seats / WHOLE for seats in self.seats]
        self.chance = [s / n for s, n in zip(self.seats, self.size)]                   # chance of each of its people
        self.unselectable = {entry["type"]: {constraint_of(reason) for reason in entry["reasons"]} for entry in said["unselectable"]}
        need(list(self.unselectable) == sorted(self.unselectable) and len(self.unselectable) == len(said["unselectable"]), "unselectable is out of order")
        need(all(t < len(self.size) and not self.seats[t] for t in self.unselectable), "somebody is called unable to be chosen who has a chance, or is not there")
        self.covered = [t not in self.unselectable for t in range(len(self.size))]
        self.objective, self.status = said["objective"], said["status"]
        self.gamma = fraction_of(said["parameter"]) if "parameter" in said else None
        self.epsilon = fraction_of(said["epsilon"]) if "epsilon" in said else None
        self.claims = []
        for claim in said["claims"]:
            weights, caps = numbers_of(claim["weights"]), numbers_of(claim.get("capWeights", ""))
            prices = [(constraint_of(price.rsplit(" ", 1)[0]), number_of(price.rsplit(" ", 1)[-1])) for price in claim["prices"]]
            self.claims.append((weights, caps, number_of(claim["limit"]), prices))
        self.tags, self.type_of, self.ballots = None, [None] * said["people"], None
        rows = folder.table("people.csv", ["tag", "type"] if self.is_open else ["tag"])
        self.tags = [row[0] for row in rows]
        need(len(rows) == said["people"] and all(re.fullmatch("[0-9a-f]{64}", tag) for tag in self.tags) and self.tags == sorted(set(self.tags)),
             "people.csv: a tag is malformed, there twice or out of order, or somebody is missing")
        rows = folder.table("ballots.csv", ["ballot"] + ["%s %d" % ("member" if self.is_open else "ticket", j + 1) for j in range(self.k)])
        need([row[0] for row in rows] == [self.number(b) for b in range(self.m)], "ballots.csv: ballots are missing or out of order")
        self.cells = [row[1:] for row in rows]
        if self.is_open:
            self.type_of = [number_of(row[1]) - 1 if row[1] else None for row in folder.table("people.csv", ["tag", "type"])]
            need(all(t is None or 0 <= t < len(self.size) for t in self.type_of), "people.csv: somebody is said to be of a type that there is not")
            self.ballots = [[number_of(cell) - 1 for cell in row] for row in self.cells]
            need(all(0 <= i < len(self.tags) for ballot in self.ballots for i in ballot), "ballots.csv: somebody is on a ballot who is not there")
        self.private = folder.document("private.json", PRIVATE) if folder.has("private.json") else None

    def number(self, ballot):
        return str(ballot).zfill(len(str(self.m - 1)))

    def feature(self, name):
        return [feature["name"] for feature in self.features].index(name)

    def check_names(self):
        names = [feature["name"] for feature in self.features]
        lists = [names] + [feature["values"] for feature in self.features]
        need(all(name == " ".join(unicodedata.normalize("NFC", name).split()) and name and not any(is_invisible(c) for c in name) for some in lists for name in some),
             "a feature or value is blank, or not written as it should be")
        need(all(len({spelling(name) for name in some}) == len(some) for some in lists), "a feature or value is there twice")
        terms = [tuple((term["feature"], term["value"]) for term in quota["condition"]) for quota in self.quotas]
        need(len({frozenset(condition) for condition in terms}) == len(terms), "there are two quotas on the same people")
        for quota, condition in zip(self.quotas, terms):
            need(condition and len(dict(condition)) == len(condition) and quota["min"] <= quota["max"], "a quota cannot be so")
            need(all(value in self.features[names.index(feature)]["values"] for feature, value in condition), "a quota is about a value that there is not")

    def check_types(self):
        """That types are numbered as verify.md says, and that their people can live in the households that there are said to be."""
        order = sorted(range(len(self.features)), key=lambda f: in_order(self.features[f]["name"]))
        need(all(n > 0 for n in self.size + self.households) and ("households" in self.stated) == bool(self.households), "a number of people or households is 0")
        need(all(len(values) == len(order) and all(0 <= v < len(self.features[f]["values"]) for f, v in enumerate(values)) for values in self.values),
             "a type has a value that is none of the feature")
        need(all(1e-6 <= e <= 1e6 and ("entitlement" in kind) == (e != 1) for e, kind in zip(self.entitlement, self.stated["types"])), "an entitlement cannot be so")
        kinds = [(tuple(in_order(self.features[f]["values"][values[f]]) for f in order), is_in, e) for values, is_in, e in zip(self.values, self.is_in, self.entitlement)]
        need(list(zip(kinds, self.class_of)) == sorted(set(zip(kinds, self.class_of))), "the types are out of order, or one is there twice")
        rank, keys = {kind: r for r, kind in enumerate(sorted(set(kinds)))}, []
        for c, homes in enumerate(self.households):
            types = [t for t, other in enumerate(self.class_of) if other == c]
            need(self.limit and all(self.size[t] % homes == 0 for t in types) and sum(self.size[t] for t in types) // homes > self.limit, "a class of households cannot be so")
            keys.append(",".join(str(rank[kinds[t]]) for t in types for _ in range(self.size[t] // homes)))
        need(keys == sorted(set(keys)) and all(-1 <= c < len(keys) for c in self.class_of), "the classes of households are out of order")

    def rows(self):
        """The constraints, as (name, types that count, least, most)."""
        everybody = range(len(self.size))
        yield ("panelSize",), set(everybody), self.k, self.k
        for q, quota in enumerate(self.quotas):
            yield ("quota", q), {t for t in everybody if self.counted[q][t]}, quota["min"], quota["max"]
        for c, homes in enumerate(self.households):
            yield ("householdLimit", c), {t for t in everybody if self.class_of[t] == c}, None, self.limit * homes


def is_invisible(c):
    return unicodedata.category(c) == "Cf" or c in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800" or "\u180b" <= c <= "\u180f" or "\ufe00" <= c <= "\ufe0f" \
        or "\U000e0100" <= c <= "\U000e01ef"


def spelling(name):
    """What all spellings of a name have in common: letters of either case, with marks or as one sign, any dash, any apostrophe."""
    name = re.sub("[`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032]", "'", name)
    name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).upper()).replace("\u1e9e", "SS").replace("\u0131", "I").replace("I\u0307", "I")
    return "".join("-" if unicodedata.category(c) == "Pd" or c in "\u2212\u02d7\u2043" else c for c in name)


def in_order(text):
    """The order of names and ids: by UTF-16 code units."""
    return text.encode("utf-16-be")


# ---- The points. Each yields what is wrong, and returns what was found: a text, or a mark, a text and details ----------

def fingerprints(folder, announced):
    data = folder.content("SHA256SUMS")
    if announced and announced != sha256(data):
        yield "The root of these files is %s, not the one announced." % sha256(data)
    lines = [re.fullmatch("([0-9a-f]{64})  (.+)", line) for line in data.decode("ascii").split("\n")[:-1]]
    if not data.endswith(b"\n") or None in lines or [line.group(2) for line in lines] != PARTS:
        yield "SHA256SUMS is not in the form it should have."
        return ""
    is_public = not folder.has("private.json")
    for line in lines:
        if line.group(2) in PARTS and not (is_public and line.group(2) == "private.json") and sha256(folder.content(line.group(2))) != line.group(1):
            crlf = " Every line ends in CR LF: it was converted on its way." if folder.content(line.group(2)).count(b"\r\n") == folder.content(line.group(2)).count(b"\n") else ""
            yield line.group(2) + " was changed." + crlf
    return "All files have the SHA-256 that SHA256SUMS says%s. %s" % (
        ", but for private.json, which auditors have" if is_public else "",
        "The root is the one announced." if announced else "The root was not given, so it was not compared with what was announced.")


def form(p):
    yield from ()
    return "%d people of %d types, %d quotas, %d ballots of %d; every file has the one form that it may have." % (
        len(p.tags), len(p.size), len(p.quotas), p.m, p.k)


def replacement_round(p):
    """That the quotas of the open seats are those of the whole panel less the members who stay, and that the counts of these fit each other."""
    size, staying, whole = p.round["panelSize"], p.round["staying"], p.round["quotas"]
    conditions = [[(term["feature"], term["value"]) for term in quota["condition"]] for quota in p.quotas]
    of_value = {condition[0]: quota["staying"] for quota, condition in zip(whole, conditions) if len(condition) == 1}
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
    for feature in p.features:                         # everybody has one value of it
        counts = [quota["staying"] for quota, condition in zip(whole, conditions) if [name for name, _ in condition] == [feature["name"]]]
        if sum(counts) > staying or len(counts) == len(feature["values"]) and sum(counts) != staying:
            yield "Those who stay do not add up over the values of a feature."
    for quota in p.quotas[len(whole):]:                # how many seats are left to the household of somebody who stays
        names = {term["feature"] for term in quota["condition"]}
        if names != {p.features[-1]["name"]} or any(name in names for condition in conditions[:len(whole)] for name, _ in condition) or quota["min"] \
                or len(quota["condition"]) != 1 or not 1 <= quota["max"] < (p.limit or 0):
            yield "The whole panel lacks a quota of the open seats that is none on a household."
    return "This lottery fills %d of %d seats; %d members stay. Its quotas are the %d of the whole panel less those who stay." % (p.k, size, staying, len(whole))


def lottery(p):
    rows = list(p.rows())
    if sum(weight for weight, _ in p.panels) != WHOLE or any(weight < 1 for weight, _ in p.panels):
        yield "The weights of the panels do not add up to 2^62."
    for number, (_, panel) in enumerate(p.panels, 1):
        if any(p.is_in[t] and panel.get(t) != n for t, n in enumerate(p.size)):
            yield "Panel %d lacks somebody who must be in." % number
        for name, types, least, most in rows:
            if not (least or 0) <= sum(s for t, s in panel.items() if t in types) <= most:
                yield "Panel %d breaks the rule %s." % (number, " ".join(map(str, name)))
    return "All %d panels of the lottery meet every rule by count, and their probabilities add up to 1 exactly." % len(p.panels)


def optimality(p):
    """First who can be on a panel at all, then every claim's limit, then what follows for the objective (algorithms.md, "How a claim bounds an objective")."""
    is_proven = {"provenOptimal": True, "epsilonLeximin": True, "notProven": False}[p.status]
    is_known, in_turn = p.objective in OBJECTIVES, "leximin" in p.objective
    need(re.fullmatch("[!-~]([ -~]{0,98}[!-~])?", p.objective), "the objective is no name in ASCII")
    need((p.epsilon is not None) == (p.status == "epsilonLeximin") and (p.epsilon is None or p.epsilon <= LARGEST_EPSILON and (in_turn or not is_known)), "epsilon cannot be so")
    need(not is_known or (p.gamma is not None) == (p.objective == "goldilocks") and 1e-3 <= (p.gamma or 1) <= 1e6, "the parameter cannot be so")
    need(any(p.covered), "the certificate is about nobody")
    if is_known and not in_turn and (is_proven or p.claims) and len(p.claims) != 1:
        yield "There must be one claim."
        return ""
    if is_proven or p.claims or p.unselectable:        # a computation may have been cut short before it was known who can be on a panel
        yield from coverage(p)
    if p.claims and p.objective == "goldilocks" and not all(seats for seats, is_covered in zip(p.seats, p.covered) if is_covered):
        yield "Somebody who counts has no chance, so that nothing can be claimed of a ratio to it."
    takes_off = p.objective in ("minimax", "goldilocks") or not is_known and any(caps for _, caps, _, _ in p.claims)
    for number, (weights, caps, limit, prices) in enumerate(p.claims, 1):
        need(len(weights) == len(p.size) and len(caps) == (len(p.size) if takes_off else 0) and min(weights + caps) >= 0
             and sum(w * m for part in (weights, caps) for w, m in zip(part, p.size)) <= 2 ** 61, "claim %d does not have the weights it should" % number)
        yield from check_limit(p, number, [w - c for w, c in zip(weights, caps or [0] * len(weights))], limit, prices)
    if not is_known:
        p.left_open.append("whether the lottery is the best by %s" % p.objective)
        return "part", "Whether the lottery is the best by %s was not checked: that objective is not known here." % p.objective, []
    if not is_proven:
        return "-", "That the lottery is %s is not claimed." % p.objective, []
    yield from leximin_stages(p) if in_turn else one_claim(p)
    best = "No lottery is better by %s" if p.epsilon is None else "Nobody's chance is further than epsilon from the best by %s"
    return (best + ": %d claim(s), of which %d by adding up prices in whole numbers.") % (p.objective, len(p.claims), sum(bool(claim[3]) for claim in p.claims))


def coverage(p):
    """That those listed, and only they, can be on no panel: each for the constraints given, which must exclude them without any others."""
    for t, reasons in p.unselectable.items():
        rows = {row[0] for row in p.rows()} | {("mustBeIn",)}
        if any((("quota",) + reason[1:] if "quota" in reason[0] else reason) not in rows for reason in reasons):
            yield "Type %d is said to be excluded by a constraint that there is not." % (t + 1)
            continue
        found = some_panel(p, {t: 1}, 1, reasons)
        if found is None:
            p.left_open.append("that people of type %d can be on no panel" % (t + 1))
        elif found:
            yield "People of type %d are listed as unable to be chosen, but the constraints named do not exclude them." % (t + 1)
    for t, is_covered in enumerate(p.covered):
        if is_covered and p.seats[t] == 0:
            found = some_panel(p, {t: 1}, 1)
            if found is None:
                p.left_open.append("that people of type %d, who have no chance, can be on a panel" % (t + 1))
            elif not found:
                yield "People of type %d can be on no panel, and are not listed as that." % (t + 1)


def check_limit(p, number, net, limit, prices):
    """That no panel weighs more than a claim's limit: by the prices if there are some, otherwise by looking for one."""
    if prices:
        beyond, total, rows = list(net), 0, {row[0]: row[1:] for row in p.rows()}
        need(len({price[0] for price in prices}) == len(prices), "a price is there twice")
        for name, price in prices:
            need(price > 0 if name[0] in ("quotaMaximum", "householdLimit") else price < 0 if name[0] == "quotaMinimum" else price != 0 and name[0] == "panelSize",
                 "a price has the wrong sign")
            types, least, most = rows[("quota",) + name[1:] if "quota" in name[0] else name]
            total += price * (most if price > 0 else least)
            for t in types:
                beyond[t] -= price
        if total + sum(b * (p.size[t] if b > 0 or p.is_in[t] else 0) for t, b in enumerate(beyond) if p.covered[t]) > limit:
            yield "Claim %d: its prices do not prove its limit %d." % (number, limit)
    elif max(sum(net[t] * s for t, s in panel.items()) for _, panel in p.panels) > limit:
        yield "Claim %d: a panel of the lottery itself weighs more than %d." % (number, limit)
    elif sum(w * m for w, m in zip(net, p.size) if w > 0) > limit:
        found = some_panel(p, {t: w for t, w in enumerate(net) if w}, limit + 1)
        if found is None:
            p.left_open.append("the limit of claim %d" % number)
        elif found:
            yield "Claim %d: a panel weighs more than %d." % (number, limit)


def some_panel(p, weights, least_weight, reasons=None):
    """Whether some panel weighs so much and obeys the constraints, or those of them that are named: True, False, or None if that took too long.
    What a row leaves each type is narrowed until nothing changes; then the seats of a type are split into two halves."""
    def holds(*name):
        return reasons is None or name in reasons
    rows = [(weights, least_weight, None)]
    for name, types, least, most in p.rows():
        is_least, is_most = [holds(kind, name[1]) for kind in ("quotaMinimum", "quotaMaximum")] if name[0] == "quota" else [holds(*name)] * 2
        rows.append((dict.fromkeys(types, 1), least if is_least else None, most if is_most else None))
    fixed = [n if p.is_in[t] and holds("mustBeIn") else 0 for t, n in enumerate(p.size)]
    if p.solver:
        return p.solver(rows, fixed, p.size)
    stack = [(fixed, list(p.size))]
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
            for sign, bound in ((1, most), (-1, None if least is None else -least)):       # sign * row <= bound
                if bound is None:
                    continue
                room = bound - sum(sign * w * (low[t] if sign * w > 0 else high[t]) for t, w in weights.items())
                if room < 0:
                    return False
                for t, w in weights.items():
                    if abs(w) * (high[t] - low[t]) > room:
                        changed = True
                        low[t], high[t] = (low[t], low[t] + room // abs(w)) if sign * w > 0 else (high[t] - room // abs(w), high[t])
    return True


def solver_of(name):
    """A solver for integer programs that is asked whether a panel as described exists. It reckons in floating-point numbers, so large weights are not asked for."""
    def ask(rows, low, high):
        if any(abs(number) > 2 ** 40 for weights, least, most in rows for number in list(weights.values()) + [least or 0, most or 0]):
            return None
        lines = ["NAME panel", "ROWS", " N none"]
        sides = [(r, kind, weights, bound) for r, (weights, least, most) in enumerate(rows) for kind, bound in (("G", least), ("L", most)) if bound is not None]
        lines += [" %s %s%d" % (kind, kind, r) for r, kind, _, _ in sides] + ["COLUMNS", " M1 'MARKER' 'INTORG'"]
        for t in range(len(low)):
            lines += [" x%d none 0" % t] + [" x%d %s%d %d" % (t, kind, r, weights[t]) for r, kind, weights, _ in sides if t in weights]
        lines += [" M2 'MARKER' 'INTEND'", "RHS"] + [" RHS %s%d %d" % (kind, r, bound) for r, kind, _, bound in sides] + ["BOUNDS"]
        lines += [" %s BND x%d %d" % (kind, t, bound) for t in range(len(low)) for kind, bound in (("LO", low[t]), ("UP", high[t]))] + ["ENDATA", ""]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "panel.mps")
            with open(path, "w", encoding="ascii") as file:
                file.write("\n".join(lines))
            command = {"glpsol": ["glpsol", "--freemps", path], "cbc": ["cbc", path, "solve"], "highs": ["highs", path]}[name]
            said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, check=False).stdout.decode("utf-8", "replace")
        if re.search("NO (PRIMAL|INTEGER)? ?FEASIBLE SOLUTION|Problem (is|proven) infeasible|Status +Infeasible", said):
            return False
        return True if re.search("INTEGER OPTIMAL SOLUTION FOUND|Result - Optimal solution found|Status +Optimal", said) else None
    return ask


def rounding(p):
    """How far a chance may be from a fraction that it is to be: one unit of 2^-62 for each panel, whose weight was rounded."""
    return Fraction(len(p.panels), WHOLE)


def one_claim(p):
    """What one claim bounds, the lottery reaches: a fraction but for the rounding; what can be irrational, to a relative 1e-7."""
    weights, caps, limit, _ = p.claims[0]
    people = [n if is_covered else 0 for n, is_covered in zip(p.size, p.covered)]
    n, counted = sum(people), [t for t, m in enumerate(people) if m]
    total, total_caps = (sum(w * m for w, m in zip(part, people)) for part in (weights, caps))
    lowest, highest, mean = min(p.chance[t] for t in counted), max(p.chance[t] for t in counted), Fraction(p.k, n)

    def geometric(numbers):                            # the geometric mean over people
        return math.exp(sum(people[t] * math.log(numbers[t]) for t in counted) / n) if all(numbers[t] > 0 for t in counted) else 0.0
    if p.objective == "maximin":
        is_reached = abs(lowest - min(Fraction(1), Fraction(limit, total))) <= rounding(p)
    elif p.objective == "minimax":
        is_reached = abs(highest - Fraction(-limit, total_caps)) <= rounding(p)
    elif p.objective == "nash":
        is_reached = geometric(p.chance) * (1 + 1e-7) >= limit / n / geometric(weights)
    else:
        value = float(highest / mean + p.gamma * mean / lowest)
        is_reached = value <= (float(-limit / mean / total_caps) + 2 * math.sqrt(p.gamma * Fraction(total, total_caps))) * (1 + 1e-7)
    if not is_reached:
        yield "The claim leaves a better lottery possible."


def leximin_stages(p):
    """Each claim settles those whom it weighs and no earlier one did, with the fraction that its limit leaves them; nobody settled later may have less.
    Everybody must have these fractions: but for rounding, or, where an epsilon is stated, but for that."""
    everyone, sure = range(len(p.size)), rounding(p) if p.epsilon is None else LARGEST_EPSILON
    entitlement = p.entitlement if p.objective == "weighted-leximin" else [Fraction(1)] * len(p.size)
    full = [p.covered[t] and abs(p.chance[t] - 1) <= sure for t in everyone]                        # sure of a seat
    is_open = [p.covered[t] and not full[t] for t in everyone]
    chance = [Fraction(int(full[t])) for t in everyone]                                             # by the claims, exactly
    highest = 0
    for number, (weights, _, limit, _) in enumerate(p.claims, 1):
        settled = [t for t in everyone if is_open[t] and weights[t] > 0]
        if not settled:
            yield "Claim %d settles nobody." % number
            continue
        left = limit - sum(weights[t] * p.size[t] * chance[t] for t in everyone if p.covered[t] and t not in settled)
        exact = left / sum(weights[t] * p.size[t] * entitlement[t] for t in settled)
        if exact < highest or any(full[t] and w and exact * entitlement[t] < 1 for t, w in enumerate(weights)):
            yield "Claim %d is out of order: somebody settled later has less." % number
        for t in settled:
            is_open[t], chance[t] = False, exact * entitlement[t]
        if any(abs(p.chance[t] - chance[t]) > (rounding(p) if p.epsilon is None else p.epsilon) for t in settled):
            yield "Claim %d: those whom it settles do not have what it leaves them." % number
        highest = exact
    if any(is_open):
        yield "%d types are settled by no claim." % sum(is_open)
    if p.epsilon is not None and any(abs(p.chance[t] - 1) > p.epsilon for t in everyone if full[t]):
        yield "Somebody who is to be sure of a seat is further from it than epsilon."


def private(p):
    """That everything public follows from what auditors have: everybody's id, key, features, household and ballots."""
    people, ids = p.private["people"], [in_order(person["id"]) for person in p.private["people"]]
    need(p.private["format"] == "sortition-private/2" and len(people) == len(p.tags), "private.json has a format unknown here, or other people")
    need(ids == sorted(set(ids)) and all(person["id"].strip() for person in people), "private.json: an id is blank, there twice or out of order")
    need(all(person.get("status", "mustBeIn") in ("mustBeIn", "mustBeOut") for person in people), "private.json: a status cannot be so")
    homes, type_of, order = {}, {}, sorted(range(len(p.features)), key=lambda f: in_order(p.features[f]["name"]))
    values = [numbers_of(person["values"]) for person in people]
    need(all(len(own) == len(order) and all(0 <= v < len(p.features[f]["values"]) for f, v in enumerate(own)) for own in values), "private.json: a value is none of the feature")
    kind = [(tuple(own), person.get("status") == "mustBeIn", fraction_of(person["entitlement"]) if "entitlement" in person else Fraction(1)) for own, person in zip(values, people)]
    for i, person in enumerate(people):
        if person.get("status") != "mustBeOut" and "household" in person:
            homes.setdefault(person["household"], []).append(i)
    class_of = {}
    of_members = {tuple(sorted([((tuple(p.values[t]), p.is_in[t], p.entitlement[t])) for t, c in enumerate(p.class_of) if c == number for _ in range(p.size[t] // count)])): number
                  for number, count in enumerate(p.households)}
    for members in homes.values():
        if p.limit is not None and len(members) > p.limit:                             # only these can break the rule
            class_of.update(dict.fromkeys(members, of_members.get(tuple(sorted(kind[i] for i in members)), -2)))
    types = {(tuple(p.values[t]), p.is_in[t], p.entitlement[t], p.class_of[t]): t for t in range(len(p.size))}
    type_of = [None if person.get("status") == "mustBeOut" else types.get(kind[i] + (class_of.get(i, -1),), -1) for i, person in enumerate(people)]
    if [type_of.count(t) for t in range(len(p.size))] != p.size or -1 in type_of:
        yield "The types are not those of the people."
        return ""
    if p.private["blinding"] != sha256(("sortition-blinding/2\n" + "".join(person["key"] + "\n" for person in people)).encode("ascii")):
        yield "private.json: the blinding is not that of the keys."
    salts = [hmac.new(bytes.fromhex(person["key"]), b"tag", hashlib.sha256).hexdigest() for person in people]
    tags = [sha256(("%s:%s" % (salt, person["id"])).encode("utf-8")) for salt, person in zip(salts, people)]
    if sorted(tags) != p.tags:
        yield "people.csv does not have the tags of these people."
        return ""
    on, place = [[] for _ in range(p.m)], {tag: i for i, tag in enumerate(p.tags)}
    for i, person in enumerate(people):
        own = numbers_of(person["ballots"])
        need(own == sorted(set(own)) and all(0 <= b < p.m for b in own), "private.json: somebody is on a ballot that there is not, or twice")
        for b in own:
            on[b].append(i)
    cells = [[str(n) for n in sorted(place[tags[i]] + 1 for i in on[b])] if p.is_open else sorted(leaf(b, tags[i], ticket(people[i]["key"], b)) for i in on[b]) for b in range(p.m)]
    if cells != p.cells:
        yield "ballots.csv does not have the %s of these people." % ("numbers" if p.is_open else "tickets")
    told = {place[tag]: t for tag, t in zip(tags, type_of)}
    if p.is_open and any(p.type_of[i] != (t if t is not None and p.size[t] >= p.stated["smallestGroup"] else None) for i, t in told.items()):
        yield "people.csv says of somebody a type that is not theirs, or not what it should."
    p.type_of = [told[i] for i in range(len(told))]                                    # from here on everybody's is known
    p.ballots = [sorted(place[tags[i]] for i in members) for members in on]
    must_in = {i for i, person in enumerate(people) if person.get("status") == "mustBeIn"}
    for b, members in enumerate(on):
        lived = [people[i]["household"] for i in members if "household" in people[i]]
        if p.limit is not None and any(lived.count(home) > p.limit for home in set(lived)):
            yield "Ballot %s breaks the household rule." % p.number(b)
        if not must_in <= set(members) or any(type_of[i] is None for i in members):
            yield "Ballot %s has somebody who must be out, or lacks somebody who must be in." % p.number(b)
    return "All that is public follows from private.json: everybody's tag and type, and who is on which ballot. Households are as the rule says."


def ticket(key, b):
    return hmac.new(bytes.fromhex(key), b"sortition-ticket/2\n%d" % b, hashlib.sha256).hexdigest()


def leaf(b, tag, opening):
    return sha256(("sortition-leaf/2\n%d\n%s\n%s" % (b, tag, opening)).encode("ascii"))


def ballots(p):
    if p.ballots is None:
        tickets = [cell for row in p.cells for cell in row]
        if any(row != sorted(row) for row in p.cells) or not all(re.fullmatch("[0-9a-f]{64}", cell) for cell in tickets) or len(set(tickets)) < len(tickets):
            yield "ballots.csv: a ticket is malformed, there twice or out of order."
        p.left_open.append("who is on which ballot, and that ballots meet the quotas and give everybody their chance: auditors can, and each person their own")
        return "part", "All %d ballots have %d tickets, no two of them the same." % (p.m, p.k), []
    for b, ballot in enumerate(p.ballots):
        if any(x >= y for x, y in zip(ballot, ballot[1:])) or len(ballot) != p.k:
            yield "Ballot %s: there are not %d different members in ascending order." % (p.number(b), p.k)
        for quota, counted in zip(p.quotas, p.counted):
            told = [counted[p.type_of[i]] for i in ballot if p.type_of[i] is not None]
            if sum(told) > quota["max"] or sum(told) + len(ballot) - len(told) < quota["min"]:
                yield "Ballot %s does not meet a quota." % p.number(b)
    return "All %d ballots have %d different people%s." % (
        p.m, p.k, " who meet every quota" if p.private else " who leave every quota within reach, as far as features are told; the rest, and households, is for auditors")


def chances(p):
    if p.ballots is None:
        yield from ()
        return "-", "Everybody can count their own tickets (--me); auditors can count everybody's.", []
    times = [0] * len(p.tags)
    for ballot in p.ballots:
        for i in ballot:
            times[i] += 1
    told, hidden, never = [], [], len(p.tags) - sum(p.size) + sum(n for n, is_covered in zip(p.size, p.covered) if not is_covered)
    smallest = 0 if p.private else p.stated["smallestGroup"]
    for t, n in enumerate(p.size):
        if p.type_of.count(t) != (n if n >= smallest else 0):
            yield "people.csv: not as many people as should are said to be of type %d." % (t + 1)
        never -= n if not p.covered[t] and n >= smallest else 0
    for i, t in enumerate(p.type_of):
        if t is None:
            hidden.append(times[i])
        elif p.covered[t]:
            told.append((times[i], p.chance[t], "Person %d" % (i + 1)))
        elif times[i]:
            yield "Person %d is on a ballot, though people of type %d can be on no panel." % (i + 1, t + 1)
    # Whoever's type is not told: most ballots to the highest ideal chance, and so on. No other matching has a smaller largest distance.
    ideals = sorted(p.chance[t] for t, n in enumerate(p.size) for _ in range(n) if n < smallest and p.covered[t])
    hidden.sort()
    if len(hidden) - len(ideals) != never or any(hidden[:never]):
        yield "Of the people whose type is not told, fewer are on no ballot than can be on no panel."
        return ""
    told += [(n, ideal, "Somebody whose type is not told") for n, ideal in zip(hidden[never:], ideals)]
    # Each of the lottery's panels has a weight that was rounded to 2^-62.
    off = sorted(((abs(n - p.m * ideal), n, who) for n, ideal, who in told if abs(n - p.m * ideal) + p.m * rounding(p) >= 1), key=lambda entry: -entry[0])
    counted = "Counted: everybody is on %d to %d of %d ballots" % (min(n for n, _, _ in told), max(n for n, _, _ in told), p.m)
    matched = ", if those whose type is not told are matched as well as can be" if None in p.type_of and not p.private else ""
    if not off:
        return counted + ", less than one from the ideal%s." % matched
    return "?", "%s; but %d people are one ballot or more from the ideal, by %.3f to %.3f%s. %s" % (
        counted, len(off), off[-1][0], off[0][0], matched,
        "With some numbers of ballots that cannot be avoided, but a favour would look the same."), ["%s: %d ballots, %.3f from the ideal." % (who, n, d) for d, n, who in off]


# ---- The draw ------------------------------------------------------------------------------------------------------------

def draw_ballot(text, root, m):
    """The procedure sortition-draw/1."""
    digests = []
    while True:
        message = "sortition-draw/1\n%s\n%d\n%d" % (root, m, len(digests))
        digests.append(hmac.new(text.encode("utf-8"), message.encode("ascii"), hashlib.sha256).hexdigest())
        number = int(digests[-1][:16], 16)
        if number < 2 ** 64 - 2 ** 64 % m:
            return number % m, digests


def read_form(form):
    """The words of the form of a text, its numbers as numbers."""
    words = form.split(" ")
    numbers = [number_of(word) for word in words[1:4]]
    need(all(0 <= number < 10 ** 9 for number in numbers), "the form announced is none")
    if words[0] == "hex":
        need(len(words) == 2 and 1 <= numbers[0] <= 1024, "the form announced is none")
        return ["hex", numbers[0]]
    need(words[0] == "numbers" and len(words) == 6 and words[4] in ("distinct", "any") and words[5] in ("sorted", "drawn") and 1 <= numbers[0] <= 40
         and numbers[1] < numbers[2] and (words[4] == "any" or numbers[0] <= numbers[2] - numbers[1] + 1), "the form announced is none")
    return ["numbers"] + numbers + words[4:]


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
    if not all(re.fullmatch("0|[1-9][0-9]{0,8}", word, re.ASCII) for word in text.split(" ")):
        return False
    numbers = [int(word) for word in text.split(" ")]
    return (len(numbers) == words[1] and words[2] <= min(numbers) and max(numbers) <= words[3]
            and (words[4] == "any" or len(set(numbers)) == len(numbers)) and (words[5] == "drawn" or numbers == sorted(numbers)))


def announced(p):
    """The form of the text that decides as data, and a sentence about what was announced."""
    said = p.stated["draw"]
    has = [name for name in ("source", "form", "possibleTexts") if name in said]
    by_text = said["method"] in ("text", "both")
    need(has == {"number": ["source"], "text": ["source", "form", "possibleTexts"], "both": ["source", "form", "possibleTexts"], "local": []}[said["method"]]
         and (not has or said["source"].strip()), "the announcement has members it should not have, or lacks some")
    if not by_text:
        return ["hex", 64], "Announced was: %s; a number called out decides." % said["source"] if has else "Nothing was announced but that a machine decides."
    form = read_form(said["form"])
    texts, even_as = possible_texts(form)
    need(said["possibleTexts"] == str(texts) and even_as >= 1000 * p.m, "the form announced has %d texts, which is not what is said, or too few for %d ballots" % (texts, p.m))
    return form, "Announced was: %s%s; in the form \"%s\", which %d texts have, so that a ballot's chance is off by at most %.3g %% on average." % (
        said["source"], " and then a text, added to a number called out before" if said["method"] == "both" else "", said["form"], texts,
        100 * math.exp((math.log(p.m) - math.log(even_as)) / 2))


def draw(p):
    """The draw, and those before it that were annulled: each record names the one before it by its hash."""
    form, announcement = announced(p)
    folder, annulled, follows, last, expected = p.folder, [], None, None, set()
    for d in range(1, 2 ** 31):
        name, annulment, urn = ["%s%s.json" % (word, "" if d == 1 and word != "annulment" else "-%d" % d) for word in ("draw", "annulment", "urn")]
        expected |= {name, urn}
        called = folder.document(urn, URN) if folder.has(urn) else None
        need(called is None or called["format"] == "sortition-urn/1" and called["root"] == sha256(folder.content("SHA256SUMS")), urn + " is about another lottery")
        if not folder.has(name):
            last = None
            break
        last = folder.document(name, DRAW)
        expected.add(annulment)
        yield from redo(p, last, form, follows, called, name)
        if not folder.has(annulment):
            break
        record = folder.document(annulment, ANNULMENT)
        need(record["format"] == "sortition-annulment/1" and record["draw"] == sha256(folder.content(name)) and record["reason"].strip(), annulment + " is about another draw")
        annulled.append("Draw %d, of ballot %s, was annulled: %s" % (d, last["ballot"], record["reason"]))
        follows = sha256(folder.content(annulment))
    if any(re.fullmatch(r"(draw|urn|annulment)(-[0-9]+)?\.json", name) and name not in expected for name in os.listdir(folder.path)):
        yield "There is a record of a draw that follows none of the others."
    if last is None:
        found = "There is no %s here: nothing has been drawn from these files. %s" % (name, announcement)
    else:
        found = "Ballot %s was drawn, %s. %s" % (last["ballot"], {
            "number": "by a number called out. That this number was called, those who were there can tell",
            "text": "redone from the text \"%s\"" % last.get("text"),
            "both": "redone from the number called out, %s, and the text \"%s\". That the number was called before the text was known, those who were there can tell" % (
                last.get("urn"), last.get("text")),
            "local": "redone from the random text recorded. That the text was the first one made, whoever ran the draw can tell"}[last["method"]], announcement)
    if annulled:
        return "?", found + " A draw was annulled; whether rightly, nobody can tell from these files.", annulled
    return found if last else ("-", found, [])


def redo(p, record, form, follows, called, name):
    """That a recorded draw is from this lottery, was decided as announced, and came out as recorded."""
    root, method = sha256(p.folder.content("SHA256SUMS")), record["method"]
    if record["format"] != "sortition-draw-record/2" or record["root"] != root or record.get("follows") != follows:
        yield name + " is of another lottery, or does not follow the draw that was annulled."
    if method != p.stated["draw"]["method"]:
        yield "%s: decided by \"%s\", though \"%s\" was announced." % (name, method, p.stated["draw"]["method"])
        return
    by_text, by_urn = method != "number", method == "both"
    if (("text" in record), ("digests" in record), ("urn" in record), ("openings" in record)) != (by_text, by_text, by_urn, not p.is_open):
        yield name + " has members it should not have, or lacks some."
        return
    need(re.fullmatch("[0-9]+", record["ballot"], re.ASCII) and len(record["ballot"]) < 8, name + ": the ballot is no number")
    b = int(record["ballot"])
    if record["ballot"] != p.number(b) or b >= p.m:
        yield "%s: there is no ballot %s." % (name, record["ballot"])
        return
    if (called or {}).get("number") != record.get("urn") or by_urn and record["urn"] not in map(p.number, range(p.m)):
        yield name + ": the number called out is not the one that was recorded before the text, or no number of a ballot."
        return
    urn = int(record["urn"]) if by_urn else 0
    if by_text:
        if not has_form(record["text"], form):
            yield "The text %s does not have the form announced, \"%s\"." % (ascii(record["text"]), p.stated["draw"].get("form", "hex 64"))
            return
        number, digests = draw_ballot(record["text"], root, p.m)
        if ((urn + number) % p.m, digests) != (b, record["digests"]):
            yield "The text recorded gives ballot %s, not %s, or the digests are others." % (p.number((urn + number) % p.m), record["ballot"])
    members = record["members"]
    need(members == sorted(set(members)) and len(members) == p.k and 1 <= members[0] and members[-1] <= len(p.tags), name + ": the members are none")
    if p.is_open and [str(number) for number in members] != p.cells[b] or not p.is_open and (
            len(record["openings"]) != p.k or sorted(leaf(b, p.tags[i - 1], s) for i, s in zip(members, record["openings"])) != p.cells[b]):
        yield "The members recorded are not those of the ballot."


def me(p, name, key):
    """Whether somebody is among the people, on which ballots, and whether they were drawn; from their own id and key."""
    tag = sha256(("%s:%s" % (hmac.new(bytes.fromhex(key), b"tag", hashlib.sha256).hexdigest(), name)).encode("utf-8"))
    if tag not in p.tags:
        yield "Nobody with this id and key is in people.csv."
        return ""
    number = p.tags.index(tag) + 1
    own = [p.number(b) for b in range(p.m) if (str(number) if p.is_open else leaf(b, tag, ticket(key, b))) in p.cells[b]]
    return "Number %d, on %d of %d ballots: %s." % (number, len(own), p.m, " ".join(own) or "none")


# ---- The report ------------------------------------------------------------------------------------------------------

def show(label, point, left_open=()):
    """Runs a point, prints what came of it, and gives its mark."""
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
    print("%-6s %-15s %s" % (mark, label, clean(text)))
    for detail in details[:20] + (["and %d more" % (len(details) - 20)] if len(details) > 20 else []):
        print(" " * 23 + "- " + clean(detail)[:500])
    return mark


def clean(text):
    return "".join(c if c.isprintable() else "?" for c in str(text))


def main(arguments):
    options, rest = {}, list(arguments[1:])
    while rest and rest[0] in ("--root", "--solver", "--me"):
        count = 2 if rest[0] == "--me" else 1
        options[rest[0]], rest = rest[1:1 + count], rest[1 + count:]
    root, solver, own = [options.get(name) for name in ("--root", "--solver", "--me")]
    if not arguments or rest or not os.path.isdir(arguments[0]) or root and not re.fullmatch("[0-9a-f]{64}", root[0].strip().lower()) or [] in options.values() \
            or solver and solver[0] not in ("glpsol", "cbc", "highs") or own and (len(own) != 2 or not re.fullmatch("[0-9a-f]{64}", own[1])):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    folder = Folder(arguments[0])
    marks = [show("Fingerprints", fingerprints(folder, root[0].strip().lower() if root else None))]
    p = None
    try:
        p = Publication(folder, solver_of(solver[0]) if solver else None)
    except UNREADABLE as error:
        print("WRONG  Form            The files cannot be read as a published lottery (%s)." % clean("%s: %s" % (type(error).__name__, error))[:300])
        marks = ["WRONG"]
    if p is not None:
        points = [("Form", form), ("Round", replacement_round), ("Lottery", lottery), ("Optimality", optimality), ("Private part", private), ("Ballots", ballots),
                  ("Chances", chances), ("Draw", draw)]
        for label, point in points:
            if not (label == "Round" and p.round is None or label == "Private part" and p.private is None):
                marks.append(show(label, point(p), p.left_open if label == "Optimality" else ()))
        if own:
            marks.append(show("You", me(p, *own)))
    try:
        print("\nRoot: " + sha256(folder.content("SHA256SUMS")))
    except UNREADABLE:
        print("\nRoot: none")
    exit_code = 4 if "WRONG" in marks else 5 if "?" in marks else 6 if "part" in marks else 0
    left_open = "" if not p or not p.left_open else clean(" NOT CHECKED HERE: %s%s." % (
        "; ".join(p.left_open[:5]), "; and %d more" % (len(p.left_open) - 5) if len(p.left_open) > 5 else ""))
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

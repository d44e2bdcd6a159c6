#!/usr/bin/env python3
"""Checks a published lottery without the software that made it. Needs Python 3.8 or later and nothing else.

    python3 verify.py FOLDER [--root HASH]

What is checked, and why, is told in verify.md; the points have the names that "sortition verify" gives them.
Everything is counted in whole numbers and fractions. The exit code is 0 if nothing is wrong, 4 if something is, and 5 if
that cannot be told: somebody is one ballot or more from the ideal.
"""
import csv
import hashlib
import hmac
import io
import json
import math
import os
import re
import sys
from fractions import Fraction

WHOLE = 2 ** 62                                    # the weights of a lottery's panels add up to this
LARGEST_EPSILON = Fraction(1e-6)                   # what a chance may miss of a leximin vector that no lottery need have
OURS = re.compile(r"(SHA256SUMS|draw\.json|(publication|problem|lottery)\.json|(quotas|types|people|ballots)\.csv|claim-\d{3,}\.mps)")
OBJECTIVES = ("leximin", "maximin", "nash", "minimax", "goldilocks", "weighted-leximin")
UNREADABLE = (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError)


# ---- Reading ---------------------------------------------------------------------------------------------------------

def content(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def read_json(folder, name):
    def once(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError(name + " names something twice")
        return dict(pairs)

    def none(constant):
        raise ValueError("%s: %s is no number" % (name, constant))
    return json.loads(content(folder, name).decode("utf-8"), object_pairs_hook=once, parse_constant=none)


def read_csv(folder, name):
    return list(csv.reader(io.StringIO(content(folder, name).decode("utf-8"), newline=""), strict=True))


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


def is_near(text, number):
    """Whether a cell shows the number, to the last of its 15 decimals."""
    return re.fullmatch(r"-?\d+(\.\d*[1-9])?", text) and abs(Fraction(text) - number) <= Fraction(1, 10 ** 15) * max(1, abs(number))


def agree(stated, found, tolerance):
    """Whether two numbers are the same, to a relative tolerance."""
    return stated == found or abs(stated - found) <= tolerance * max(abs(stated), abs(found))


# ---- What the files say ----------------------------------------------------------------------------------------------

def only(document, names):
    """Whether a document has these members and no others; a question mark says that one may be left out."""
    names = names.split()
    if set(document) - {name.rstrip("?") for name in names} or {name for name in names if name[-1] != "?"} - set(document):
        raise ValueError("a document should have the members " + ", ".join(names))


def check_members(stated, problem, lottery):
    only(stated, "format level softwareVersion algorithm status people mustBeOut panelSize ballots rounding chances draw public? round?")
    only(stated["rounding"], "method generator seed?")
    only(stated["draw"], "procedure method source? form? possibleTexts?")
    only(stated.get("public", dict.fromkeys(["tags", "smallestGroup", "peopleWithoutType", "auditorRoot"])), "tags smallestGroup peopleWithoutType auditorRoot")
    if "round" in stated:
        only(stated["round"], "panelSize staying quotas")
        for quota in stated["round"]["quotas"]:
            only(quota, "min max staying")
    only(problem, "format panelSize householdLimit? features quotas people")
    for quota in problem["quotas"]:
        only(quota, "condition min max minFlex? maxFlex?")
    for person in problem["people"]:
        only(person, "id values household? status? entitlement?")
        if person.get("status", "mustBeIn") not in ("mustBeIn", "mustBeOut"):
            raise ValueError("somebody has a status unknown here")
    only(lottery, "format problemSha256 types panels uncovered certificate")
    for panel in lottery["panels"]:
        only(panel, "weight seats")
    for entry in lottery["uncovered"]:
        only(entry, "person constraints")
        for constraint in entry["constraints"]:
            only(constraint, "kind" + (" quota" if constraint["kind"] in ("quotaMinimum", "quotaMaximum") else ""))
    objective = lottery["certificate"]["objective"]
    gamma = " gamma" if objective == "goldilocks" else "" if objective in OBJECTIVES else " gamma?"
    epsilon = " epsilon" if lottery["certificate"]["status"] == "epsilonLeximin" else ""
    only(lottery["certificate"], "objective status value bound claims" + gamma + epsilon)
    for claim in lottery["certificate"]["claims"]:
        only(claim, "weights capWeights limit prices value bound confirmedBy")
        for price in claim["prices"]:
            only(price, {"panelSize": "kind price", "householdLimit": "kind householdClass price"}.get(price["kind"], "kind quota price"))


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
        check_members(self.stated, self.problem, self.lottery)
        self.is_public = {"auditor": False, "public": True}[self.stated["level"]]
        self.k = self.problem["panelSize"]
        self.limit = self.problem.get("householdLimit")
        self.features = [feature["name"] for feature in self.problem["features"]]
        self.quotas = self.problem["quotas"]
        self.pool = self.problem["people"]
        self.types, self.class_of, self.households = types_of(self.problem)
        self.size = [len(members) for members in self.types]
        self.people_table = read_csv(folder, "people.csv")
        self.ballot_table = read_csv(folder, "ballots.csv")
        self.ballots = [[int(number) - 1 for number in row[1:]] for row in self.ballot_table[1:]]
        self.times = [0] * len(self.people_table[1:])
        for ballot in self.ballots:
            for person in ballot:
                self.times[person] += 1
        self.panels = [(int(panel["weight"]), dict(panel["seats"])) for panel in self.lottery["panels"]]
        seats = [sum(weight * panel.get(t, 0) for weight, panel in self.panels) for t in range(len(self.types))]
        self.seats = [Fraction(s, WHOLE) for s in seats]                               # expected seats of each type
        self.chance = [s / n for s, n in zip(self.seats, self.size)]                   # chance of each of its people
        self.uncovered = {entry["person"] for entry in self.lottery["uncovered"]}
        self.covered = [not any(i in self.uncovered for i in members) for members in self.types]
        type_of = {i: t for t, members in enumerate(self.types) for i in members}
        if self.is_public:                             # what is told of each person's type
            self.type_of = [int(row[2]) - 1 if row[2] else None for row in self.people_table[1:]]
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
    expected = [[cell(" & ".join(term[part] for term in quota["condition"])) for part in ("feature", "value")] + [str(quota["min"]), str(quota["max"])] for quota in p.quotas]
    heading = ["category", "feature", "min", "max"]
    if "round" in p.stated:                            # beside the quotas of the open seats, what they follow from
        heading += ["whole min", "whole max", "staying"]
        whole = [[str(quota[name]) for name in ("min", "max", "staying")] for quota in p.stated["round"]["quotas"]]
        expected = [row + (whole[q] if q < len(whole) else [""] * 3) for q, row in enumerate(expected)]
    if read_csv(p.folder, "quotas.csv") != [heading] + expected:
        yield "quotas.csv does not say what problem.json says."
    yield from check_types_table(p)
    return "%d people of %d types, %d quotas, %d ballots of %d; the files agree. (Not checked here: that they are written in the one form byte by byte.)" % (
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


def check_types_table(p):
    optional = [("must be in", any(p.is_in(t) for t in range(len(p.types)))), ("entitlement", any("entitlement" in person for person in p.pool)),
                ("household class", bool(p.households))]
    heading, *rows = read_csv(p.folder, "types.csv")
    if heading != ["type", "people", "ideal chance"] + [cell(name) for name in p.features] + [name for name, is_there in optional if is_there] or len(rows) != len(p.types):
        yield "types.csv does not have the headings or rows it should."
        return
    for t, row in enumerate(rows):
        rest = dict(zip(heading[3 + len(p.features):], row[3 + len(p.features):]))
        entitlement = Fraction(p.pool[p.types[t][0]].get("entitlement", 1))
        if (row[:2] != [str(t + 1), str(p.size[t])] or not is_near(row[2], p.chance[t]) or row[3:3 + len(p.features)] != [cell(v) for v in p.values(t)]
                or rest.get("must be in", "no") != ("yes" if p.is_in(t) else "no") or not is_near(rest.get("entitlement", "1"), entitlement)
                or rest.get("household class", "") != (str(p.class_of[t] + 1) if p.class_of[t] >= 0 else "") or len(row) != len(heading)):
            yield "types.csv: type %d is not as the other files have it." % (t + 1)


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
    """First every claim's limit, by its prices; then what follows for the objective (algorithms.md, "How a claim bounds an objective")."""
    certificate, claims, objective = p.certificate, p.certificate["claims"], p.certificate["objective"]
    everyone = range(len(p.types))
    for i, person in enumerate(p.pool):
        if person.get("status") == "mustBeOut" and i not in p.uncovered and claims:
            yield "Somebody who must be out is not among the uncovered people."
    if any(p.seats[t] > 0 and any(i in p.uncovered for i in p.types[t]) for t in everyone):
        yield "Somebody is called uncovered who has a chance."
    people = [p.size[t] if p.covered[t] else 0 for t in everyone]
    n = sum(people)
    takes_off = objective in ("minimax", "goldilocks") or objective not in OBJECTIVES and any(claim["capWeights"] for claim in claims)
    caps_wanted = len(p.types) if takes_off else 0
    rows, limits, by_prices, expected = list(p.rows()), [], 0, []
    for number, claim in enumerate(claims, 1):
        weights, caps, limit = [[int(w) for w in claim[name]] for name in ("weights", "capWeights")] + [int(claim["limit"])]
        if len(weights) != len(p.types) or len(caps) != caps_wanted or min(weights + caps) < 0:
            yield "Claim %d does not have the weights it should." % number
            return ""
        net = [w - c for w, c in zip(weights, caps or [0] * len(weights))]
        limits.append((weights, caps, limit))
        expected.append(sum(w * s for w, s in zip(net, p.seats)))
        by_prices += bool(claim["prices"])
        if claim["prices"] and limit_by_prices(p, rows, net, claim["prices"]) > limit:
            yield "Claim %d: its prices do not prove its limit %d." % (number, limit)
        if max(sum(net[t] * s for t, s in panel.items()) for _, panel in p.panels) > limit:
            yield "Claim %d: a panel of the lottery itself weighs more than %d." % (number, limit)

    if objective not in OBJECTIVES:
        return "-", "Whether the lottery is the best by %s was not checked: that objective is not known here." % objective, []

    entitlement = [Fraction(p.pool[members[0]].get("entitlement", 1)) if objective == "weighted-leximin" else 1 for members in p.types]
    share = [p.chance[t] / entitlement[t] for t in everyone]
    counted = [t for t in everyone if p.covered[t]]
    mean, highest, lowest = Fraction(p.k, n), max(p.chance[t] for t in counted), min(share[t] for t in counted)
    gamma = certificate.get("gamma", 1)

    def geometric(number):                         # the geometric mean over people
        numbers = [(people[t], number(t)) for t in counted]
        return math.exp(sum(m * math.log(x) for m, x in numbers) / n) if all(x > 0 for _, x in numbers) else 0.0
    value = {"maximin": lambda: lowest, "leximin": lambda: lowest, "weighted-leximin": lambda: lowest, "minimax": lambda: highest,
             "nash": lambda: geometric(lambda t: p.chance[t]),
             "goldilocks": lambda: float(highest / mean) + gamma * float(mean / lowest) if lowest else math.inf}[objective]()
    epsilon = Fraction(certificate["epsilon"]) if certificate["status"] == "epsilonLeximin" else None
    proven = certificate["status"] == "provenOptimal" or epsilon is not None
    if epsilon is not None and (not 0 <= epsilon <= LARGEST_EPSILON or "leximin" not in objective):
        yield "The certificate states an epsilon that it cannot have."
        return ""
    stated_value = math.inf if certificate["value"] is None else certificate["value"]
    if not agree(stated_value, value, 1e-12) and (proven or claims):
        yield "The certificate states the value %r; it is %r." % (stated_value, float(value))
    if not proven:
        return "-", "That the lottery is %s is not claimed." % objective, []

    if "leximin" in objective:
        bound = yield from leximin_stages(p, claims, limits, expected, share, entitlement, value, epsilon)
    else:
        if len(claims) != 1:
            yield "There must be one claim."
            return ""
        weights, caps, limit = limits[0]
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
        if not (agree(value, bound, 1e-7) if exact is None else abs(value - exact) <= rounding(p)):
            yield "The lottery reaches %r, but the claim bounds it by %r only." % (float(value), float(bound))
    if not agree(certificate["bound"], bound, 1e-11):
        yield "The certificate states the bound %r; it is %r." % (certificate["bound"], float(bound))
    best = "No lottery is better by %s" if epsilon is None else "Nobody's chance is further than epsilon from the best by %s"
    found = (best + ": %d claim(s) proven by adding up prices in whole numbers.") % (objective, by_prices)
    if by_prices < len(claims):
        found += " NOT CHECKED HERE: the limits of %d claim(s) without prices; solve claim-NNN.mps." % (len(claims) - by_prices)
    hidden = sum(p.size[t] for t in everyone if not p.covered[t])
    return found + (" NOT CHECKED HERE: that %d people listed as uncovered can be on no panel." % hidden if hidden else "")


def limit_by_prices(p, rows, net, prices):
    """Price times bound over the constraints, and for each type what it weighs beyond the prices that count it, times its people."""
    beyond, limit, seen = list(net), 0, set()
    for entry in prices:
        price, kind = int(entry["price"]), entry["kind"]
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
        if exact < highest or any(full[t] and w and exact * entitlement[t] < 1 for t, w in enumerate(weights)):
            yield "Claim %d is out of order: somebody settled later has less." % number
        for t in settled:
            is_open[t], chance[t] = False, exact * entitlement[t]
        if any(abs(p.chance[t] - chance[t]) > (rounding(p) if epsilon is None else epsilon) for t in settled):
            yield "Claim %d: those whom it settles could have more." % number
        first, highest = max(value, bound) if number == 1 else first, exact
    if any(is_open):
        yield "%d types are settled by no claim." % sum(is_open)
    if epsilon is not None and any(abs(p.chance[t] - 1) > epsilon for t in everyone if full[t]):
        yield "Somebody who is to be sure of a seat is further from it than epsilon."
    return first


def ballots(p):
    digits = len(str(len(p.ballots) - 1))
    if p.ballot_table[0] != ["ballot"] + ["member %d" % (m + 1) for m in range(p.k)]:
        yield "ballots.csv does not have the headings it should."
    for b, (row, ballot) in enumerate(zip(p.ballot_table[1:], p.ballots)):
        if row != [str(b).zfill(digits)] + [str(i + 1) for i in ballot]:
            yield "Ballot %d is not written as it should be." % b
        if len(ballot) != p.k or min(ballot) < 0 or any(x >= y for x, y in zip(ballot, ballot[1:])):
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
    heading = ["number", "tag" if p.is_public else "id", "type", "ballots", "chance", "ideal chance", "difference"]
    extra = [] if p.is_public else [cell(name) for name in p.features] + ["household", "status"]
    if p.people_table[0] != heading + extra or not p.is_public and len(p.times) != len(p.pool):
        yield "people.csv does not have the headings or rows it should."
        return ""
    told, hidden, names = [], [], []
    status = {"mustBeIn": "must be in", "mustBeOut": "must be out", None: ""}
    for i, row in enumerate(p.people_table[1:]):
        t, chance = p.type_of[i], Fraction(p.times[i], m)
        ideal = p.chance[t] if t is not None else None if p.is_public else 0
        row_is_right = (row[0] == str(i + 1) and row[2] == ("" if t is None else str(t + 1)) and row[3] == str(p.times[i]) and is_near(row[4], chance)
                        and (row[5:7] == ["", ""] if ideal is None else is_near(row[5], ideal) and is_near(row[6], chance - ideal)))
        if p.is_public:
            row_is_right = row_is_right and re.fullmatch("[0-9a-f]{64}", row[1]) and len(row) == 7
            names.append(row[1])
        else:
            person = p.pool[i]
            home = str(person["household"] + 1) if "household" in person else ""
            row_is_right = row_is_right and row[1] == cell(person["id"]) and row[7:] == [cell(v) for v in person["values"]] + [home, status[person.get("status")]]
        if not row_is_right:
            yield "people.csv: the row of person %d is not what follows from the other files." % (i + 1)
        if t is None:
            hidden.append(p.times[i])
        elif p.covered[t]:
            told.append((p.times[i], p.chance[t], "Person %d" % (i + 1)))
        elif p.times[i]:
            yield "Person %d is on a ballot, though people of type %d can be on no panel." % (i + 1, t + 1)
    if any(a >= b for a, b in zip(names, names[1:])):
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
    yield from compare_chances(p, [(n, ideal) for n, ideal, _ in told], m, is_exact=None not in p.type_of or not p.is_public)
    counted = "Counted: everybody is on as many ballots as said, %d to %d of %d" % (min(n for n, _, _ in told), max(n for n, _, _ in told), m)
    off = sorted(((abs(n - m * ideal), n, who) for n, ideal, who in told if not is_within_one(p, abs(n - m * ideal))), key=lambda entry: -entry[0])
    if not off:
        return counted + "."
    return "?", "%s; but %d people are one ballot or more from the ideal, by %.3f to %.3f%s. %s" % (
        counted, len(off), off[-1][0], off[0][0], ", if those whose type is not told are matched as well as can be" if p.is_public else "",
        "With some numbers of ballots that cannot be avoided, but a favour would look the same."), ["%s: %d ballots, %.3f from the ideal." % (who, n, d) for d, n, who in off]


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
    rows = list(p.rows())
    for number, claim in enumerate(p.certificate["claims"], 1):
        caps = claim["capWeights"] or ["0"] * len(p.types)
        should = {("ROWS", "N", "cost")}
        should |= {("ROWS", "E" if least == most else "L", name) for name, _, least, most in rows}
        should |= {("COLUMNS", "x%d" % t, "cost", int(c) - int(w)) for t, (w, c) in enumerate(zip(claim["weights"], caps)) if w != c}
        should |= {("COLUMNS", "x%d" % t, name, 1) for name, types, _, _ in rows for t in types}
        should |= {("RHS", name, most) for name, _, _, most in rows}
        should |= {("RANGES", name, most - least) for name, _, least, most in rows if least is not None and least != most}
        should |= {("BOUNDS", "FX" if p.is_in(t) else "UP", "x%d" % t, n) for t, n in enumerate(p.size)}
        found = read_mps(content(p.folder, "claim-%03d.mps" % number).decode("utf-8"))
        if len(found) != len(should) or set(found) != should:
            yield "claim-%03d.mps does not pose the problem of claim %d." % (number, number)
    return "%d file(s) for other solvers pose the problems that the certificate is about." % len(p.certificate["claims"])


def read_mps(text):
    """The entries of an integer program. The names of the objective and of the sets of right sides, ranges and bounds do not matter."""
    found, section, is_whole, objective = [], "", False, None
    for line in text.split("\n"):
        words = line.split()
        if line[:1] not in (" ", "*"):
            section = line.split(" ")[0]
        elif line[:1] == "*" or "'MARKER'" in words:
            is_whole = words[-1] == "'INTORG'" if line[:1] == " " else is_whole
        elif section == "ROWS":
            objective = words[1] if words[0] == "N" else objective
            found.append((section, words[0], "cost" if words[0] == "N" else words[1]))
        elif section == "COLUMNS":
            found.append((section if is_whole else "NOT WHOLE", words[0], "cost" if words[1] == objective else words[1], int(words[2])))
        elif section in ("RHS", "RANGES"):
            found.append((section, words[1], int(words[2])))
        else:
            found.append((section, words[0], words[2], int(words[3])))
    return found


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


def number_of(text):
    """A number in the one way to write it, up to nine digits; None for anything else."""
    return int(text) if re.fullmatch("0|[1-9][0-9]{0,8}", text, re.ASCII) else None


def read_form(form):
    """The words of the form of a text, its numbers as numbers; None if it is no form."""
    words = form.split(" ")
    numbers = [number_of(word) for word in words[1:4]]
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
    numbers = [number_of(word) for word in text.split(" ")]
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
    if not os.path.exists(os.path.join(p.folder, "draw.json")):
        return "-", "There is no draw.json here: nothing has been drawn from these files. " + announcement, []
    record, m = read_json(p.folder, "draw.json"), len(p.ballots)
    by_text = {"number": False, "text": True, "local": True}[record["method"]]
    names = ["format", "root", "ballots", "method", "ballot", "members"] + (["procedure", "text", "digests"] if by_text else [])
    if sorted(record) != sorted(names) or record["format"] != "sortition-draw-record/1" or record.get("procedure", "sortition-draw/1") != "sortition-draw/1":
        yield "draw.json does not have the form it should."
        return ""
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

def show(label, point):
    """Runs a point, prints what came of it, and gives its mark: ok, WRONG, - for not checked, ? for not confirmed."""
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
        print("WRONG  Form            The files cannot be read as a published lottery (%s: %s)." % (type(error).__name__, error))
        marks, p = ["WRONG"], None
    if p is not None:
        for label, point in (("Form", form), ("Round", replacement_round), ("Lottery", lottery), ("Optimality", optimality), ("Ballots", ballots), ("Chances", chances),
                             ("Other solvers", other_solvers), ("Draw", draw)):
            if label == "Round" and "round" not in p.stated:
                continue
            marks.append(show(label, point(p)))
    sums = os.path.join(folder, "SHA256SUMS")
    print("\nRoot: " + (sha256(content(folder, "SHA256SUMS")) if os.path.isfile(sums) else "none"))
    exit_code = 4 if "WRONG" in marks else 5 if "?" in marks else 0
    print({0: "Nothing is wrong.", 4: "NOT genuine.", 5: "NOT CONFIRMED: nothing is shown to be wrong, but not everything is as it should be."}[exit_code])
    return exit_code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    csv.field_size_limit(2 ** 24)
    sys.exit(main(sys.argv[1:]))

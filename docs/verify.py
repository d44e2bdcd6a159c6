#!/usr/bin/env python3
"""Checks a published lottery without the software that made it. Needs Python 3.8 or later and nothing else.

    python3 verify.py FOLDER [--root HASH] [--solver glpsol|cbc|highs] [--me ID KEY]

What is checked, and why, is told in verify.md; what the files hold, in publication-format.md. Everything is counted
in whole numbers and fractions, but for Nash and Goldilocks, whose best values can be irrational. Each point is marked
ok, WRONG, ? (cannot be told), part (something is left open) or - (not here). The exit code is 0 if everything was
checked and nothing is wrong; 4 if something is wrong; 5 if something cannot be told from a forgery; 6 if nothing is
wrong in what was checked but something could not be checked, which the last line names. Of this script itself: 2 for
a command line that is none, 70 for a fault of the script, 130 if it was stopped.
"""
import argparse, hashlib, hmac, json, math, os, re, shutil, stat, subprocess, sys, tempfile, unicodedata
from collections import Counter
from fractions import Fraction
from types import SimpleNamespace

WHOLE = 2 ** 62                                    # the weights of a lottery's panels add up to this
LARGEST_EPSILON = Fraction(1e-6)                   # what a chance may miss of a leximin vector
MOST_BYTES, MOST_BYTES_IN_ALL = 2 ** 28, 2 ** 30   # of a file, and of all that are read
MOST_STEPS = 2 * 10 ** 7                           # how long panels are looked for before that is left open
OBJECTIVES = ("leximin", "maximin", "nash", "minimax", "goldilocks", "weighted-leximin")
REHEARSAL = "REHEARSAL"                            # what every file of a rehearsal says
JOINERS = "\u200c\u200d"                           # not seen, but they say how the letters beside them are written
SPACES = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"     # within [ ]
UNREADABLE = (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError,
              MemoryError)

def need(condition, otherwise="it is not as it should be"):
    """What every check comes down to: whatever does not hold ends the point that asks for it."""
    if not condition:
        raise ValueError(otherwise)

# ---- Reading. Each value has one form; these refuse any other. -------------------------------------------------------

def count(value):
    need(type(value) is int and 0 <= value < 2 ** 31)
    return value

def words(value):
    need(type(value) is str)
    return value

def digest(value):
    need(re.fullmatch("[0-9a-f]{64}", value))
    return value

def yes(value):
    need(value is True)
    return value

def mark(value):
    need(value == REHEARSAL)
    return value

def whole(text):
    need(re.fullmatch("0|-?[1-9][0-9]{0,18}", text) and abs(int(text)) < 2 ** 63)
    return int(text)

def wholes(text):
    return [whole(word) for word in text.split(" ")] if text else []

def fraction(text):
    """A fraction in lowest terms that is a floating-point number of 64 bits."""
    need(re.fullmatch("[1-9][0-9]{0,330}/[1-9][0-9]{0,330}|0/1", text))
    top, bottom = map(int, text.split("/"))
    need(math.gcd(top, bottom) == 1 and Fraction(top / bottom) == Fraction(top, bottom))
    return Fraction(top, bottom)

def entitlement(text):
    need(fraction(text) != 1 and 1e-6 <= fraction(text) <= 1e6)
    return fraction(text)

def seats(text):
    """The seats of a panel: type:seats, by ascending types."""
    pairs = [[whole(part) for part in pair.split(":")] for pair in text.split(" ")]
    need([t for t, _ in pairs] == sorted({t for t, _ in pairs}) and all(t >= 0 and n > 0 for t, n in pairs))
    return dict(pairs)

def price(text):
    """A constraint, and what each seat that it counts is worth."""
    constraint, worth = text.rsplit(" ", 1)
    return constraint, whole(worth)

def name(text):
    """A name as it is shown: in NFC, with single spaces, or joiners, between what is seen, and nothing else unseen."""
    seen, between = "[^%s%s]+" % (SPACES, JOINERS), "[ %s]" % JOINERS
    unseen = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
    need(re.fullmatch("%s(%s%s)*" % (seen, between, seen), text) and not re.search(unseen, text)
         and all(unicodedata.category(c) != "Cf" or c in JOINERS for c in text)
         and text == unicodedata.normalize("NFC", text))
    return text

def is_blank(text):
    return re.fullmatch("[%s]*" % SPACES, text)

# The members of each document in their order, and how each is read. A question mark says that one may be left out.
PUBLICATION = {
    "format": words, "mark?": mark, "tickets": words, "panelSize": count, "householdLimit?": count, "ballots": count,
    "people": count, "smallestGroup?": count,
    "draw": {"method": words, "source?": words, "form?": words, "possibleTexts?": words},
    "round?": {"panelSize": count, "staying": count, "quotas": [{"min": count, "max": count, "staying": count}]},
    "features": [{"name": name, "values": [name]}],
    "quotas": [{"condition": [{"feature": name, "value": name}], "min": count, "max": count}],
    "types": [{"people": count, "values": wholes, "mustBeIn?": yes, "entitlement?": entitlement,
               "householdClass?": count}],
    "households?": [count], "panels": [{"weight": whole, "seats": seats}], "objective": words, "parameter?": fraction,
    "status": words, "epsilon?": fraction,
    "claims": [{"weights": wholes, "capWeights?": wholes, "limit": whole, "prices": [price]}],
    "unselectable": [{"type": count, "reasons": [words]}]}
PRIVATE = {"format": words, "mark?": mark, "blinding": digest, "seed": words, "people": [
    {"id": name, "key": digest, "values": wholes, "household?": count, "status?": words, "entitlement?": entitlement,
     "ballots": wholes}]}
DRAW = {"format": words, "mark?": mark, "root": digest, "method": words, "follows?": digest, "urn?": words,
        "text?": words, "digests?": [digest], "ballot": words, "members": [count], "openings?": [digest]}
URN = {"format": words, "mark?": mark, "root": digest, "number": words}
ANNULMENT = {"format": words, "mark?": mark, "draw": digest, "reason": words}

def shaped(value, shape, where):
    """A value as its shape says it is read; of a document the members, None for one that is left out."""
    if isinstance(shape, dict):
        members = [(key.rstrip("?"), inner) for key, inner in shape.items()]
        need(type(value) is dict and list(value) == [key.rstrip("?") for key in shape
                                                     if key[-1] != "?" or key[:-1] in value],
             where + " does not have the members it should")
        return SimpleNamespace(**{key: shaped(value[key], inner, "%s, %s" % (where, key)) if key in value else None
                                  for key, inner in members})
    if isinstance(shape, list):
        need(type(value) is list, where + " is no list")
        return [shaped(item, shape[0], where) for item in value]
    try:
        return shape(value)
    except UNREADABLE:
        raise ValueError("%s: %.40r cannot stand here" % (where, value))

class Folder:
    def __init__(self, path):
        self.path, self.contents, self.mark = path, {}, None       # what the publication says, all else has to

    def has(self, file):
        return os.path.lexists(os.path.join(self.path, file))

    def content(self, file):
        """The bytes of a file, read once. Pipes, devices and folders are not opened: they may never end."""
        if file not in self.contents:
            path = os.path.join(self.path, file)
            most = min(MOST_BYTES, MOST_BYTES_IN_ALL - sum(map(len, self.contents.values())))
            need(stat.S_ISREG(os.stat(path).st_mode), file + " is no file")
            flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            with open(os.open(path, flags), "rb") as stream:
                need(stat.S_ISREG(os.fstat(stream.fileno()).st_mode), file + " is no file")
                data = stream.read(most + 1)
            need(len(data) <= most, file + " is too large")
            self.contents[file] = data
        return self.contents[file]

    def document(self, file, shape, form):
        """A JSON document, as Python writes it. No number has a point."""
        text = self.content(file).decode("utf-8")
        value = json.loads(text, parse_int=whole, parse_float=whole, parse_constant=whole)
        need(json.dumps(value, indent=1, ensure_ascii=False) + "\n" == text, file + " is not written in its one form")
        read = shaped(value, shape, file)
        need(read.format == form, file + " has a format unknown here")
        self.mark = read.mark if shape is PUBLICATION else self.mark
        need(read.mark == self.mark, file + " and publication.json do not both say that this is a rehearsal")
        return read

    def table(self, file, columns):
        """The rows of a table, whose columns are given as (heading, how its cells are read)."""
        columns = columns + [(REHEARSAL, mark)] * (self.mark is not None)
        lines = self.content(file).decode("ascii").split("\n")
        need(lines[0] == ",".join(heading for heading, _ in columns) and lines.pop() == "", file + ": not its lines")
        rows = [line.split(",") for line in lines[1:]]
        need(all(len(row) == len(columns) for row in rows), file + " does not have the cells it should")
        rows = [[shaped(cell, read, file) for cell, (_, read) in zip(row, columns)] for row in rows]
        return [row[:-1] for row in rows] if self.mark else rows

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def hmac256(key, message):
    return hmac.new(key, message.encode("ascii"), hashlib.sha256).hexdigest()

def in_order(text):
    """The order of names and ids: by UTF-16 code units."""
    return text.encode("utf-16-be")

def spelling(text, is_id=False):
    """What all spellings of a name have in common: letters of either case (but in ids), with marks or as one sign, any
    dash, any apostrophe, with joiners or without."""
    text = re.sub("[`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032]", "'", re.sub("[%s]" % JOINERS, "", text))
    text = unicodedata.normalize("NFKD", text)
    if not is_id:
        text = unicodedata.normalize("NFKD", text.upper())
        text = text.replace("\u1e9e", "SS").replace("\u0131", "I").replace("I\u0307", "I")
    text = ("-" if unicodedata.category(c) == "Pd" or c in "\u2212\u02d7\u2043" else c for c in text)
    return re.sub("[%s]+" % SPACES, " ", "".join(text)).strip(" ")

def are_different(names, is_id=False):
    return len({spelling(text, is_id) for text in names}) == len(names)

# ---- The points. Each returns what it found: a text, or a mark, a text and details. "p" is what the files say, and ---
# ---- what follows from it; p.left_open is what could not be checked here. --------------------------------------------

def fingerprints(p, announced_root):
    data = p.folder.content("SHA256SUMS")
    need(announced_root in (None, sha256(data)), "The root of these files is %s, not that announced." % sha256(data))
    is_public = not p.folder.has("private.json")
    lines = data.decode("ascii").split("\n")
    for line, file in zip(lines, ["ballots.csv", "people.csv", "private.json", "publication.json"]):
        need(line == digest(line[:64]) + "  " + file, "SHA256SUMS is not in the form it should have.")
        need(is_public and file == "private.json" or line[:64] == sha256(p.folder.content(file)),
             file + " was changed.")
    need(lines[4:] == [""], "SHA256SUMS is not in the form it should have.")
    return "All files have the SHA-256 that SHA256SUMS says%s. The root %s." % (
        ", but for private.json, which auditors have" if is_public else "",
        "is the one announced" if announced_root else "was not given, so it was not compared with what was announced")

def form(p):
    """Reads the files, and checks that they fit each other."""
    p.__dict__.update(vars(p.folder.document("publication.json", PUBLICATION, "sortition-publication/2")))
    p.is_open = {"open": True, "closed": False}[p.tickets]
    need(p.panelSize > 0 and p.householdLimit != 0 and 0 < p.ballots <= 10 ** 6 and p.smallestGroup != 0
         and (p.smallestGroup is not None) == p.is_open, "a size cannot be so")
    type_told = [("type", lambda cell: whole(cell) - 1 if cell else None)] if p.is_open else []
    people = p.folder.table("people.csv", [("tag", digest)] + type_told)
    p.tags, p.type_of = [row[0] for row in people], [row[1] if p.is_open else None for row in people]
    need(len(people) == p.people and p.tags == sorted(set(p.tags)) and all(
        t is None or 0 <= t < len(p.types) for t in p.type_of), "people.csv: somebody is missing, twice or of no type")
    check_names(p)
    check_types(p)
    p.rows = rows_of(p)
    p.chance = [Fraction(0)] * len(p.types)            # of each person of a type
    for panel in p.panels:
        for t, n in panel.seats.items():
            need(t < len(p.types) and n <= p.types[t].people, "a panel cannot be so")
            p.chance[t] += Fraction(panel.weight * n, WHOLE * p.types[t].people)
    p.rounding = Fraction(len(p.panels), WHOLE)        # how far off that is: the weight of each panel was rounded
    listed = [entry.type for entry in p.unselectable]
    need(listed == sorted(set(listed)) and all(t < len(p.types) and not p.chance[t] for t in listed),
         "somebody is called unable to be chosen who has a chance, or is not there, or is out of order")
    p.covered = [t not in listed for t in range(len(p.types))]
    seat, cell = ("member", whole) if p.is_open else ("ticket", digest)
    columns = [("ballot", words)] + [("%s %d" % (seat, j + 1), cell) for j in range(p.panelSize)]
    table = p.folder.table("ballots.csv", columns)
    p.numbers = [str(b).zfill(len(str(p.ballots - 1))) for b in range(p.ballots)]
    need([row[0] for row in table] == p.numbers, "ballots.csv: ballots are missing or out of order")
    p.cells = [row[1:] for row in table]
    need(all(cells == sorted(set(cells)) and (not p.is_open or 0 < cells[0] and cells[-1] <= p.people)
             for cells in p.cells), "ballots.csv: somebody is on a ballot twice, out of order, or not there")
    p.members = [[i - 1 for i in cells] for cells in p.cells] if p.is_open else None     # where they are known
    must_be_out = p.people - sum(kind.people for kind in p.types)
    must_be_in = sum(kind.people for kind in p.types if kind.mustBeIn)
    entitled = sum(kind.people for kind in p.types if kind.entitlement)
    decided = " Decided beforehand: %d must be in, %d must be out, %d count more or less than others." % (
        must_be_in, must_be_out, entitled)             # the organiser's choice, which no check can judge
    text = "%d people of %d types, %d quotas, %d ballots of %d; every file has the one form that it may have.%s" % (
        p.people, len(p.types), len(p.quotas), p.ballots, p.panelSize,
        decided if must_be_in or must_be_out or entitled else "")
    return ("?", text, ["This is a REHEARSAL: nothing in it counts, and nobody is chosen by it."]) if p.mark else text

def check_names(p):
    names = [feature.name for feature in p.features]
    need(all(map(are_different, [names] + [feature.values for feature in p.features])), "a name is there twice")
    p.order = sorted(range(len(names)), key=lambda f: in_order(names[f]))
    for quota in p.quotas:                             # a condition: (which feature, which of its values)
        pairs = [(names.index(term.feature), term.value) for term in quota.condition]
        quota.condition = [(f, p.features[f].values.index(value)) for f, value in pairs]
        need(pairs and len(dict(pairs)) == len(pairs) and quota.min <= quota.max, "a quota cannot be so")
    need(len({frozenset(quota.condition) for quota in p.quotas}) == len(p.quotas), "two quotas are on the same people")

def kind_of(p, values, must_be_in, share):
    """What people of a kind have in common, in the order of kinds."""
    need(len(values) == len(p.features) and all(0 <= v < len(p.features[f].values) for f, v in enumerate(values)),
         "somebody has a value that is none of the feature")
    return tuple(in_order(p.features[f].values[values[f]]) for f in p.order), must_be_in, share or Fraction(1)

def check_types(p):
    """That types are numbered as they should, and that their people can live in the households that there are."""
    homes = p.households or []
    there_are = sum(kind.people for kind in p.types)
    need(all(kind.people > 0 for kind in p.types) and p.panelSize <= there_are <= p.people and 0 not in homes
         and p.households != [], "a number of people or households cannot be so")
    for kind in p.types:
        kind.home = -1 if kind.householdClass is None else kind.householdClass
        kind.key = kind_of(p, kind.values, kind.mustBeIn is True, kind.entitlement)
        kind.share = kind.key[2]
    in_turn = [(kind.key, kind.home) for kind in p.types]
    need(in_turn == sorted(set(in_turn)), "the types are out of order, or one is there twice")
    ranks = {key: str(r) for r, key in enumerate(sorted({kind.key for kind in p.types}))}
    classes, p.class_of = [], {}                       # of households, by the kinds of their people
    for c, there_are in enumerate(homes):
        alike = [kind for kind in p.types if kind.home == c]
        members = [kind.key for kind in alike for _ in range(kind.people // there_are)]
        need(p.householdLimit and all(kind.people % there_are == 0 for kind in alike)
             and len(members) > p.householdLimit, "a class of households cannot be so")
        classes.append(",".join(ranks[key] for key in members))
        p.class_of[tuple(members)] = c
    need(classes == sorted(set(classes)) and all(kind.home < len(homes) for kind in p.types),
         "the classes of households are out of order")

def rows_of(p):
    """The constraints, by name and direction: the types whose seats count, and a bound. In direction 1 they have no
    more seats than that, in direction -1 no fewer."""
    everybody = range(len(p.types))
    rows = {("panelSize", sign): (set(everybody), p.panelSize) for sign in (1, -1)}
    for q, quota in enumerate(p.quotas):
        quota.types = {t for t in everybody if all(p.types[t].values[f] == v for f, v in quota.condition)}
        rows["quotaMinimum %d" % q, -1] = quota.types, quota.min
        rows["quotaMaximum %d" % q, 1] = quota.types, quota.max
    for c, there_are in enumerate(p.households or []):
        types = {t for t in everybody if p.types[t].home == c}
        rows["householdLimit %d" % c, 1] = types, p.householdLimit * there_are
    return rows

def replacement_round(p):
    """That the quotas of the open seats are those of the whole panel less the members who stay, whose counts fit."""
    size, staying, wholes_of = p.round.panelSize, p.round.staying, p.round.quotas
    need(size - staying == p.panelSize and len(wholes_of) <= len(p.quotas), "There are other seats, or more quotas.")
    pairs = list(zip(p.quotas, wholes_of))
    of_value = {left.condition[0]: quota.staying for left, quota in pairs if len(left.condition) == 1}
    for q, (left, quota) in enumerate(pairs, 1):
        need(quota.min <= quota.max and left.min == max(0, quota.min - quota.staying)
             and left.max == quota.max - quota.staying,
             "Quota %d of the open seats is not that of the whole panel less those who stay." % q)
        need(quota.staying <= min([staying] + [of_value[term] for term in left.condition if term in of_value]),
             "Quota %d: more people are said to stay than can be." % q)
    for f, feature in enumerate(p.features):           # everybody has one value of it
        counts = [stay for (g, _), stay in of_value.items() if g == f]
        need(sum(counts) == staying or sum(counts) < staying and len(counts) < len(feature.values),
             "Those who stay do not add up over the values of a feature.")
    home = len(p.features) - 1                         # how many seats are left to the household of somebody who stays
    for left in p.quotas[len(wholes_of):]:
        need([f for f, _ in left.condition] == [home] and all(home not in dict(other.condition) for other, _ in pairs)
             and left.min == 0 and 1 <= left.max < (p.householdLimit or 0), "A quota is none of the whole panel.")
    return "This lottery fills %d of %d seats; %d members stay. Its quotas are the whole panel's less those." % (
        p.panelSize, size, staying)

def lottery(p):
    need(sum(panel.weight for panel in p.panels) == WHOLE and all(panel.weight > 0 for panel in p.panels),
         "The weights of the panels do not add up to 2^62.")
    for at, panel in enumerate(p.panels, 1):
        need(all(panel.seats.get(t) == kind.people for t, kind in enumerate(p.types) if kind.mustBeIn),
             "Panel %d lacks somebody who must be in." % at)
        for (constraint, sign), (types, bound) in p.rows.items():
            need(sign * sum(n for t, n in panel.seats.items() if t in types) <= sign * bound,
                 "Panel %d breaks the rule %s." % (at, constraint))
    return "All %d panels meet every rule by count, and their probabilities add up to 1 exactly." % len(p.panels)

# ---- Optimality (algorithms.md, "How a claim bounds an objective") ---------------------------------------------------

def optimality(p):
    """First who can be on a panel at all, then every claim's limit, then what follows for the objective."""
    is_proven = {"provenOptimal": True, "epsilonLeximin": True, "notProven": False}[p.status]
    is_known, in_turn = p.objective in OBJECTIVES, "leximin" in p.objective
    need(re.fullmatch("[!-~]([ -~]{0,98}[!-~])?", p.objective), "the objective is no name in ASCII")
    need((p.epsilon is not None) == (p.status == "epsilonLeximin") and (p.epsilon or 0) <= LARGEST_EPSILON
         and (p.epsilon is None or in_turn or not is_known), "epsilon cannot be so")
    need(not is_known or p.parameter is None and p.objective != "goldilocks"
         or p.objective == "goldilocks" and 1e-3 <= p.parameter <= 1e6, "the parameter cannot be so")
    need(any(p.covered), "the certificate is about nobody")
    need(not is_known or in_turn or len(p.claims) == 1 or not is_proven and not p.claims, "there must be one claim")
    if is_proven or p.claims or p.unselectable:        # or it was cut short before it was known who can be chosen
        coverage(p)
    need(p.objective != "goldilocks" or not p.claims or all(c for c, counts in zip(p.chance, p.covered) if counts),
         "somebody who counts has no chance, so that nothing can be claimed of a ratio to it")
    for at, claim in enumerate(p.claims, 1):
        need(not is_known or (claim.capWeights is not None) == (p.objective in ("minimax", "goldilocks")),
             "claim %d has weights too many or too few" % at)
        claim.caps = [0] * len(p.types) if claim.capWeights is None else claim.capWeights
        need(len(claim.weights) == len(claim.caps) == len(p.types) and min(claim.weights + claim.caps) >= 0
             and sum((w + c) * kind.people for w, c, kind in zip(claim.weights, claim.caps, p.types)) <= 2 ** 61,
             "claim %d does not have the weights it should" % at)
        check_limit(p, at, claim)
    if not is_known:
        p.left_open.append("whether the lottery is the best by %s" % p.objective)
        return "Whether the lottery is the best by %s was not checked: that objective is not known here." % p.objective
    if not is_proven:
        return "-", "That the lottery is %s is not claimed." % p.objective, []
    if in_turn:
        leximin_stages(p)
    else:
        one_claim(p, p.claims[0])
    return "%s by %s: %d claim(s), of which %d by adding up prices in whole numbers." % (
        "No lottery is better" if p.epsilon is None else "Nobody's chance is further than epsilon from the best",
        p.objective, len(p.claims), sum(bool(claim.prices) for claim in p.claims))

def coverage(p):
    """That those listed, and only they, can be on no panel: the constraints named must exclude them without others."""
    known = {constraint for constraint, _ in p.rows if "household" not in constraint} | {"mustBeIn"}
    known |= {"householdLimit"} if p.householdLimit else set()
    for entry in p.unselectable:
        need(known.issuperset(entry.reasons), "type %d is said to be excluded by no constraint" % (entry.type + 1))
        no_panel(p, {entry.type: 1}, 1, "that people of type %d can be on no panel" % (entry.type + 1), entry.reasons)
    for t, is_covered in enumerate(p.covered):
        if is_covered and not p.chance[t]:
            found = some_panel(p, {t: 1}, 1)
            need(found is not False, "people of type %d can be on no panel, and are not listed as that" % (t + 1))
            p.left_open += ["that people of type %d, who have no chance, can be chosen" % (t + 1)] * (found is None)

def check_limit(p, at, claim):
    """That no panel weighs more than a claim's limit: by the prices if there are some, otherwise by looking for one."""
    net = [w - c for w, c in zip(claim.weights, claim.caps)]
    if claim.prices:
        beyond, total = list(net), 0
        need(len(dict(claim.prices)) == len(claim.prices), "claim %d: a price is there twice" % at)
        for constraint, worth in claim.prices:
            row = p.rows.get((constraint, (worth > 0) - (worth < 0)))          # no minimum has a price above 0
            need(row, "claim %d: %s has no such price" % (at, constraint))
            total += worth * row[1]
            for t in row[0]:
                beyond[t] -= worth
        total += sum(b * kind.people for b, kind, counts in zip(beyond, p.types, p.covered)
                     if counts and (b > 0 or kind.mustBeIn))
        need(total <= claim.limit, "claim %d: its prices do not prove its limit" % at)
    else:
        need(all(sum(net[t] * n for t, n in panel.seats.items()) <= claim.limit for panel in p.panels),
             "claim %d: a panel of the lottery itself weighs more than its limit" % at)
        if sum(w * kind.people for w, kind in zip(net, p.types) if w > 0) > claim.limit:
            no_panel(p, {t: w for t, w in enumerate(net) if w}, claim.limit + 1, "the limit of claim %d" % at)

def no_panel(p, weights, least, what, reasons=None):
    found = some_panel(p, weights, least, reasons)
    need(not found, "some panel refutes " + what)
    p.left_open += [what] * (found is None)

def some_panel(p, weights, least, reasons=None):
    """Whether some panel weighs so much and obeys the constraints, or those that are named: True, False, or None if
    that took too long. What the rows leave each type is narrowed; then the seats of a type are split in two halves."""
    limits = [({t: -w for t, w in weights.items()}, -least)]                   # sums of weight * seats, at most a bound
    limits += [(dict.fromkeys(types, sign), sign * bound) for (constraint, sign), (types, bound) in p.rows.items()
               if reasons is None or re.sub("(?<=householdLimit) .*", "", constraint) in reasons]
    must = reasons is None or "mustBeIn" in reasons
    low, high = [kind.people if kind.mustBeIn and must else 0 for kind in p.types], [kind.people for kind in p.types]
    if p.solver:
        return ask_solver(p.solver, limits, low, high)
    stack = [(low, high)]
    while stack:
        low, high = stack.pop()
        if narrow(p, limits, low, high):
            widths = [(high[t] - low[t], t) for t in range(len(low)) if low[t] < high[t]]
            if p.steps < 0 or not widths:
                return None if p.steps < 0 else True
            t = min(widths)[1]
            middle = (low[t] + high[t]) // 2
            stack.append((list(low), high[:t] + [middle] + high[t + 1:]))
            stack.append((low[:t] + [middle + 1] + low[t + 1:], high))
    return False

def narrow(p, limits, low, high):
    """Narrows the bounds of the types to what the limits leave; false if they leave nothing."""
    changed = True
    while changed and p.steps >= 0:
        changed = False
        for weights, bound in limits:
            p.steps -= len(weights)
            room = bound - sum(w * (low[t] if w > 0 else high[t]) for t, w in weights.items())
            if room < 0:
                return False
            for t, w in weights.items():
                if abs(w) * (high[t] - low[t]) > room:
                    changed, step = True, room // abs(w)
                    low[t], high[t] = (low[t], low[t] + step) if w > 0 else (high[t] - step, high[t])
    return True

def ask_solver(solver, limits, low, high):
    """Asks a solver for integer programs. It reckons in floating-point numbers, so large weights are not asked for."""
    if any(abs(x) >= 10 ** 11 for weights, bound in limits for x in [*weights.values(), bound]):
        return None
    types, numbered, card = range(len(low)), list(enumerate(limits)), " %-2s %-8s  %-8s  %12s"   # MPS of fixed columns
    lines = ["NAME          PANEL", "ROWS", " N  NONE"] + [" L  R%d" % r for r, _ in numbered]
    lines += ["COLUMNS", card % ("", "M1", "'MARKER'", "") + "   'INTORG'"]
    for t in types:
        lines += [card % ("", "X%d" % t, "NONE", 0)]
        lines += [card % ("", "X%d" % t, "R%d" % r, row[t]) for r, (row, _) in numbered if t in row]
    lines += [card % ("", "M2", "'MARKER'", "") + "   'INTEND'", "RHS"]
    lines += [card % ("", "RHS", "R%d" % r, bound) for r, (_, bound) in numbered] + ["BOUNDS"]
    lines += [card % (side, "BND", "X%d" % t, bound[t]) for t in types for side, bound in (("LO", low), ("UP", high))]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "panel.mps")
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines + ["ENDATA", ""]))
        command = {"glpsol": ["glpsol", "--freemps", path], "cbc": ["cbc", path, "solve"], "highs": ["highs", path]}
        said = subprocess.run(command[solver], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder).stdout
    said = said.decode("utf-8", "replace")
    if re.search("NO (PRIMAL|INTEGER)? ?FEASIBLE SOLUTION|Problem (is|proven) infeasible|Status +Infeasible", said):
        return False
    is_found = re.search("INTEGER OPTIMAL SOLUTION FOUND|Result - Optimal solution found|Status +Optimal", said)
    return True if is_found else None

def one_claim(p, claim):
    """What one claim bounds, the lottery reaches: a fraction but for the rounding; what can be irrational, to 1e-7."""
    there = [t for t, counts in enumerate(p.covered) if counts]

    def total(row):
        return sum(p.types[t].people * row[t] for t in there)

    def geometric_mean(row):
        return math.exp(total({t: math.log(row[t]) for t in there}) / n) if all(row[t] > 0 for t in there) else 0.0
    n = total([1] * len(p.types))
    lowest, highest, mean = min(p.chance[t] for t in there), max(p.chance[t] for t in there), Fraction(p.panelSize, n)
    if p.objective == "maximin":
        is_reached = abs(lowest - min(Fraction(1), Fraction(claim.limit, total(claim.weights)))) <= p.rounding
    elif p.objective == "minimax":
        is_reached = abs(highest - Fraction(-claim.limit, total(claim.caps))) <= p.rounding
    elif p.objective == "nash":
        is_reached = geometric_mean(p.chance) * (1 + 1e-7) >= claim.limit / n / geometric_mean(claim.weights)
    else:
        part, caps = p.parameter * Fraction(total(claim.weights), total(claim.caps)), total(claim.caps)
        value = float(highest / mean + p.parameter * mean / lowest)
        is_reached = value <= (float(-claim.limit / mean / caps) + 2 * math.sqrt(part)) * (1 + 1e-7)
    need(is_reached, "The claim leaves a better lottery possible.")

def leximin_stages(p):
    """Each claim settles those whom it weighs and no earlier one did, with the fraction that its limit leaves them;
    nobody settled later may have less. Everybody must have these fractions: but for rounding, or for the epsilon."""
    people = [kind.people if counts else 0 for kind, counts in zip(p.types, p.covered)]
    there = [t for t, m in enumerate(people) if m]
    share = [kind.share if p.objective == "weighted-leximin" else Fraction(1) for kind in p.types]
    sure, off = (p.rounding, p.rounding) if p.epsilon is None else (LARGEST_EPSILON, p.epsilon)
    full = [t for t in there if abs(p.chance[t] - 1) <= sure]                  # sure of a seat
    chance, highest = dict.fromkeys(full, Fraction(1)), 0                      # by the claims, exactly
    for at, claim in enumerate(p.claims, 1):
        settled = [t for t in there if t not in chance and claim.weights[t]]
        need(settled, "Claim %d settles nobody." % at)
        left = claim.limit - sum(claim.weights[t] * people[t] * c for t, c in chance.items())
        exact = left / sum(claim.weights[t] * people[t] * share[t] for t in settled)
        need(exact >= highest and all(exact * share[t] >= 1 for t in full if claim.weights[t]),
             "Claim %d is out of order: somebody settled later has less." % at)
        chance.update((t, exact * share[t]) for t in settled)
        highest = exact
    need(len(chance) == len(there), "Some types are settled by no claim.")
    need(all(abs(p.chance[t] - c) <= off for t, c in chance.items()), "Somebody has not what the claims leave them.")

# ---- People and ballots ----------------------------------------------------------------------------------------------

def tag_of(identity, key):
    return sha256(("%s:%s" % (hmac256(bytes.fromhex(key), "tag"), identity)).encode("utf-8"))

def opening_of(b, key):
    return hmac256(bytes.fromhex(key), "sortition-ticket/2\n%d" % b)

def ticket_of(b, tag, opening):
    return sha256(("sortition-leaf/2\n%d\n%s\n%s" % (b, tag, opening)).encode("ascii"))

def private(p):
    """That everything public follows from what auditors have: everybody's id, key, features, household and ballots."""
    part = p.folder.document("private.json", PRIVATE, "sortition-private/2")
    people, ids, homes = part.people, [in_order(person.id) for person in part.people], {}
    need(len(people) == p.people and ids == sorted(ids) and are_different([person.id for person in people], is_id=True),
         "private.json: an id is there twice or out of order, or somebody is missing")
    keys = "sortition-blinding/2\n" + "".join(person.key + "\n" for person in people)
    need(part.blinding == sha256(keys.encode("ascii")), "private.json: the blinding is not that of the keys")
    for person in people:
        need(person.status in (None, "mustBeIn", "mustBeOut"), "private.json: there is no such status")
        person.kind = kind_of(p, person.values, person.status == "mustBeIn", person.entitlement)
        person.home = [] if person.household is None else homes.setdefault(person.household, [])
        person.home += [person.kind] * (person.status != "mustBeOut")
        person.tag, person.type = tag_of(person.id, person.key), None
    need(list(homes) == list(range(len(homes))), "private.json: the households are out of order")
    types = {(kind.key, kind.home): t for t, kind in enumerate(p.types)}
    for person in people:
        if person.status != "mustBeOut":               # only households of more people than the limit are of a class
            is_bound = p.householdLimit is not None and len(person.home) > p.householdLimit
            person.type = types.get((person.kind, p.class_of.get(tuple(sorted(person.home))) if is_bound else -1), -1)
    found = Counter(person.type for person in people)
    need(found[-1] == 0 and all(found[t] == kind.people for t, kind in enumerate(p.types)),
         "the types are not those of the people")
    people.sort(key=lambda person: person.tag)         # now in the order of their numbers
    need([person.tag for person in people] == p.tags, "people.csv does not have the tags of these people")
    p.type_of, told, p.is_told = [person.type for person in people], p.type_of, True     # from here on it is known
    need(not p.is_open or told == [t if t is not None and p.types[t].people >= p.smallestGroup else None
                                   for t in p.type_of], "people.csv says of somebody a type that is not theirs")
    p.members = [[] for _ in p.numbers]
    for i, person in enumerate(people):
        need(person.ballots == sorted(set(person.ballots)) and all(b in range(p.ballots) for b in person.ballots),
             "private.json: somebody is twice on a ballot, or there is no such ballot")
        for b in person.ballots:
            p.members[b].append(i)
    must_in = {i for i, person in enumerate(people) if person.status == "mustBeIn"}
    for b, members in enumerate(p.members):
        cells = [i + 1 if p.is_open else ticket_of(b, p.tags[i], opening_of(b, people[i].key)) for i in members]
        need(sorted(cells) == p.cells[b], "ballot %s: these are not those who are on it" % p.numbers[b])
        lived = Counter(people[i].household for i in members if people[i].household is not None)
        need(p.householdLimit is None or all(n <= p.householdLimit for n in lived.values()),
             "ballot %s breaks the household rule" % p.numbers[b])
        need(must_in.issubset(members) and all(people[i].type is not None for i in members),
             "ballot %s has somebody who must be out, or lacks somebody who must be in" % p.numbers[b])
    return "All that is public follows from private.json: everybody's tag and type, and who is on which ballot."

def ballots(p):
    if p.members is None:
        cells = [cell for row in p.cells for cell in row]
        need(len(set(cells)) == len(cells), "ballots.csv: a ticket is there twice.")
        p.left_open.append("who is on which ballot, and that ballots meet the quotas and give everybody their chance: "
                           "auditors can, and each person their own")
        return "All %d ballots have %d tickets, no two of them the same." % (p.ballots, p.panelSize)
    for b, members in enumerate(p.members):
        told = [p.type_of[i] for i in members if p.type_of[i] is not None]
        for quota in p.quotas:
            counted = sum(t in quota.types for t in told)
            need(counted <= quota.max and counted + len(members) - len(told) >= quota.min,
                 "Ballot %s does not meet a quota." % p.numbers[b])
    return "All %d ballots have %d different people%s." % (
        p.ballots, p.panelSize, " who meet every quota" if p.is_told else
        " who leave every quota within reach, as far as features are told; the rest, and households, is for auditors")

def chances(p):
    """That everybody is less than one ballot from their chance; whoever can be on no panel is on none."""
    if p.members is None:
        return "-", "Everybody can count their own tickets (--me); auditors can count everybody's.", []
    times = [0] * p.people
    for members in p.members:
        for i in members:
            times[i] += 1
    never = -1                                         # in the place of a chance
    ideal = [c if counts else never for c, counts in zip(p.chance, p.covered)]
    hidden = {t for t, kind in enumerate(p.types) if not p.is_told and kind.people < p.smallestGroup}
    found = Counter(p.type_of)
    need(all(found[t] == (0 if t in hidden else kind.people) for t, kind in enumerate(p.types)),
         "people.csv: not as many people as should are said to be of a type")
    pairs = [(n, ideal[t], "Person %d" % (i + 1)) for i, (n, t) in enumerate(zip(times, p.type_of)) if t is not None]
    # Of those whose type is not told the most ballots go to the highest ideal, and so on: no other matching is nearer.
    ideals = [ideal[t] for t in hidden for _ in range(p.types[t].people)]
    ideals += [never] * (p.people - sum(kind.people for kind in p.types))
    counts = sorted(n for n, t in zip(times, p.type_of) if t is None)
    pairs += [(n, c, "Somebody whose type is not told") for n, c in zip(counts, sorted(ideals))]
    need(not any(n for n, c, _ in pairs if c == never), "somebody is on a ballot who can be on no panel")
    pairs = [(n, abs(n - p.ballots * c), who) for n, c, who in pairs if c != never]
    off = sorted((pair for pair in pairs if pair[1] + p.ballots * p.rounding >= 1), key=lambda pair: -pair[1])
    text = "Counted: everybody is on %d to %d of %d ballots" % (
        min(n for n, _, _ in pairs), max(n for n, _, _ in pairs), p.ballots)
    matched = ", if those whose type is not told are matched as well as can be" if counts and not p.is_told else ""
    if not off:
        return text + ", less than one from the ideal%s." % matched
    text += "; but %d people are one ballot or more from the ideal, by %.3f to %.3f%s. With some numbers of ballots " \
        "that cannot be avoided, but a favour would look the same." % (len(off), off[-1][1], off[0][1], matched)
    return "?", text, ["%s: %d ballots, %.3f from the ideal." % (who, n, distance) for n, distance, who in off]

# ---- The draw --------------------------------------------------------------------------------------------------------

def draw_ballot(text, root, m):
    """The procedure sortition-draw/1."""
    digests = []
    while True:
        digests.append(hmac256(text.encode("utf-8"), "sortition-draw/1\n%s\n%d\n%d" % (root, m, len(digests))))
        drawn = int(digests[-1][:16], 16)
        if drawn < 2 ** 64 - 2 ** 64 % m:
            return drawn % m, digests

def choose(n, k):
    return math.prod(range(n - k + 1, n + 1)) // math.factorial(k)

class TextForm:
    """The form of a text: "hex 64", or "numbers 7 1 36 distinct sorted"."""

    def __init__(self, text):
        self.kind, number, *rest = text.split(" ")
        self.count = whole(number)
        if self.kind == "hex":
            need(not rest and 1 <= self.count <= 1024)
            return
        self.least, self.most, repeats, order = whole(rest[0]), whole(rest[1]), *rest[2:]
        self.n = self.most - self.least + 1
        self.is_any, self.is_sorted = {"any": True, "distinct": False}[repeats], {"sorted": True, "drawn": False}[order]
        need(self.kind == "numbers" and 1 <= self.count <= 40 and 0 <= self.least < self.most < 10 ** 9
             and (self.is_any or self.count <= self.n))

    def possible(self):
        """How many texts have the form, and how many equally likely ones would leave ballots as even."""
        if self.kind == "hex":
            return [16 ** self.count] * 2
        c, n = self.count, self.n
        if self.is_any and self.is_sorted:
            # 1 2 is twice as likely as 1 1. Pairs of draws that come to the same text when put in order are c!^2 times
            # the coefficient of x^c in (sum of x^j / j!^2)^n; there are as many texts as if 1 / chance of such a pair.
            power = [Fraction(1)]
            for m in range(1, c + 1):
                power.append(sum((n * j - m + j) * power[m - j] / math.factorial(j) ** 2 for j in range(1, m + 1)) / m)
            return choose(n + c - 1, c), n ** (2 * c) // (power[c] * math.factorial(c) ** 2)
        return [n ** c if self.is_any else choose(n, c) * (1 if self.is_sorted else math.factorial(c))] * 2

    def fits(self, text):
        """Whether a text has the form: in ASCII, and in the one way to write it."""
        if self.kind == "hex":
            return re.fullmatch("[0-9a-f]{%d}" % self.count, text)
        if not re.fullmatch("(0|[1-9][0-9]{0,8})( (0|[1-9][0-9]{0,8}))*", text):
            return False
        numbers = wholes(text)
        return (len(numbers) == self.count and self.least <= min(numbers) and max(numbers) <= self.most
                and (self.is_any or len(set(numbers)) == len(numbers))
                and (not self.is_sorted or numbers == sorted(numbers)))

def announced(p):
    """The form of the text that decides, and a sentence about what was announced."""
    said, by_text = p.draw, p.draw.method in ("text", "both")
    need(said.method in ("number", "text", "both", "local") and (said.source is None) == (said.method == "local")
         and (said.form is not None) == (said.possibleTexts is not None) == by_text
         and (said.source is None or not is_blank(said.source)), "the announcement has members too many or too few")
    if said.method == "local":
        return TextForm("hex 64"), "Nothing was announced but that a machine decides."
    if said.method == "number":
        return None, "Announced was: %s; a number called out decides." % said.source
    text_form = TextForm(said.form)
    texts, even_as = text_form.possible()
    need(said.possibleTexts == str(texts) and even_as >= 1000 * p.ballots,
         "the form announced has %d texts: not what is said, or too few for %d ballots" % (texts, p.ballots))
    unevenness = math.exp((math.log(p.ballots) - math.log(even_as)) / 2)
    return text_form, "Announced was: %s%s; in the form \"%s\", which %d texts have, so that a ballot's chance is " \
        "off by at most %.3g %% on average." % (said.source, "; a number called out, and then a text" * (
            said.method == "both"), said.form, texts, 100 * unevenness)

def draw(p):
    """The draw, and those before it that were annulled: each record names the one before it by its hash."""
    text_form, announcement = announced(p)
    root, annulled, follows, expected, last = sha256(p.folder.content("SHA256SUMS")), [], None, set(), None
    while True:
        at = len(annulled) + 1
        suffix = "" if at == 1 else "-%d" % at
        record, urn, annulment = "draw%s.json" % suffix, "urn%s.json" % suffix, "annulment-%d.json" % at
        expected |= {record, urn}
        called = p.folder.document(urn, URN, "sortition-urn/1") if p.folder.has(urn) else None
        need(called is None or called.root == root and called.number in p.numbers and p.draw.method == "both",
             urn + " is about another lottery, was not announced, or is no number of a ballot")
        if not p.folder.has(record):
            break
        last = p.folder.document(record, DRAW, "sortition-draw-record/2")
        need(last.root == root and last.follows == follows, record + " does not follow from this lottery and its draws")
        redo(p, last, text_form, root, called.number if called else None)
        expected.add(annulment)
        if not p.folder.has(annulment):
            break
        note = p.folder.document(annulment, ANNULMENT, "sortition-annulment/1")
        need(note.draw == sha256(p.folder.content(record)) and not is_blank(note.reason),
             annulment + " is about another draw, or says no reason")
        annulled.append("Draw %d, of ballot %s, was annulled: %s" % (at, last.ballot, note.reason))
        follows, last = sha256(p.folder.content(annulment)), None
    records = [file for file in os.listdir(p.folder.path)
               if re.fullmatch(r"(draw|urn|annulment)(-[0-9]+)?\.json", file)]
    need(expected.issuperset(records), "there is a record of a draw that follows none of the others")
    found = "There is no %s here: nothing has been drawn from these files. " % record
    if last:
        called_out = {"number": "a number called out", "both": "the number called out, %s, and " % last.urn}
        found = "Ballot %s was drawn, by %s%s. " % (last.ballot, called_out.get(last.method, ""),
                                                   "the text \"%s\"" % last.text if last.text else "")
        found += "" if last.method == "text" else "Whether that came first, those who were there can tell. "
    if annulled:
        found += announcement + " A draw was annulled; whether rightly, nobody can tell from these files."
        return "?", found, annulled
    return found + announcement if last else ("-", found + announcement, [])

def redo(p, record, text_form, root, called):
    """That a draw was decided as announced, and came out as recorded."""
    need(record.method == p.draw.method, "\"%s\" decided, though \"%s\" was announced" % (record.method, p.draw.method))
    by_text, by_urn = record.method != "number", record.method == "both"
    need([record.text is not None, record.digests is not None, record.urn is not None, record.openings is not None]
         == [by_text, by_text, by_urn, not p.is_open], "the record has members too many or too few")
    need(record.ballot in p.numbers, "there is no such ballot")
    need(called == record.urn, "the number called out is not that recorded before the text")
    b, members = int(record.ballot), record.members
    if by_text:
        need(text_form.fits(record.text), "the text %s does not have the form announced" % ascii(record.text))
        drawn, digests = draw_ballot(record.text, root, p.ballots)
        need(((int(record.urn or 0) + drawn) % p.ballots, digests) == (b, record.digests),
             "the text gives another ballot or other digests")
    need(members == sorted(set(members)) and len(members) == p.panelSize and 0 < members[0] and members[-1] <= p.people,
         "the members are none")
    opened = members if p.is_open else sorted(ticket_of(b, p.tags[i - 1], s) for i, s in zip(members, record.openings))
    need(opened == p.cells[b] and (p.is_open or len(record.openings) == len(members)), "the ballot has other members")

def me(p, identity, key):
    """Whether somebody is among the people, and on which ballots, by their own id and key."""
    tag = tag_of(identity, key)
    need(tag in p.tags, "Nobody with this id and key is in people.csv.")
    place = p.tags.index(tag) + 1
    own = [p.numbers[b] for b in range(p.ballots)
           if (place if p.is_open else ticket_of(b, tag, opening_of(b, key))) in p.cells[b]]
    return "Number %d, on %d of %d ballots: %s." % (place, len(own), p.ballots, " ".join(own) or "none")

# ---- The report ------------------------------------------------------------------------------------------------------

def show(p, label, point, *given):
    """Runs a point, prints what came of it, and gives its mark."""
    before = len(p.left_open)
    try:
        found = point(p, *given)
        mark, text, details = found if isinstance(found, tuple) else ("ok", found, [])
        if len(p.left_open) > before:
            mark, text, details = "part", text + " NOT CHECKED HERE:", p.left_open[before:]
    except UNREADABLE as error:
        kind = "" if type(error) is ValueError else " (%s)" % type(error).__name__
        mark, text, details = "WRONG", "%s%s" % (error, kind), []
    print("%-6s %-15s %s" % (mark, label, printable(text)))
    for detail in details[:20] + ["and %d more" % (len(details) - 20)] * (len(details) > 20):
        print(" " * 23 + "- " + printable(detail))
    return mark

def printable(text):
    return "".join(c if c.isprintable() else "?" for c in text[:1000])

def main():
    parser = argparse.ArgumentParser(allow_abbrev=False, description="Checks a published lottery; see verify.md.")
    parser.add_argument("folder")
    parser.add_argument("--root", type=lambda text: digest(text.strip().lower()), help="the root that was announced")
    parser.add_argument("--solver", choices=("glpsol", "cbc", "highs"), help="what looks for panels that refute claims")
    parser.add_argument("--me", nargs=2, metavar=("ID", "KEY"), help="whose ballots are to be found")
    given = parser.parse_args()
    if not os.path.isdir(given.folder) or given.me and not re.fullmatch("[0-9a-f]{64}", given.me[1]):
        parser.error("there is no such folder, or the key is none")
    if given.solver and not shutil.which(given.solver):
        parser.error("there is no command %s here" % given.solver)
    p = SimpleNamespace(folder=Folder(given.folder), solver=given.solver, steps=MOST_STEPS, left_open=[], is_told=False)
    marks = [show(p, "Fingerprints", fingerprints, given.root), show(p, "Form", form)]
    if marks[1] in ("ok", "?"):
        points = [("Round", replacement_round)] if p.round else []
        points += [("Lottery", lottery), ("Optimality", optimality)]
        points += [("Private part", private)] if p.folder.has("private.json") else []
        points += [("Ballots", ballots), ("Chances", chances), ("Draw", draw)]
        points += [("You", me, *given.me)] if given.me else []
        marks += [show(p, *point) for point in points]
    print("\nRoot: " + (sha256(p.folder.contents["SHA256SUMS"]) if "SHA256SUMS" in p.folder.contents else "none"))
    more = len(p.left_open) - 5
    left_open = printable("; ".join(p.left_open[:5] + ["and %d more" % more] * (more > 0)))
    left_open = " NOT CHECKED HERE: %s." % left_open if left_open else ""
    if "WRONG" in marks:
        print("NOT genuine.")
        return 4
    if p.folder.mark:
        print("NOT genuine, but a REHEARSAL: nothing of it counts; what was checked is right." + left_open)
        return 5
    if "?" in marks:
        print("NOT CONFIRMED: nothing is shown to be wrong, but not everything is as it should be." + left_open)
        return 5
    not_claimed = " That the lottery is %s is not claimed." % p.objective if p.status == "notProven" else ""
    print("Nothing is wrong%s.%s%s" % (" in what was checked" * ("part" in marks), not_claimed, left_open))
    return 6 if "part" in marks else 0

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:                         # no verdict: never to be taken for one
        print("This script failed: %r" % fault, file=sys.stderr)
        sys.exit(70)

#!/usr/bin/env python3
"""Runs sortition compare and shows one metric as a table, a row for each instance and a column for each algorithm.

python3 compare.py METRIC COMMAND...
python3 compare.py gini sortition compare pools --seed 1 --output study

Needs nothing but Python 3.8 and the command.
"""
import csv
import json
import os
import subprocess
import sys


def run(command):
    """Runs a study and gives its answer, which --json makes a document for programs."""
    done = subprocess.run([*command, "--json"], stdout=subprocess.PIPE, encoding="utf-8")
    answer = json.loads(done.stdout)
    if answer["outcome"] not in ("done", "verificationFailed"):
        sys.exit("; ".join(fault["message"] for fault in answer.get("faults", [])) or answer["outcome"])
    return answer


def table(folder, metric):
    """The values of a metric: {instance: {algorithm: (value, error or None)}}."""
    values = {}
    with open(os.path.join(folder, "results.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["metric"] == metric:
                error = float(row["error"]) if row["error"] else None
                values.setdefault(row["instance"], {})[row["algorithm"]] = (float(row["value"]), error)
    return values


def main(metric, *command):
    answer = run(command)
    output = command[max(command.index(name) for name in ("--output", "-o") if name in command) + 1]
    values = table(output, metric)
    algorithms = list(dict.fromkeys(name for row in values.values() for name in row))
    print("\t".join([metric, *algorithms]))
    for instance, row in values.items():
        cells = ["" if name not in row else "%.6f" % row[name][0] + ("" if row[name][1] is None else " ± %.6f" % row[name][1]) for name in algorithms]
        print("\t".join([instance, *cells]))
    missed = [figure for figure in answer["figures"] if not figure["isReached"]]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

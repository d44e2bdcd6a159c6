#!/usr/bin/env bash
# Changes published folders at random, makes the fingerprints fit, and asks both verifiers: eng/mutated-publications.sh [CHANGES, 100000].
# Writes docs/quality/mutated-publications.md, and fails where the two disagree or something passes that is not known to be harmless.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

page=docs/quality/mutated-publications.md
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src docs/verify.py)" ] || commit="$commit and changes not committed"
dotnet build -c Release -v q --nologo tests/Sortition.Publication.Tests -p:RunAnalyzers=false
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
SORTITION_MUTATIONS="${1:-100000}" SORTITION_MUTATIONS_RESULT="$work/rows" dotnet test -c Release --no-build tests/Sortition.Publication.Tests \
    --settings tests/all.runsettings --filter FullyQualifiedName~Whatever_is_changed_both_agree || status=1
{
    echo "# Random changes of published folders"
    echo
    echo "One file of a drawn lottery of 16 people (open and closed tickets, with and without the private part) is changed at random: bytes, bits, pieces, digits. The"
    echo "fingerprints are made to fit, and \`sortition verify\` and \`verify.py\` are asked; each time they must give the same answer. *Passed* is what is answered as the"
    echo "honest lottery is: 0, or 6 for closed tickets without the private part."
    echo
    echo "Made by \`eng/mutated-publications.sh ${1:-100000}\` at commit $commit. What changes nothing is not counted."
    echo
    echo "| form | changes | 0 | 4 | 5 | 6 | passed |"
    echo "|---|--:|--:|--:|--:|--:|--:|"
    sort "$work/rows"
    echo
    echo "What passed, with numbers as N, and how often. It does no harm: the organiser's own words, quotas that bind nothing (the same lottery is the best under them), the"
    echo "seed, another objective or status that is right, too; and where the private part is not there, whose tag is whose, what a closed ticket holds, and who of those whose type"
    echo "is not told is on a ballot, and which other features those have who can be on no panel. Features of somebody who must be out decide nothing. Each changes the root."
    echo
    echo "| times | change |"
    echo "|--:|---|"
    sort -t'|' -k2,2nr "$work/rows.passed" | head -60
} > "$page"
exit "$status"

#!/usr/bin/env bash
# Compares every objective with brute force over all panels of tiny pools: eng/brute-force.sh [POOLS], 20,000 pools an objective unless told otherwise.
# Writes docs/quality/brute-force.md, and fails where a value, a proof or a certificate is wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

pools=${1:-20000}
page=docs/quality/brute-force.md
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src tests)" ] || commit="$commit and changes not committed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release -v q --nologo tests/Sortition.Core.Tests -p:RunAnalyzers=false -m:1

command="SORTITION_POOLS=$pools dotnet test -c Release tests/Sortition.Core.Tests --settings tests/all.runsettings --filter TinyPoolTests"
status=0
SORTITION_POOLS=$pools dotnet test -c Release --no-build tests/Sortition.Core.Tests --settings tests/all.runsettings --filter TinyPoolTests \
    --logger "console;verbosity=normal" | tee "$work/out" || status=1
{
    echo "# Brute force"
    echo
    echo "Every objective on $pools tiny pools and $((pools / 4)) with many exact quotas, each compared with all its panels: the value or the stages, who can be on a panel,"
    echo "and the certificate redone by going through the panels."
    echo
    echo "    $command"
    echo
    echo "Made by \`eng/brute-force.sh\` at commit $commit."
    echo
    echo "| objective | pools | with exact quotas | pools that failed before or have a gap |"
    echo "|---|---|---|---|"
    for class in $(grep -oE '[A-Za-z]+TinyPoolTests\.' "$work/out" | sort -u); do
        said() { grep -F "$class$1" "$work/out" | grep -oE '^ *(Passed|Failed|Skipped)' | sort | uniq -c | awk '{printf "%s%s %s", (NR > 1 ? ", " : ""), $1, tolower($2)}'; }
        echo "| ${class%TinyPoolTests.} | $(said Equals_brute_force_and_proves_it) | $(said Equals_brute_force_under) | $(said Equals_brute_force_where) |"
    done
    echo
    echo "Counts in the table are of tests; a test stops at the first pool that fails. In all: $(grep -E '^ *(Passed|Failed|Total tests):' "$work/out" | sed 's/^ *//' | paste -sd, | sed 's/,/, /g')."
} > "$page"
exit "$status"

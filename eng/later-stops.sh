#!/usr/bin/env bash
# Stops runs at random counts of effort, to see whether a later stop is ever worse: eng/later-stops.sh FOLDER, with instances as folders NAME_K.
# Writes docs/quality/later-stops.md, and fails where one is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

page=docs/quality/later-stops.md
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src)" ] || commit="$commit and changes not committed"
dotnet build -c Release -v q --nologo benchmarks/Sortition.Benchmarks -p:RunAnalyzers=false
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
dotnet run -c Release --no-build --project benchmarks/Sortition.Benchmarks -- stops "$1" | tee "$work/rows" || status=1
{
    echo "# A later stop is never worse"
    echo
    echo "Runs stopped at up to ten random counts of effort (reports of progress, within the first two seconds of a run), so that nothing depends on a clock."
    echo "Worse is: more people without a chance, or as many and less for the others by the objective; for minimax the objective comes first."
    echo "*First* and *last* are of the first and the last stop that left a lottery; values are over the people who have a chance in it."
    echo
    echo "Made by \`eng/later-stops.sh\` at commit $commit, on $(ls "$1" | wc -l) pools of \`make_pools.py\` (seeds 1 to 60; addresses not used)."
    echo
    cat "$work/rows"
} > "$page"
exit "$status"

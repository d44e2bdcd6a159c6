#!/usr/bin/env bash
# Compares what is claimed of alternates with every choice there is, in tiny pools full of households: eng/alternates.sh [POOLS, 6000 for each limit].
# Writes docs/quality/alternates.md, and fails where a claim is false.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

page=docs/quality/alternates.md
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src)" ] || commit="$commit and changes not committed"
dotnet build -c Release -v q --nologo tests/Sortition.Core.Tests -p:RunAnalyzers=false
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
SORTITION_ALTERNATES_POOLS="${1:-6000}" SORTITION_ALTERNATES_RESULT="$work/rows" dotnet test -c Release --no-build tests/Sortition.Core.Tests \
    --settings tests/all.runsettings --filter FullyQualifiedName~No_claim_about_alternates_with_households_is_false || status=1
{
    echo "# What is claimed of alternates, against every choice"
    echo
    echo "Pools of 4 to 8 people, most of whom live with others, panels of 1 to 3 and up to 3 alternates. Every choice that keeps the household rule is tried."
    echo "*Not the best* is where the lot among housemates cost something. A claim is false if what is called proven is not the best, if the lower bound is above"
    echo "the best, or if the expected breach is another one than that of the choice."
    echo
    echo "Made by \`eng/alternates.sh\` at commit $commit."
    echo
    echo "| household limit | pools | proven best | not proven | not the best | false claims |"
    echo "|--:|--:|--:|--:|--:|--:|"
    sort "$work/rows"
} > "$page"
exit "$status"

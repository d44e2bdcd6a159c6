#!/usr/bin/env bash
# Measures by how much time limits are overrun: eng/time-limits.sh INSTANCE…, folders NAME_K with categories.csv and respondents.csv, or Scaled(FOLDER,COPIES,FACTOR).
# OBJECTIVES and SECONDS_EACH may be set. Writes docs/quality/time-limits.md, and fails where a limit is overrun by more than 1 s and 2 %.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

objectives=${OBJECTIVES:-leximin,maximin,nash,minimax,goldilocks}
seconds=${SECONDS_EACH:-.5,1,2,5,20,60}
page=docs/quality/time-limits.md
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain -- src)" ] || commit="$commit and changes not committed"
dotnet build -c Release -v q --nologo benchmarks/Sortition.Benchmarks -p:RunAnalyzers=false
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
names=""
for instance in "$@"; do
    names="$names $(sed -E 's|[^(]*/||' <<< "$instance")"
    dotnet run -c Release --no-build --project benchmarks/Sortition.Benchmarks -- limits "$instance" "$objectives" "$seconds" | tee "$work/rows" || status=1
    if [ -s "$work/table" ]; then tail -n +3 "$work/rows" >> "$work/table"; else cat "$work/rows" > "$work/table"; fi
done

{
    echo "# Time limits"
    echo
    echo "By how much a time limit is overrun, on the largest pools at hand, and what it leaves. 1 s or 2 % of the limit are allowed, whichever is more."
    echo "*Ended in* is the phase of which was told last; *without a chance* are people who have none and are not proven to be on no panel."
    echo
    echo "Made by \`eng/time-limits.sh$names\` at commit $commit, with $(nproc) processors of $(sed -nE 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)."
    echo "The machine is shared, with a load of $(cut -d' ' -f1 /proc/loadavg) at the end: that says more about what a limit leaves than about overruns."
    echo
    cat "$work/table"
} > "$page"
exit "$status"

#!/usr/bin/env bash
# Runs the samples as somebody would who has only the packages: packs them, restores from a feed of nothing else with an empty cache,
# builds the samples outside this repository with warnings as errors, runs each, and checks what it does.
# With the name of a folder, the packages are those that are in it already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export LC_ALL=C

work=$(mktemp -d)
host=
trap '[ -z "$host" ] || kill "$host" 2> /dev/null || true; rm -rf "$work"' EXIT
ran=0

say() { echo "samples: $*"; }
fail() { echo "samples: FAILED: $*" >&2; exit 1; }
ran() { say "$*"; ran=$((ran + 1)); }

# The file must have the words; shows it where it has not.
expect() { grep -qaF -- "$2" "$1" || { cat "$1" >&2; fail "\"$2\" is not in ${1#"$work"/}"; }; }

# Runs a command that must end with the given exit code.
ends() {
    local wanted=$1 code=0
    shift
    "$@" > "$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] || { cat "$work/out.txt" >&2; fail "$* ended with $code, not $wanted"; }
}

here=$(dotnet --info | sed -nE 's/^ *RID: +//p')

# --- The packages, and a feed of them. Everything else comes from the feeds that are configured here.
if [ $# -gt 0 ]; then
    packages=$(cd "$1" && pwd)
else
    packages=$work/packages
    for project in Sortition.Core Sortition.Files Sortition.Publication Sortition.Studies; do
        dotnet pack -c Release -v q --nologo "src/$project" -o "$packages"
    done
    # The command has one package for each platform; that of this one is enough.
    dotnet pack -c Release -v q --nologo src/Sortition.Cli -o "$packages" "-p:RuntimeIdentifiers=$here" "-p:ToolPackageRuntimeIdentifiers=$here"
fi

cp -r samples "$work/samples"
find "$work/samples" -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
{
    echo '<configuration>'
    echo "  <packageSources><add key=\"packed here\" value=\"$packages\" /></packageSources>"
    echo '  <packageSourceMapping>'
    echo '    <packageSource key="packed here"><package pattern="Sortition.*" /></packageSource>'
    dotnet nuget list source --format detailed |
        sed -nE 's|^ +[0-9]+\. +(.*) \[Enabled\]$|    <packageSource key="\1"><package pattern="*" /></packageSource>|p'
    echo '  </packageSourceMapping>'
    echo '</configuration>'
} > "$work/samples/nuget.config"

export NUGET_PACKAGES=$work/cache XDG_DATA_HOME=$work/data
# OR-Tools has native libraries for five platforms; those of this one are enough.
export UseCurrentRuntimeIdentifier=true SelfContained=false
for project in "$work"/samples/*/*.csproj; do
    dotnet build -c Release -v q --nologo -warnaserror "$project"
done
ends 0 dotnet tool install Sortition.Cli --prerelease --tool-path "$work/tools" --configfile "$work/samples/nuget.config"
sortition() { "$work/tools/sortition" "$@"; }
program() { echo "$work/samples/$1/bin/Release/net10.0/$here/$1.dll"; }
say "built with $(ls "$packages"/Sortition.Core.[0-9]*.nupkg | xargs -n 1 basename)"

# --- The embedding that docs/embedding.md shows is the sample's.
sed -n '/^    \/\/ <embedding>$/,/^    \/\/ <\/embedding>$/p' samples/console/Program.cs | sed '1d; $d; s/^    //' > "$work/embedding.txt"
sed -n '/^<!-- samples\/console -->$/,/^```$/p' docs/embedding.md | sed '1,2d; $d' | cmp - "$work/embedding.txt" || fail "docs/embedding.md does not show the console sample"
[ "$(wc -l < "$work/embedding.txt")" -lt 40 ] || fail "the embedding has 40 lines or more"

# --- console
ends 0 dotnet "$(program console)" "$work/console"
expect "$work/out.txt" "ProvenOptimal"
expect "$work/out.txt" "Worst off: v"
for file in selected.csv remaining.csv lottery.csv types.csv probabilities.csv report.json; do
    [ -s "$work/console/$file" ] || fail "console wrote no $file"
done
[ "$(wc -l < "$work/console/selected.csv")" -eq 21 ] || fail "console: not 20 people in selected.csv"
ran "console: a panel, the reason of the lowest chance, 6 files"

# --- own-objective, published and verified by the command
ends 0 dotnet "$(program own-objective)" "$work/own"
expect "$work/out.txt" "Certificate: NotChecked."
expect "$work/out.txt" "Certificate: NotChecked. Whether the lottery is the best by total-deviation was not checked"
root=$(sed -nE 's/^Published in .*, root ([0-9a-f]{64})$/\1/p' "$work/out.txt")
ends 6 sortition verify "$work/own" --root "$root"
expect "$work/out.txt" "was not checked: that objective is not known here"
ran "own-objective: stored, published, verified, its certificate not checked"

# --- file-based
ends 0 dotnet run "$work/samples/file-based/draw.cs"
expect "$work/out.txt" "Lowest chance: "
[ "$(sed -n 's/^Drawn: //p' "$work/out.txt" | wc -w)" -eq 6 ] || fail "file-based: not 6 people drawn"
ran "file-based: 6 people drawn from two files"
ends 0 dotnet run "$work/samples/file-based/compare.cs" "$work/study"
expect "$work/out.txt" "lowest chance  leximin  maximin  nash  minimax  goldilocks  greedy"
[ "$(grep -c '^               0' "$work/out.txt")" -eq 5 ] || fail "file-based: not a row for each of five pools"
ran "file-based: six algorithms compared on five pools"

# --- web-api
start_host() {
    : > "$work/host.txt"
    dotnet "$(program web-api)" --urls http://127.0.0.1:0 --Database "$work/lotteries.db" --Solver:Processors 1 >> "$work/host.txt" 2>&1 &
    host=$!
    for _ in $(seq 300); do
        url=$(sed -nE 's/^.*Now listening on: (.*)$/\1/p' "$work/host.txt")
        [ -z "$url" ] || return 0
        kill -0 "$host" 2> /dev/null || break
        sleep 0.1
    done
    cat "$work/host.txt" >&2
    fail "web-api does not listen"
}

stop_host() {
    local code=0
    kill -TERM "$host"
    wait "$host" || code=$?
    host=
    [ "$code" -eq 0 ] || fail "web-api ended with $code"
}

# Asks; the answer must have the given status, and is left in answer.txt.
ask() {
    local wanted=$1 method=$2 path=$3 status
    shift 3
    status=$(curl -sS -o "$work/answer.txt" -w '%{http_code}' -X "$method" "$@" "$url$path")
    [ "$status" = "$wanted" ] || { cat "$work/answer.txt" "$work/host.txt" >&2; fail "$method $path: $status, not $wanted"; }
}

new_lottery() {
    ask 202 POST /lotteries -H 'Content-Type: application/json' -d "{\"assembly\":\"$1\"}"
    id=$(sed -nE 's/^\{"id":"([0-9a-f]{32})"\}$/\1/p' "$work/answer.txt")
}

# Asks for the state of lottery $id until the answer has the words.
until_it_says() {
    for _ in $(seq 300); do
        ask 200 GET "/lotteries/$id"
        ! grep -qF "$1" "$work/answer.txt" || return 0
        sleep 0.1
    done
    cat "$work/answer.txt" >&2
    fail "web-api: lottery never $1"
}

start_host
new_lottery region
until_it_says '"state":"Running"'
expect "$work/answer.txt" '"phase":"'
expect "$work/answer.txt" '"lowerBound":'
ask 204 DELETE "/lotteries/$id"
until_it_says '"state":"Cancelled"'
ask 409 DELETE "/lotteries/$id"
ask 200 GET "/lotteries/$id/problem"
cp "$work/answer.txt" "$work/region.json"
ran "web-api: a lottery with progress, cancelled"

# Whoever hangs up gives the one place free again: the next solve needs it.
ends 28 curl -sS -m 2 -o /dev/null --data-binary "@$work/region.json" "$url/solve"
new_lottery town
until_it_says '"state":"Solved"'
town=$id
ask 200 GET "/lotteries/$town/problem"
cp "$work/answer.txt" "$work/town.json"
ask 200 GET "/lotteries/$town/lottery"
cp "$work/answer.txt" "$work/town-lottery.json"
expect "$work/town-lottery.json" '"format":"sortition-lottery/1"'
ask 200 POST /solve --data-binary "@$work/town.json"
cmp "$work/answer.txt" "$work/town-lottery.json" || fail "web-api: solved at once is not what was solved in the background"
ran "web-api: solved in the background and at once, the same bytes"

# --- worker, on the problem that the web api has stored
dotnet "$(program worker)" < "$work/town.json" > "$work/answer.txt" || fail "worker ended with $?"
cmp "$work/answer.txt" "$work/town-lottery.json" || fail "worker: its lottery is not that of the web api"
ends 0 dotnet "$(program worker)" "$work/town.json"
expect "$work/out.txt" "ProvenOptimal"
ran "worker: the same bytes from a process of its own"

new_lottery hamlet
until_it_says '"state":"Infeasible"'
expect "$work/answer.txt" 'the minimum is'
ask 200 GET "/lotteries/$id/problem"
cp "$work/answer.txt" "$work/hamlet.json"
ask 422 POST /solve --data-binary "@$work/hamlet.json"
expect "$work/answer.txt" '"reasons":['
sed 's/"panelSize":40/"panelSize":0/; s/"town-00001","values":\["[a-z]*"/"town-00001","values":["nothing-of-the-kind"/' "$work/town.json" > "$work/malformed.json"
ask 400 POST /solve --data-binary "@$work/malformed.json"
expect "$work/answer.txt" '"faults":[{"code":"'
expect "$work/answer.txt" '"place":"$.people[0].values[0]"'
! grep -qF nothing-of-the-kind "$work/answer.txt" || fail "web-api: a person's answer is in the problem details"
ran "web-api: impossible and malformed problems refused, nobody's answers told"

# The process ends in the middle of a computation and starts again: what was stored is there, what was cut off is begun anew.
new_lottery region
until_it_says '"state":"Running"'
stop_host
start_host
until_it_says '"state":"Running"'
ask 204 DELETE "/lotteries/$id"
ask 200 GET "/lotteries/$town/lottery"
cmp "$work/answer.txt" "$work/town-lottery.json" || fail "web-api: the lottery is not what was stored"
ask 200 POST "/lotteries/$town/draw"
[ "$(grep -oE 'town-[0-9]{5}' "$work/answer.txt" | sort -u | wc -l)" -eq 40 ] || fail "web-api: not 40 people drawn"
grep -oE 'town-[0-9]{5}' "$work/answer.txt" | sort > "$work/drawn.txt"
ask 409 POST "/lotteries/$town/draw"
ask 200 GET "/lotteries/$town/results.zip"
for file in selected.csv remaining.csv lottery.csv types.csv probabilities.csv report.json; do
    expect "$work/answer.txt" "$file"
done
ran "web-api: stopped, started again, drawn from the stored lottery, every result file"

new_lottery town
until_it_says '"state":"Solved"'
ask 200 POST "/lotteries/$id/publication" -H 'Content-Type: application/json' -d '{"source":"the winning numbers of 4 May","form":"numbers 7 1 36 distinct sorted"}'
root=$(sed -nE 's/^\{"root":"([0-9a-f]{64})"\}$/\1/p' "$work/answer.txt")
ask 409 POST "/lotteries/$id/draw"
ask 200 GET "/lotteries/$id/publication.zip"
cp "$work/answer.txt" "$work/published.zip"
ends 0 sortition draw "$work/published.zip" --text "3 7 11 19 24 30 36"
ends 0 sortition verify "$work/published.zip" --root "$root"
expect "$work/out.txt" "Genuine."
expect "$work/out.txt" "Optimality"
stop_host
ran "web-api: published, drawn in public, verified by the command"

say "all $ran ran"

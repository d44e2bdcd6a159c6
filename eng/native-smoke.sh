#!/usr/bin/env bash
# Compiles the command to a native program and runs the README's commands with it and with the managed one.
# What they print (but for the lines that tell the time) and every file they write must be the same.
# Needs clang or gcc; without either it says so and leaves with 0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD

if command -v clang > /dev/null; then
    linker=()
elif command -v gcc > /dev/null; then
    linker=(-p:CppCompilerAndLinker=gcc -p:LinkerFlavor=bfd)
else
    echo "native program: left out, there is neither clang nor gcc here"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build -c Release src/Sortition.Cli
dotnet publish -c Release src/Sortition.Cli -p:PublishAot=true "${linker[@]}" --artifacts-path "$work/build" -o "$work/program"
managed=$(dotnet msbuild src/Sortition.Cli -p:Configuration=Release -getProperty:TargetPath)

# The README's commands. Both programs get the same seed and the same keys, for either would make its own.
commands=$work/commands.sh
{
    grep -m1 -oE '^dotnet run .*$' README.md | sed 's/^dotnet run .* -- /sortition /'
    sed -nE 's/^\$ (sortition .*)$/\1/p' README.md |
        sed -E 's/^sortition lottery .*$/& --seed smoke --keys keys.csv/; s/ROOT/"$(sha256sum published\/SHA256SUMS | cut -c1-64)"/'
} > "$commands"

run() {
    mkdir "$work/$1"
    cd "$work/$1"
    ln -s "$repository/docs" docs
    [ ! -f ../managed/keys.csv ] || cp ../managed/keys.csv .
    while read -r command; do
        echo "\$ $command"
        eval "$command" < /dev/null || { echo "$1 program: $command failed" && exit 1; }
    done < "$commands" 2>&1 | tee out.txt

    # The log has the times of both; each reads its own.
    sortition log > log.txt && grep -q "none is missing" log.txt || { echo "$1 program: the log is not whole" && exit 1; }
    rm log.txt sortition.log
    sed -i -E '/^Time/d; s/ \(as they were\)//' out.txt
    cd "$repository"
}

sortition() { dotnet "$managed" "$@"; }
run managed
sortition() { "$work/program/sortition" "$@"; }
run native

diff -r "$work/managed" "$work/native"
echo "native program: the same as the managed one in $(wc -l < "$commands") commands and $(find -L "$work/native" -type f -not -path '*/docs/*' | wc -l) files"

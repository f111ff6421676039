#!/bin/sh
# sh links.sh <source folder>
# Fails when a document links to a file that does not exist. Addresses of the web are not tried.
set -eu
cd "$1"

links=0
broken=0
for page in $(find . -path ./build -prune -o -path './.?*' -prune -o -name '*.md' -print | sort); do
    for target in $(grep -o '](\([^) ]*\))' "$page" | sed 's/^](//; s/)$//; s/#.*//' | sort -u); do
        case $target in
        *://* | mailto:*) continue ;;
        esac
        links=$((links + 1))
        if [ ! -e "${page%/*}/$target" ]; then
            echo "$page links to $target, which does not exist"
            broken=$((broken + 1))
        fi
    done
done
echo "$links links to files, $broken broken"
[ "$links" -gt 0 ] && [ "$broken" -eq 0 ]

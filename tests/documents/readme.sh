#!/bin/sh
# sh readme.sh <source folder>
# Fails unless the first C program of README.md is docs/examples/hello.c without its first comments.
set -eu
cd "$1"

in_readme=$(sed -n '/^```c$/,/^```$/p' README.md | sed '1d; /^```$/,$d')
in_example=$(sed -n '/^#include/,$p' docs/examples/hello.c)
if [ -z "$in_readme" ]; then
    echo "README.md has no C program"
    exit 1
fi
if [ "$in_readme" != "$in_example" ]; then
    echo "the program of README.md is not docs/examples/hello.c:"
    echo "$in_readme" | diff - docs/examples/hello.c || true
    exit 1
fi

#!/bin/sh
# sh pkg_config.sh <folder of par.pc> shared|static <source> <program> <compiler>...
# Builds the program by what pkg-config says and runs it.
set -eu
PKG_CONFIG_PATH=$1
kind=$2
source=$3
program=$4
shift 4
export PKG_CONFIG_PATH

case $kind in
shared) libraries="$(pkg-config --libs par) -Wl,-rpath,$(pkg-config --variable=libdir par)" ;;
# The static library by its whole name: -lpar would find the shared one beside it.
static) libraries=$(pkg-config --static --libs par | sed 's/-lpar/-l:libpar.a/') ;;
*)
    echo "'$kind' is neither shared nor static" >&2
    exit 1
    ;;
esac

# The flags are several words each.
# shellcheck disable=SC2046,SC2086
"$@" -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags par) "$source" -o "$program" $libraries
"$program"

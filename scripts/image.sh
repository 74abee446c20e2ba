#!/usr/bin/env bash
# image.sh PROGRAM FOLDER: the program, and all that it needs from the system to run, as a file system of its own.
set -euo pipefail
program=$1 image=$2
mkdir -p "$image"
strip --strip-debug -o "$image/samspill" "$program"
ldd "$program" | grep -o '/[^ ]*' | xargs cp --parents --dereference --target-directory="$image"
cp --parents --dereference --target-directory="$image" /etc/ssl/certs/ca-certificates.crt

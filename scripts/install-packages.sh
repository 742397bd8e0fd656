#!/usr/bin/env bash
# Installs what is missing of the groups named (packages.txt lists them): scripts/install-packages.sh GROUP...
# Asks for nothing, touches nothing that is there, and prints one line. Needs apt only if something is missing.
set -euo pipefail
list="$(dirname "${BASH_SOURCE[0]}")/../packages.txt"
if [[ $# -eq 0 ]]; then
  echo "usage: $0 GROUP...   (groups: $(awk '!/^#/ && NF == 2 && !seen[$1]++ { printf "%s ", $1 }' "$list"))" >&2
  exit 2
fi

missing=()
for group in "$@"; do
  packages="$(awk -v group="$group" '!/^#/ && $1 == group { print $2 }' "$list")"
  if [[ -z $packages ]]; then
    echo "$0: no group called $group in packages.txt" >&2
    exit 2
  fi
  for package in $packages; do
    status="$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)"
    if [[ $status != installed && " ${missing[*]-} " != *" $package "* ]]; then
      missing+=("$package")
    fi
  done
done
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "packages: everything for '$*' is installed"
  exit 0
fi

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "packages: root is needed to install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
install_missing() {
  "${as_root[@]}" apt-get -q update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "${missing[@]}"
}
echo "packages: installing ${missing[*]}"
if ! install_missing >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "packages: could not install ${missing[*]}" >&2
  exit 1
fi
echo "packages: installed ${missing[*]}"

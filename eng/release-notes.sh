#!/usr/bin/env bash
# Prints what CHANGELOG.md says about a version; fails if it says nothing.
#
#   eng/release-notes.sh 0.2.0
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=${1:?"the version, such as 0.2.0"}
notes=$(awk -v heading="## [$version]" '
  index($0, "## [") == 1 { inside = index($0, heading) == 1; next }
  inside' CHANGELOG.md)
if [[ -z ${notes//[$' \n']/} ]]; then
  echo "CHANGELOG.md has no section [$version]. Rename [Unreleased]." >&2
  exit 1
fi

printf '%s\n' "$notes"

#!/usr/bin/env bash
# What action.yml runs: lint, then test. Both are run even when the first one fails; the graver exit code counts.
set -uo pipefail

package=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# The package that the action came with, where that is one and not a clone of the repository, which is not built.
if [[ -n ${AGATE_VERSION:-} || ! -e $package/dist/index.js ]]; then
  agate=(npx --yes "agate-gateway@${AGATE_VERSION:-latest}")
else
  agate=(node "$package/bin/agate.js")
fi

lines_of() { printf '%s\n' "$1" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d'; }

parameters=()
while IFS= read -r line; do parameters+=(--parameters "$line"); done < <(lines_of "${AGATE_PARAMETERS:-}")
tests=()
while IFS= read -r line; do tests+=("$line"); done < <(lines_of "${AGATE_TESTS:-}")

status=0
run() {
  "$@"
  local code=$?
  if ((code > status)); then status=$code; fi
}

lint() { "${agate[@]}" lint ${parameters[@]+"${parameters[@]}"} --fail-on "${AGATE_FAIL_ON:-error}" --format "$1" -- "$AGATE_TEMPLATE"; }

if [[ ${AGATE_LINT:-true} == true ]]; then
  run lint github
  sarif=${AGATE_SARIF:-agate.sarif}
  # The findings are the same; they have been told, and their exit code counted.
  lint sarif >"$sarif" 2>/dev/null || true
  # Whoever uploads an empty file is refused for that, and overlooks the reason.
  if [[ ! -s $sarif ]]; then rm -f -- "$sarif"; elif [[ -n ${GITHUB_OUTPUT:-} ]]; then echo "sarif=$sarif" >>"$GITHUB_OUTPUT"; fi
fi

if [[ ${AGATE_TEST:-true} == true ]]; then
  coverage=(--coverage)
  if [[ -n ${AGATE_MIN_COVERAGE:-} ]]; then coverage+=(--min-coverage "$AGATE_MIN_COVERAGE"); fi
  run "${agate[@]}" test ${parameters[@]+"${parameters[@]}"} "${coverage[@]}" --format github -- "$AGATE_TEMPLATE" ${tests[@]+"${tests[@]}"}
fi

exit "$status"

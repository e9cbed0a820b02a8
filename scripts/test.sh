#!/bin/sh
# npm test: sets up what is missing, programs of the system included, then runs the tests.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
. scripts/setup-programs.sh

install_packages
find_node
build_page
build_server
find_programs
exec "$node" scripts/run-tests.ts "$@"

#!/bin/sh
# run.sh FILE …: sets up what is missing, then runs a file of the repository with the pinned Node.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh

install_packages
find_node
exec "$node" "$@"

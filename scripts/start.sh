#!/bin/sh
# npm start: sets up what is missing, then becomes the server.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh

install_packages
find_node
build_page
build_server
exec "$node" bin/stint.js serve --example "$@"

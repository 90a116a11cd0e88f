#!/bin/sh
# Finds the programs of PostgreSQL for the tests, installs them, or names the command that does.
set -u
find_server() {
  command -v initdb >/dev/null 2>&1 && return 0
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && return 0
  done
  return 1
}
find_server && exit 0
echo "Schakelbord: PostgreSQL for the tests is being installed (once)..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null 2>&1
  find_server && exit 0
fi
echo "Voor de tests is PostgreSQL nodig. Installeer het met: sudo apt-get install postgresql" >&2
echo "The tests need PostgreSQL. Install it with: sudo apt-get install postgresql" >&2
exit 1

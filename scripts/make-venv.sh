#!/bin/sh
# Makes the virtual environment, or says in one sentence what this machine lacks.
set -eu
if ! command -v "$PYTHON" >/dev/null 2>&1; then
  echo "Python ontbreekt. Installeer Python 3.11 of nieuwer, bijvoorbeeld: sudo apt-get install python3 python3-venv" >&2
  echo "Python is missing. Install Python 3.11 or newer, for instance: sudo apt-get install python3 python3-venv" >&2
  exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  found=$("$PYTHON" -c 'import platform; print(platform.python_version())')
  echo "Schakelbord heeft Python 3.11 of nieuwer nodig; '$PYTHON' is $found. Probeer: make PYTHON=python3.11 run" >&2
  echo "Schakelbord needs Python 3.11 or newer; '$PYTHON' is $found. Try: make PYTHON=python3.11 run" >&2
  exit 1
fi
echo "Schakelbord: the environment $VENV is being made..."
if ! "$PYTHON" -m venv "$VENV" >"$VENV.log" 2>&1; then
  cat "$VENV.log" >&2
  rm -rf "$VENV" "$VENV.log"
  echo "De omgeving kon niet worden gemaakt. Op Debian en Ubuntu helpt: sudo apt-get install python3-venv" >&2
  echo "The environment could not be made. On Debian and Ubuntu this helps: sudo apt-get install python3-venv" >&2
  exit 1
fi
rm -f "$VENV.log"

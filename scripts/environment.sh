# Sourced by the other scripts: `use_environment EXTRA` makes .venv with this project installed and puts it first on
# PATH. It is made once and again when pyproject.toml changes. PYTHON names the interpreter to make it with.

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer is needed, and none is on PATH; install it, or name one: PYTHON=/path/to/python3 $0" >&2
  return 1
}

use_environment() {
  local extra=$1 python stamp
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  stamp=".venv/installed-$extra"
  if [ ! -e "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
    python=$(find_python)
    if [ ! -x .venv/bin/python ] && ! "$python" -m venv .venv; then
      echo "a virtual environment could not be made; on Debian and Ubuntu: apt-get install python3-venv" >&2
      return 1
    fi
    echo "installing zlocate[$extra] into .venv ..." >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[$extra]"
    touch "$stamp"
  fi
  PATH="$PWD/.venv/bin:$PATH"
}
